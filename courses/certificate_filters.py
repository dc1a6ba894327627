"""Filters of the certificate register, and its workbook."""

import django_filters as filters
from django import forms
from django.db.models import Q

from cadres.models.officials import search_condition
from courses.certificates import REISSUED, REVOKED, VALID, WORDS, code_typed, state_of
from courses.models import Certificate, Institution
from trainingplans.lib.sheets import append, bytes_of, new_book, new_sheet
from trainingplans.lib.text import fold

STATES = {
    VALID: Q(revoked_on__isnull=True, reissued_as__isnull=True),
    REISSUED: Q(reissued_as__isnull=False),
    REVOKED: Q(revoked_on__isnull=False, reissued_as__isnull=True),
}
ALL = "Tất cả"
HEADINGS = [
    "Số vào sổ",
    "Năm",
    "Số hiệu",
    "Họ và tên",
    "Ngày sinh",
    "Đơn vị",
    "Khóa, lớp",
    "Xếp loại",
    "Ngày cấp",
    "Nơi cấp",
    "Tình trạng",
    "Thu hồi ngày",
    "Lý do",
]
WIDTHS = [10, 8, 20, 28, 12, 30, 40, 14, 12, 30, 14, 12, 30]


def years(request):
    """[(year, year)] of the certificates that the account sees."""
    seen = Certificate.objects.visible_to(request.user).order_by("-year")
    return [(str(year), str(year)) for year in seen.values_list("year", flat=True).distinct()]


def schools(request):
    return Institution.objects.visible_to(request.user).order_by("sort_key")


class CertificateFilter(filters.FilterSet):
    """The register."""

    q = filters.CharFilter(
        label="Tìm",
        method="by_text",
        max_length=120,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": "Họ tên, số hiệu, mã tra cứu, lớp"}
        ),
    )
    nam = filters.ChoiceFilter(label="Năm", field_name="year", empty_label=ALL)
    noi_cap = filters.ModelChoiceFilter(
        label="Nơi cấp", field_name="institution", queryset=schools, empty_label=ALL
    )
    tinh_trang = filters.ChoiceFilter(
        label="Tình trạng", method="by_state", choices=list(WORDS.items()), empty_label=ALL
    )

    class Meta:
        model = Certificate
        fields = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.filters["nam"].extra["choices"] = years(self.request)

    def by_text(self, rows, name, text):
        if not fold(text):
            return rows
        found = search_condition(text, of="enrolment__official__")
        found |= Q(number__icontains=text.strip()) | Q(code=code_typed(text))
        return rows.filter(found | Q(enrolment__title_key__contains=fold(text)))

    def by_state(self, rows, name, value):
        return rows.filter(STATES[value])


def workbook_of(rows):
    """The register as a workbook; `rows` come from `certificates.for_list`."""
    book = new_book()
    sheet = new_sheet(book, "Sổ chứng chỉ", HEADINGS, WIDTHS)
    for paper in rows.iterator(chunk_size=2000):
        row = paper.enrolment
        birth = row.official.birth.display if row.official.birth else ""
        append(
            sheet,
            [
                paper.register_no,
                paper.year,
                paper.number,
                row.official.full_name,
                birth,
                row.unit.name if row.unit else "",
                row.title,
                row.grade,
                paper.issued_on,
                paper.institution.name,
                WORDS[state_of(paper)],
                paper.revoked_on,
                paper.revoke_reason,
            ],
        )
    return bytes_of(book)
