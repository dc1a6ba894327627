"""Addresses of plans and their items."""

from django.urls import path

from trainingplans.plans.views import carrying, items, norms, papers, pasting, plans, quotas

ONE = "ke-hoach/<int:pk>/"

urlpatterns = [
    path("ke-hoach/", plans.plan_list, name="plans"),
    path("ke-hoach/mau/", papers.templates, name="templates"),
    path("ke-hoach/mau/<slug:paper>.docx", papers.template_file, name="template_file"),
    path("ke-hoach/dinh-muc/", norms.norms, name="norms"),
    path("ke-hoach/dinh-muc/them/", norms.norm_new, name="norm_new"),
    path("ke-hoach/dinh-muc/<int:pk>/het/", norms.norm_end, name="norm_end"),
    path("ke-hoach/them/", plans.plan_new, name="plan_new"),
    path(ONE, plans.plan, name="plan"),
    path(f"{ONE}sua/", plans.plan_edit, name="plan_edit"),
    path(f"{ONE}chuyen/<slug:code>/", plans.plan_move, name="plan_move"),
    path(f"{ONE}dieu-chinh/", plans.plan_adjust, name="plan_adjust"),
    path(f"{ONE}van-ban-da-ky/", plans.plan_signed, name="plan_signed"),
    path(f"{ONE}dan/", pasting.plan_paste, name="plan_paste"),
    path(f"{ONE}lay-tu/", pasting.plan_copy, name="plan_copy"),
    path(f"{ONE}suat/", quotas.plan_quotas, name="plan_quotas"),
    path(f"{ONE}thay-doi/", carrying.plan_changes, name="plan_changes"),
    path(f"{ONE}don-vi/", carrying.plan_units, name="plan_units"),
    path(f"{ONE}van-ban/", papers.plan_papers, name="plan_papers"),
    path(f"{ONE}van-ban/<slug:paper>.docx", papers.plan_word, name="plan_word"),
    path(f"{ONE}van-ban/<slug:book>.xlsx", papers.plan_book, name="plan_book"),
    path(f"{ONE}muc/them/", items.item_new, name="item_new"),
    path(f"{ONE}muc/tinh-thu/", items.item_count, name="item_count"),
    path(f"{ONE}muc/bo/", items.items_delete, name="items_delete"),
    path(f"{ONE}muc/khoi-phuc/<int:event>/", items.items_restore, name="items_restore"),
    path(f"{ONE}muc/<int:row>/", items.item, name="item"),
    path(f"{ONE}muc/<int:row>/o/", items.item_cells, name="item_cells"),
    path(f"{ONE}muc/<int:row>/suat/", quotas.quotas, name="quotas"),
    path(f"{ONE}muc/<int:row>/mo-lop/", carrying.item_class, name="item_class"),
]
