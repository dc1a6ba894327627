"""Which content counts in which column of an official form: edited by the administrator."""

from django.contrib import admin

from cadres.admin import CatalogueAdmin, resource_for
from reports.models import FormMapping


@admin.register(FormMapping)
class FormMappingAdmin(CatalogueAdmin):
    list_display = ["form", "column", "category", "valid_from", "valid_to"]
    list_filter = ["form"]
    list_select_related = ["category"]
    resource_classes = [resource_for(FormMapping, ["form", "column", "category", "valid_from"])]
