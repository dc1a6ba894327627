from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CadresConfig(AppConfig):
    name = "cadres"
    verbose_name = "Con người"

    def ready(self):
        from cadres import finding, versions

        versions.watch(versions.PEOPLE, "cadres.Standing")
        versions.watch(
            versions.REFERENCE,
            *("cadres.Unit", "cadres.UnitTrait", "cadres.UnitLanguage"),
            *("cadres.Level", "cadres.Rank", "cadres.EthnicGroup"),
        )
        post_migrate.connect(versions.install, sender=self)
        post_migrate.connect(finding.install, sender=self)
