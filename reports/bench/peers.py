"""The peers of the import: django-import-export as it comes, and tuned as an expert would.

Both write the same as ours where the library can: a person, a main post and three
qualifications a row. As it comes it keeps row history (through save). Its bulk mode does not, so
the tuned form comes twice: without history, and with it, which is the same work as ours.
"""

from datetime import datetime

from import_export import fields, resources, widgets
from import_export.formats.base_formats import XLSX
from import_export.instance_loaders import CachedInstanceLoader

from cadres.choices import Gender, StaffKind
from cadres.models import EthnicGroup, Level, Official, PartyStatus, Posting, Qualification, Unit
from cadres.officials import set_keys
from trainingplans.lib.dates import EVER

LADDERS = {
    "Trình độ chuyên môn": "professional",
    "Lý luận chính trị": "political_theory",
    "Quản lý nhà nước": "state_management",
}
KINDS = {label: value for value, label in StaffKind.choices}
SEXES = {label: value for value, label in Gender.choices}


class Day(widgets.DateWidget):
    """A date out of an xlsx; the stock widget hands a datetime on, and every row seems changed."""

    def clean(self, value, row=None, **kwargs):
        return value.date() if isinstance(value, datetime) else super().clean(value, row, **kwargs)


class Sex(widgets.CharWidget):
    """The stored value of a gender as it is written."""

    def clean(self, value, row=None, **kwargs):
        return SEXES.get(value, "")


def post_of(row, unit_id):
    """What a row tells of the post."""
    return {
        "unit_id": unit_id,
        "staff_kind": KINDS.get(row["Loại"], ""),
        "position": row["Chức vụ"],
        "rank_code": row["Mã ngạch"],
    }


def degree_of(row, heading, level_id):
    """What a row tells of one ladder."""
    major = row["Chuyên ngành đào tạo"] if LADDERS[heading] == "professional" else ""
    return {"level_id": level_id, "detail": major}


class Roster(resources.ModelResource):
    """One row, one official; the post and the levels are written after the row is saved."""

    staff_code = fields.Field("staff_code", "Mã cán bộ")
    full_name = fields.Field("full_name", "Họ và tên")
    birth_date = fields.Field("birth_date", "Ngày sinh", widget=Day())
    gender = fields.Field("gender", "Giới tính", widget=Sex())
    ethnic_group = fields.Field(
        "ethnic_group", "Dân tộc", widget=widgets.ForeignKeyWidget(EthnicGroup, "name")
    )
    personal_id = fields.Field("personal_id", "Số CCCD")
    education = fields.Field("education", "Trình độ văn hóa")
    phone = fields.Field("phone", "Điện thoại")
    email = fields.Field("email", "Email")
    note = fields.Field("note", "Ghi chú")

    class Meta:
        model = Official
        fields = [
            "staff_code",
            "full_name",
            "birth_date",
            "gender",
            "ethnic_group",
            "personal_id",
            "education",
            "phone",
            "email",
            "note",
        ]
        import_id_fields = ["personal_id"]
        use_transactions = True

    def before_save_instance(self, instance, row, **kwargs):
        set_keys(instance)

    def after_save_instance(self, instance, row, **kwargs):
        unit = Unit.objects.get(name=row["Đơn vị công tác"])
        Posting.objects.update_or_create(
            official=instance, defaults={**post_of(row, unit.pk), "valid_from": EVER}
        )
        for heading, ladder in LADDERS.items():
            level = Level.objects.get(ladder=ladder, name=row[heading])
            Qualification.objects.update_or_create(
                official=instance, ladder=ladder, defaults=degree_of(row, heading, level.pk)
            )
        if row["Đảng viên"]:
            PartyStatus.objects.update_or_create(official=instance, defaults={"member": True})


class Bulk:
    """What hangs on the officials, compared with what is there and written in bulk."""

    def __init__(self):
        self.new, self.changed = {}, {}

    def tell(self, model, there, told, **owner):
        """Note a row to be made, or to be changed where it says otherwise; `there` may be None."""
        if there is None:
            self.new.setdefault(model, []).append(model(**owner, **told))
        elif any(getattr(there, name) != value for name, value in told.items()):
            for name, value in told.items():
                setattr(there, name, value)
            self.changed.setdefault((model, tuple(told)), []).append(there)

    def write(self, *, history):
        """Write all; with `history` a row of it for each."""
        for model, made in self.new.items():
            model.objects.bulk_create(made, batch_size=1000)
            if history:
                model.history.bulk_history_create(made, batch_size=1000)
        for (model, names), changed in self.changed.items():
            names = [name.removesuffix("_id") for name in names]
            model.objects.bulk_update(changed, names, batch_size=1000)
            if history:
                model.history.bulk_history_create(changed, batch_size=1000, update=True)


class TunedRoster(Roster):
    """Bulk writes, cached look-ups, unchanged rows skipped; what hangs on a row in bulk after."""

    ethnic_group = fields.Field(
        "ethnic_group", "Dân tộc", widget=widgets.CachedForeignKeyWidget(EthnicGroup, "name")
    )
    history = False

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
        posts = {post.official_id: post for post in Posting.objects.all()}
        degrees = {(one.official_id, one.ladder): one for one in Qualification.objects.all()}
        party = {status.official_id: status for status in PartyStatus.objects.all()}
        bulk = Bulk()
        for cells in dataset:
            row = dict(zip(dataset.headers, cells, strict=True))
            pk = people[row["Số CCCD"]]
            told = post_of(row, units[row["Đơn vị công tác"]])
            bulk.tell(Posting, posts.get(pk), told, official_id=pk)
            for heading, ladder in LADDERS.items():
                told = degree_of(row, heading, levels[ladder, row[heading]])
                there = degrees.get((pk, ladder))
                bulk.tell(Qualification, there, told, official_id=pk, ladder=ladder)
            if row["Đảng viên"]:
                bulk.tell(PartyStatus, party.get(pk), {"member": True}, official_id=pk)
        bulk.write(history=self.history)


class NewRoster(TunedRoster):
    """The tuned form for people who are not there yet: nothing to compare with, so it does not."""

    class Meta(TunedRoster.Meta):
        skip_diff = True
        skip_unchanged = False


class KeptHistory:
    """History of the officials too, in bulk after each batch of them."""

    history = True

    def bulk_create(self, using_transactions, dry_run, *args, **kwargs):
        made = list(self.create_instances)
        super().bulk_create(using_transactions, dry_run, *args, **kwargs)
        if made and not dry_run:
            Official.history.bulk_history_create(made, batch_size=1000)

    def bulk_update(self, using_transactions, dry_run, *args, **kwargs):
        changed = list(self.update_instances)
        super().bulk_update(using_transactions, dry_run, *args, **kwargs)
        if changed and not dry_run:
            Official.history.bulk_history_create(changed, batch_size=1000, update=True)


class NewKeptRoster(KeptHistory, NewRoster):
    """New people, tuned, with history."""


class TunedKeptRoster(KeptHistory, TunedRoster):
    """People who are there, tuned, with history."""


def import_with(resource, data):
    """Read, preview and apply the xlsx bytes with a resource; errors are raised."""
    dataset = XLSX().create_dataset(data)
    resource().import_data(dataset, dry_run=True, raise_errors=True)
    resource().import_data(dataset, dry_run=False, raise_errors=True)
