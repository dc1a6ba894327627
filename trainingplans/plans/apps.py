from django.apps import AppConfig

from cadres.audit_words import name_acts
from trainingplans.plans.needacts import NEED_ACTS

ACTS = {
    "costs.change": "Sửa kinh phí lớp",
    "costs.undo": "Hoàn tác kinh phí lớp",
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
    "plan.add": "Lập kế hoạch",
    "plan.change": "Sửa kế hoạch",
    "plan.collect": "Thu thập nhu cầu cho kế hoạch",
    "plan.consolidate": "Chốt tổng hợp kế hoạch",
    "plan.reopen": "Đưa kế hoạch về bản nháp",
    "plan.submit": "Trình kế hoạch",
    "plan.recall": "Rút kế hoạch đã trình",
    "plan.return": "Trả lại kế hoạch",
    "plan.approve": "Phê duyệt kế hoạch",
    "plan.start": "Bắt đầu thực hiện kế hoạch",
    "plan.close": "Kết thúc kế hoạch",
    "plan.file": "Lưu văn bản đã ký của kế hoạch",
    "plan.resume": "Mở lại kế hoạch",
    "plan.refused": "Thao tác kế hoạch bị từ chối",
    "plan.new_version": "Lập bản điều chỉnh kế hoạch",
    "plan.copy": "Lấy dòng từ kế hoạch khác",
    "plan.paste": "Thêm dòng kế hoạch từ Excel",
    "plan.propose": "Đưa đề xuất từ mục tiêu vào kế hoạch",
    "plan.propose_undo": "Hoàn tác đề xuất từ mục tiêu",
    "plan.item_add": "Thêm dòng kế hoạch",
    "plan.item_change": "Sửa dòng kế hoạch",
    "plan.item_delete": "Bỏ dòng kế hoạch",
    "plan.item_restore": "Khôi phục dòng kế hoạch",
    "plan.open_class": "Mở lớp từ kế hoạch",
    "norm.add": "Thêm định mức chi",
    "norm.end": "Kết thúc định mức chi",
    "template.replace": "Thay mẫu văn bản",
    "template.drop": "Dùng lại mẫu văn bản của cổng",
    "plan.quotas": "Phân suất",
}


class PlansConfig(AppConfig):
    name = "trainingplans.plans"
    label = "plans"
    verbose_name = "Kế hoạch"

    def ready(self):
        from cadres.versions import TARGETS, watch
        from courses.actions.classes import CLONED
        from courses.states import CHECKS
        from courses.summaries import PANELS
        from trainingplans.plans import costing
        from trainingplans.plans.actions import opening

        watch(TARGETS, "plans.Target", "plans.Programme")
        name_acts(ACTS | NEED_ACTS)
        CHECKS["settle"].append(costing.unspent)
        PANELS.extend([costing.plan_of, costing.panel_of])
        CLONED.append(opening.follow_clone)
