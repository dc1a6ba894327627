"""Reference tables, for the administrator: edited row by row or by a sheet."""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from import_export.admin import ImportExportModelAdmin
from import_export.resources import ModelResource

from cadres.audit import record
from cadres.models import Commune, EthnicGroup, Level, Province, Rank
from cadres.standings import ranks_of_levels, refresh_reranked
from trainingplans.lib.text import sort_key

admin.site.site_header = "Danh mục dùng chung"
admin.site.site_title = "Danh mục"
admin.site.index_title = "Danh mục"


def sign_in(request, extra_context=None):
    """The portal's own page instead of a second one; 403 for who is in already and may not."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", request.get_full_path()))


admin.site.login = sign_in


class AuditedResource(ModelResource):
    """A sheet is taken whole or not at all, and leaves one audit row."""

    def after_import(self, dataset, result, **kwargs):
        super().after_import(dataset, result, **kwargs)
        if not kwargs.get("dry_run"):
            record(
                "catalogue.import",
                by=kwargs.get("user"),
                label=str(self._meta.model._meta.verbose_name_plural),
                detail={"count": len(dataset)},
            )


def resource_for(table, key):
    """The resource of a table whose rows are known by the columns `key`."""

    class Resource(AuditedResource):
        class Meta:
            model = table
            import_id_fields = key
            exclude = ["id", "sort_key"]
            clean_model_instances = True
            skip_unchanged = True
            use_transactions = True

        def before_save_instance(self, instance, row, **kwargs):
            keep_sorted(instance)

    return Resource


def keep_sorted(row):
    """Fill the column that orders the ethnic groups."""
    if isinstance(row, EthnicGroup):
        row.sort_key = sort_key(row.name)


class CatalogueAdmin(ImportExportModelAdmin):
    """Opens for `cadres.manage_catalogues`; every write leaves an audit row."""

    show_full_result_count = False

    def _allowed(self, request, obj=None):
        return request.user.has_perm("cadres.manage_catalogues")

    has_view_permission = has_change_permission = has_delete_permission = _allowed
    has_module_permission = has_add_permission = _allowed
    has_import_permission = has_export_permission = _allowed

    def save_model(self, request, obj, form, change):
        keep_sorted(obj)
        super().save_model(request, obj, form, change)
        record("catalogue.change", by=request.user, subject=obj)

    def delete_model(self, request, obj):
        record("catalogue.delete", by=request.user, subject=obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for obj in queryset:
            record("catalogue.delete", by=request.user, subject=obj)
        super().delete_queryset(request, queryset)


@admin.register(EthnicGroup)
class EthnicGroupAdmin(CatalogueAdmin):
    list_display = ["code", "name", "is_minority"]
    search_fields = ["code", "name"]
    resource_classes = [resource_for(EthnicGroup, ["code"])]


class LevelResource(resource_for(Level, ["ladder", "code"])):
    """A rank that changed moves all figures of who holds the level."""

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.ranks_before = ranks_of_levels()

    def after_import(self, dataset, result, **kwargs):
        super().after_import(dataset, result, **kwargs)
        refresh_reranked(self.ranks_before)


@admin.register(Level)
class LevelAdmin(CatalogueAdmin):
    list_display = ["ladder", "code", "name", "rank"]
    list_filter = ["ladder"]
    resource_classes = [LevelResource]

    def save_model(self, request, obj, form, change):
        before = ranks_of_levels()
        super().save_model(request, obj, form, change)
        refresh_reranked(before)


@admin.register(Rank)
class RankAdmin(CatalogueAdmin):
    list_display = ["code", "name", "equivalent_group", "kind"]
    search_fields = ["code", "name"]
    resource_classes = [resource_for(Rank, ["code"])]


@admin.register(Province)
class ProvinceAdmin(CatalogueAdmin):
    list_display = ["code", "full_name"]
    search_fields = ["code", "name"]
    resource_classes = [resource_for(Province, ["code"])]


@admin.register(Commune)
class CommuneAdmin(CatalogueAdmin):
    list_display = ["code", "full_name", "kind", "province", "valid_from"]
    search_fields = ["code", "full_name"]
    list_filter = ["province"]
    list_select_related = ["province"]
    resource_classes = [resource_for(Commune, ["code", "valid_from"])]
