from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "trainingplans.plans"
    label = "plans"
    verbose_name = "Kế hoạch"
