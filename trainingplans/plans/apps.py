from django.apps import AppConfig

from cadres.audit_words import name_acts

ACTS = {
    "programme.add": "Thêm chương trình, đề án",
    "programme.change": "Sửa chương trình, đề án",
    "programme.document": "Thay tệp văn bản",
    "programme.delete": "Xóa chương trình, đề án",
    "programme.restore": "Khôi phục chương trình, đề án",
    "target.add": "Thêm mục tiêu",
    "target.change": "Sửa mục tiêu",
    "target.load": "Nạp mục tiêu",
    "target.delete": "Xóa mục tiêu",
    "target.restore": "Khôi phục mục tiêu",
    "plan.load": "Nạp kế hoạch",
}


class PlansConfig(AppConfig):
    name = "trainingplans.plans"
    label = "plans"
    verbose_name = "Kế hoạch"

    def ready(self):
        name_acts(ACTS)
