"""Addresses of courses and classes; one module a part."""

from importlib import import_module

app_name = "courses"
# Names of the modules beside this one, each with `urlpatterns`.
PARTS = [
    "catalogue",
    "evaluation",
    "history",
    "classes",
    "running",
    "certificates",
    "records",
    "nominations",
]
urlpatterns = [
    pattern for part in PARTS for pattern in import_module(f"courses.urls.{part}").urlpatterns
]
