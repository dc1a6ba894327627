"""The peers of the import: django-import-export as it comes, and tuned as an expert would.

Both write the same as ours where the library can: a person, a main post and three
qualifications a row. As it comes it keeps row history (through save); its bulk mode cannot.
"""

from datetime import datetime

from import_export import fields, resources, widgets
from import_export.formats.base_formats import XLSX
from import_export.instance_loaders import CachedInstanceLoader

from cadres.models import EthnicGroup, Level, Official, Posting, Qualification, Unit
from cadres.officials import set_keys
from trainingplans.lib.dates import EVER

LADDERS = {
    "Trình độ chuyên môn": "professional",
    "Lý luận chính trị": "political_theory",
    "Quản lý nhà nước": "state_management",
}


class Day(widgets.DateWidget):
    """A date out of an xlsx; the stock widget hands a datetime on, and every row seems changed."""

    def clean(self, value, row=None, **kwargs):
        return value.date() if isinstance(value, datetime) else super().clean(value, row, **kwargs)


class Roster(resources.ModelResource):
    """One row, one official; the post and the levels are written after the row is saved."""

    staff_code = fields.Field("staff_code", "Mã cán bộ")
    full_name = fields.Field("full_name", "Họ và tên")
    birth_date = fields.Field("birth_date", "Ngày sinh", widget=Day())
    ethnic_group = fields.Field(
        "ethnic_group", "Dân tộc", widget=widgets.ForeignKeyWidget(EthnicGroup, "name")
    )
    personal_id = fields.Field("personal_id", "Số CCCD")
    education = fields.Field("education", "Trình độ văn hóa")
    phone = fields.Field("phone", "Điện thoại")
    email = fields.Field("email", "Email")

    class Meta:
        model = Official
        fields = [
            "staff_code",
            "full_name",
            "birth_date",
            "ethnic_group",
            "personal_id",
            "education",
            "phone",
            "email",
        ]
        import_id_fields = ["personal_id"]
        use_transactions = True

    def before_save_instance(self, instance, row, **kwargs):
        set_keys(instance)

    def after_save_instance(self, instance, row, **kwargs):
        unit = Unit.objects.get(name=row["Đơn vị công tác"])
        Posting.objects.update_or_create(
            official=instance,
            defaults={"unit": unit, "position": row["Chức vụ"], "valid_from": EVER},
        )
        for heading, ladder in LADDERS.items():
            level = Level.objects.get(ladder=ladder, name=row[heading])
            Qualification.objects.update_or_create(
                official=instance, ladder=ladder, defaults={"level": level}
            )


class TunedRoster(Roster):
    """Bulk writes, cached look-ups, unchanged rows skipped; what hangs on a row in bulk after."""

    ethnic_group = fields.Field(
        "ethnic_group", "Dân tộc", widget=widgets.CachedForeignKeyWidget(EthnicGroup, "name")
    )

    class Meta(Roster.Meta):
        use_bulk = True
        batch_size = 1000
        skip_unchanged = True
        # The comparison of each row is what skips the unchanged ones; its report is not needed.
        skip_html_diff = True
        report_skipped = False
        instance_loader_class = CachedInstanceLoader

    def get_queryset(self):
        return Official.objects.select_related("ethnic_group")

    def after_save_instance(self, instance, row, **kwargs):
        """Nothing by row: posts and levels follow in bulk."""

    def after_import(self, dataset, result, **kwargs):
        if kwargs.get("dry_run"):
            return
        people = dict(Official.objects.values_list("personal_id", "pk"))
        units = dict(Unit.objects.values_list("name", "pk"))
        levels = {(lv.ladder, lv.name): lv.pk for lv in Level.objects.all()}
        posted = dict(Posting.objects.values_list("official_id", "position"))
        table = [dict(zip(dataset.headers, row, strict=True)) for row in dataset]
        Posting.objects.bulk_create(
            [
                Posting(
                    official_id=people[row["Số CCCD"]],
                    unit_id=units[row["Đơn vị công tác"]],
                    position=row["Chức vụ"],
                )
                for row in table
                if people[row["Số CCCD"]] not in posted
            ],
            batch_size=1000,
        )
        changed = [
            people[row["Số CCCD"]]
            for row in table
            if posted.get(people[row["Số CCCD"]], row["Chức vụ"]) != row["Chức vụ"]
        ]
        Posting.objects.filter(official__in=changed).update(position="Trưởng phòng Kinh tế")
        Qualification.objects.bulk_create(
            [
                Qualification(
                    official_id=people[row["Số CCCD"]],
                    ladder=ladder,
                    level_id=levels[ladder, row[heading]],
                )
                for row in table
                if people[row["Số CCCD"]] not in posted
                for heading, ladder in LADDERS.items()
            ],
            batch_size=1000,
        )


class NewRoster(TunedRoster):
    """The tuned form for people who are not there yet: nothing to compare with, so it does not."""

    class Meta(TunedRoster.Meta):
        skip_diff = True
        skip_unchanged = False


def import_with(resource, data):
    """Read, preview and apply the xlsx bytes with a resource; errors are raised."""
    dataset = XLSX().create_dataset(data)
    resource().import_data(dataset, dry_run=True, raise_errors=True)
    resource().import_data(dataset, dry_run=False, raise_errors=True)
