from django.apps import AppConfig

from cadres.audit_words import name_acts


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Số liệu"

    def ready(self):
        name_acts({"demo.load": "Nạp tỉnh minh họa", "report.freeze": "Chốt báo cáo"})
