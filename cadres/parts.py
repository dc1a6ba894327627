"""The kinds of rows that hang on a person, as data: model, forms, words. Pages read this table."""

from dataclasses import dataclass

from cadres.forms import parts as forms
from cadres.models import Appraisal, PartyStatus, PlanningEntry, Posting, Qualification


@dataclass(frozen=True)
class Part:
    """One kind of rows: `slug` stands in addresses, `tab` is the page that lists them."""

    slug: str
    model: type
    add_form: type
    change_form: type
    noun: str
    tab: str

    @property
    def name(self):
        """The first half of the acts in the audit log."""
        return self.model._meta.model_name

    def rows_of(self, official):
        """All rows of an official."""
        return self.model.objects.filter(official=official)


PARTS = {
    part.slug: part
    for part in [
        Part(
            "vi-tri", Posting, forms.PostingAdd, forms.PostingChange, "vị trí công tác", "postings"
        ),
        Part(
            "van-bang",
            Qualification,
            forms.QualificationAdd,
            forms.QualificationChange,
            "văn bằng, chứng chỉ",
            "qualifications",
        ),
        Part("dang-vien", PartyStatus, forms.PartyAdd, forms.PartyChange, "mục đảng viên", "plans"),
        Part(
            "quy-hoach",
            PlanningEntry,
            forms.PlanningAdd,
            forms.PlanningChange,
            "mục quy hoạch",
            "plans",
        ),
        Part(
            "danh-gia",
            Appraisal,
            forms.AppraisalAdd,
            forms.AppraisalChange,
            "xếp loại năm",
            "plans",
        ),
    ]
}
