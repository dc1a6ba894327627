"""Why a target stays short in a proposal, in words that say who can act."""

from cadres.rules.trees import leaves
from trainingplans.lib.dates import show
from trainingplans.lib.numbers import format_number

# The conditions that a course can fulfil (reports.granting).
TAUGHT = {"level_at_least", "has", "speaks", "completed", "speaks_language_of_unit"}
NOT_TAUGHT = "Điều kiện đạt không phải là trình độ, nên không mở lớp nào để đạt được."
NO_COURSE = "Chưa khóa nào trong danh mục cho trình độ mà mục tiêu cần."
NOBODY = (
    "Không ai còn thiếu đạt được bằng một, hai khóa: phải học từ ba khóa, cần khóa chưa có "
    "trong danh mục, hoặc không thuộc đối tượng của khóa."
)
NOT_USED = "Khóa giúp đạt chưa được chọn hoặc chưa có chi phí. Xem bảng khóa."
LIMIT = "Đã dùng hết số lớp nhiều nhất của khóa."
MONEY = "Ngân sách không đủ."
TOO_FEW = "Các dòng có dấu chưa đủ suất."
UNPROVEN = "Máy dừng trước khi tìm hết các cách. Tính lại với ít mục tiêu hơn."
SEVERAL = "Tỉ lệ đạt hoặc số khóa mỗi người được học không cho thêm."


def why_short(target, material, choice, asked, answer, scarce=""):
    """Words for one target that the Answer leaves short; `scarce` says what is known to lack."""
    forecast = material.forecasts[target.pk]
    known = [one for one in material.courses if target.pk in material.people_of(one.course.pk)]
    if not any(course.is_active for course, _rate in forecast.useful):
        taught = any(key in TAUGHT for key, _value in leaves(target.attained))
        return NO_COURSE if taught else NOT_TAUGHT
    if not known:
        return NOBODY
    movers = [ids for (_keys, pk), ids in asked.movers.items() if pk == target.pk]
    if not movers:
        used = [one for one in known if one.course.pk in choice.courses]
        return f"Không khóa nào xong trước hạn {show(target.due)}." if used else NOT_USED
    told = [scarce] if scarce else []
    reach = len(set().union(*movers))
    if reach < _need(target, asked):
        told.append(
            f"Chỉ {format_number(reach)} người đạt được bằng một, hai khóa; người khác phải học "
            "từ ba khóa, cần khóa chưa có trong danh mục hoặc không thuộc đối tượng."
        )
    if any(line.offer.at_most == line.classes for line in answer.lines if line.offer.is_new):
        told.append(LIMIT)
    return " ".join(told) or (SEVERAL if answer.proven else UNPROVEN)


def _need(target, asked):
    return next(goal.need for goal in asked.world.goals if goal.key == target.pk)
