from django.apps import AppConfig

from cadres.audit_words import name_acts


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Số liệu"

    def ready(self):
        from courses.nominating import TILES
        from reports import unit_target

        TILES.append(unit_target.tiles_of)
        name_acts(
            {
                "demo.load": "Nạp tỉnh minh họa",
                "report.freeze": "Chốt báo cáo",
                "report.export": "Xuất số liệu",
                "report.people": "Lấy danh sách sau số liệu",
            }
        )
