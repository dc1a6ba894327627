"""The official forms: code, name, version, header, how it is filled; and what a filling asks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cadres.models import Unit
from courses.models import Enrolment
from reports.official import form_bm, form_one, form_ten


@dataclass(frozen=True)
class OfficialForm:
    """A version of a form: `since` is the day from which it is asked for."""

    code: str
    name: str
    title: str
    since: date
    header: Callable
    fill: Callable
    lead: int  # columns before the numbers
    what: str  # lượt, người
    is_period: bool = True  # false: on a day


@dataclass(frozen=True)
class Asked:
    """The days and units of a filling, and the lượt that the account may count."""

    account: object
    first: date
    last: date
    unit: object = None

    @property
    def units(self):
        """Units of lượt, None for all that `among` holds."""
        return Unit.objects.below(self.unit).values("pk") if self.unit else None

    @property
    def people_units(self):
        """Units of people."""
        branch = Unit.objects.branch_of(self.account)
        return branch.below(self.unit) if self.unit else branch

    @property
    def among(self):
        return Enrolment.objects.visible_to(self.account)


FORMS = {
    form.code: form
    for form in [
        OfficialForm(
            form_one.CODE,
            "Mẫu số 1",
            "Tổng hợp kết quả đào tạo, bồi dưỡng cán bộ, công chức trong nước",
            date(2015, 1, 1),
            form_one.header,
            form_one.fill,
            3,
            "lượt",
        ),
        OfficialForm(
            form_ten.CODE,
            "Biểu số 10-BTCTW",
            "Thống kê kết quả đào tạo, bồi dưỡng cán bộ",
            date(2022, 1, 1),
            form_ten.header,
            form_ten.fill,
            2,
            "người",
        ),
        OfficialForm(
            form_bm.ABOVE,
            "BM01/BNV",
            "Số lượng, chất lượng công chức từ cấp huyện trở lên",
            date(2012, 1, 1),
            form_bm.header,
            form_bm.fill_of(form_bm.ABOVE),
            1,
            "người",
            is_period=False,
        ),
        OfficialForm(
            form_bm.COMMUNES,
            "BM02/BNV",
            "Số lượng, chất lượng cán bộ, công chức cấp xã",
            date(2012, 1, 1),
            form_bm.header,
            form_bm.fill_of(form_bm.COMMUNES),
            1,
            "người",
            is_period=False,
        ),
    ]
}
