"""Addresses of programmes, targets, plans and needs; one module a part."""

from importlib import import_module

app_name = "plans"
# Names of the modules beside this one, each with `urlpatterns`.
PARTS = ["costs", "purposes", "plans", "needs", "progress"]
urlpatterns = [
    pattern
    for part in PARTS
    for pattern in import_module(f"trainingplans.plans.urls.{part}").urlpatterns
]
