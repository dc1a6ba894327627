from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "trainingplans"
    label = "portal"
    verbose_name = "Cổng đào tạo cán bộ"

    def ready(self):
        from trainingplans import checks  # noqa: F401, PLC0415 - registers itself
