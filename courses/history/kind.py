"""The list of the past as a kind of import."""

from cadres.intake.kinds import Kind
from courses.history.asking import answers, part
from courses.history.columns import EXTRA
from courses.history.preparing import prepare
from courses.history.rows import finish
from courses.history.undoing import undo
from courses.history.writing import write

CODE = "history"
PERMISSION = "courses.import_history"
LABELS = {
    "course": "Khóa, lớp",
    "content": "Nội dung",
    "form": "Đào tạo hay bồi dưỡng",
    "form:dao_tao": "Đào tạo (đánh dấu)",
    "form:boi_duong": "Bồi dưỡng (đánh dấu)",
    "from": "Từ ngày",
    "to": "Đến ngày",
    "period": "Thời gian học",
    "issued": "Ngày cấp chứng chỉ",
    "hours": "Số tiết",
    "days": "Số ngày",
    "institution": "Nơi học",
    "result": "Kết quả",
    "score": "Điểm",
    "certificate_no": "Số chứng chỉ",
}
KIND = Kind(
    permission=PERMISSION,
    prepare=prepare,
    write=write,
    undo=undo,
    extra=EXTRA,
    finish=finish,
    home="courses:past",
    title="Đã qua đào tạo",
    noun="lượt",
    labels=LABELS,
    template="courses/_history_courses.html",
    part=part,
    answers=answers,
)
