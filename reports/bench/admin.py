"""The peer of the list page: the admin's change list of the same people, as an expert sets it."""

from django.contrib import admin

from cadres.models import Standing


class PeopleAdmin(admin.ModelAdmin):
    """The columns, order, filters and page size of the list of officials."""

    list_display = [
        "official",
        "position",
        "unit",
        "staff_kind",
        "lv_professional",
        "lv_political_theory",
        "lv_state_management",
    ]
    list_select_related = ["official", "unit"]
    list_filter = ["staff_kind", "gender"]
    search_fields = ["official__search_key"]
    ordering = ["sort_key"]
    list_per_page = 50

    def has_module_permission(self, request):
        return True

    def has_view_permission(self, request, obj=None):
        return True


class PeerSite(admin.AdminSite):
    def has_permission(self, request):
        return True


site = PeerSite(name="bench_admin")
site.register(Standing, PeopleAdmin)
