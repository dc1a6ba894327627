"""Addresses of people, units and accounts: a table of contents."""

from django.urls import path, register_converter

from cadres.parts import PARTS
from cadres.views import accounts, audit, notices, officials, parts, records, units


class PartConverter:
    """The kinds of rows of a record."""

    regex = "|".join(PARTS)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(PartConverter, "part")

app_name = "cadres"
urlpatterns = [
    path("can-bo/", officials.officials, name="officials"),
    path("can-bo/them/", officials.official_add, name="official_add"),
    path("can-bo/cua-toi/", records.my_record, name="my_record"),
    path("can-bo/<int:pk>/", records.official, name="official"),
    path("can-bo/<int:pk>/cccd/", records.official_reveal, name="official_reveal"),
    path("can-bo/<int:pk>/sua/", officials.official_edit, name="official_edit"),
    path("can-bo/<int:pk>/vi-tri/", records.official_postings, name="official_postings"),
    path(
        "can-bo/<int:pk>/van-bang/",
        records.official_qualifications,
        name="official_qualifications",
    ),
    path("can-bo/<int:pk>/quy-hoach-danh-gia/", records.official_plans, name="official_plans"),
    path("can-bo/<int:pk>/lich-su/", records.official_history, name="official_history"),
    path("can-bo/<int:pk>/<part:part>/them/", parts.part_add, name="part_add"),
    path("can-bo/<int:pk>/<part:part>/<int:row>/sua/", parts.part_edit, name="part_edit"),
    path("can-bo/<int:pk>/<part:part>/<int:row>/xoa/", parts.part_delete, name="part_delete"),
    path(
        "can-bo/<int:pk>/<part:part>/khoi-phuc/<int:image>/",
        parts.part_restore,
        name="part_restore",
    ),
    path("can-bo/<int:pk>/vi-tri/<int:row>/doi/", parts.posting_move, name="posting_move"),
    path("can-bo/<int:pk>/vi-tri/<int:row>/ket-thuc/", parts.posting_end, name="posting_end"),
    path("nhap-danh-sach/mau.xlsx", officials.roster_template, name="roster_template"),
    path("don-vi/", units.units, name="units"),
    path("don-vi/them/", units.unit_add, name="unit_add"),
    path("don-vi/<int:pk>/", units.unit, name="unit"),
    path("don-vi/<int:pk>/sua/", units.unit_edit, name="unit_edit"),
    path("don-vi/<int:pk>/dong/", units.unit_close, name="unit_close"),
    path("don-vi/<int:pk>/dac-diem/them/", units.trait_add, name="trait_add"),
    path("don-vi/<int:pk>/dac-diem/<int:row>/ket-thuc/", units.trait_end, name="trait_end"),
    path("don-vi/<int:pk>/dac-diem/<int:row>/xoa/", units.trait_delete, name="trait_delete"),
    path("don-vi/<int:pk>/tieng/them/", units.language_add, name="language_add"),
    path("don-vi/<int:pk>/tieng/<int:row>/ket-thuc/", units.language_end, name="language_end"),
    path("don-vi/<int:pk>/tieng/<int:row>/xoa/", units.language_delete, name="language_delete"),
    path("don-vi/<int:pk>/khoi-phuc/<int:event>/", units.mark_restore, name="mark_restore"),
    path("tai-khoan/", accounts.accounts, name="accounts"),
    path("tai-khoan/them/", accounts.account_add, name="account_add"),
    path("tai-khoan/<int:pk>/", accounts.account_edit, name="account_edit"),
    path("tai-khoan/<int:pk>/mat-khau/", accounts.account_reset, name="account_reset"),
    path("nhat-ky/", audit.events, name="audit"),
    path("thong-bao/", notices.notices, name="notices"),
    path("thong-bao/da-doc/", notices.notices_read, name="notices_read"),
    path("thong-bao/<int:pk>/", notices.notice_open, name="notice_open"),
]
