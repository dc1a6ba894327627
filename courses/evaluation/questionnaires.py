"""The questionnaires in use; where an audience has none yet, the first one is made here."""

from courses.models import Questionnaire

SCORE, TEXT = "score", "text"
KINDS = {SCORE: "Chấm điểm 1–5", TEXT: "Viết ý kiến"}
# What a question is about: scores of teachers, schools and courses are read from these.
ABOUT = {
    "programme": "Chương trình, tài liệu",
    "teacher": "Giảng viên",
    "learners": "Học viên",
    "facilities": "Cơ sở vật chất",
    "organisation": "Tổ chức lớp",
    "effect": "Hiệu quả sau khóa học",
}
SCALE = {1: "Rất không đồng ý", 2: "Không đồng ý", 3: "Phân vân", 4: "Đồng ý", 5: "Rất đồng ý"}
AFTER_MONTHS = 6


def _score(code, about, text):
    return {"code": code, "text": text, "kind": SCORE, "about": about}


def _text(code, about, text):
    return {"code": code, "text": text, "kind": TEXT, "about": about}


# Our own words; staff change them on the page of questionnaires.
DEFAULTS = {
    Questionnaire.Audience.LEARNER: (
        "Phiếu dành cho học viên",
        0,
        [
            _score("sat_viec", "programme", "Nội dung khóa học sát với công việc tôi đang làm"),
            _score("thoi_luong", "programme", "Thời lượng vừa đủ cho nội dung"),
            _score("tai_lieu", "programme", "Tài liệu đầy đủ, dễ dùng"),
            _score("thuc_tien", "teacher", "Giảng viên nắm chắc nội dung và thực tiễn"),
            _score("truyen_dat", "teacher", "Giảng viên truyền đạt dễ hiểu, có trao đổi hai chiều"),
            _score("phong_hoc", "facilities", "Phòng học, thiết bị đáp ứng việc học"),
            _score("to_chuc", "organisation", "Thông báo, đón tiếp và quản lý lớp chu đáo"),
            _score("van_dung", "effect", "Tôi dùng được điều đã học vào công việc"),
            _text("nen_giu", "programme", "Điều gì nên giữ lại?"),
            _text("nen_doi", "programme", "Điều gì nên thay đổi?"),
        ],
    ),
    Questionnaire.Audience.TEACHER: (
        "Phiếu dành cho giảng viên",
        0,
        [
            _score("dung_doi_tuong", "learners", "Học viên đúng đối tượng của khóa"),
            _score("tham_gia", "learners", "Học viên tham gia tích cực"),
            _score("chuong_trinh", "programme", "Chương trình, tài liệu phù hợp với học viên"),
            _score("phong_hoc", "facilities", "Phòng học, thiết bị đáp ứng việc dạy"),
            _score("to_chuc", "organisation", "Lớp được chuẩn bị và quản lý tốt"),
            _text("kien_nghi", "organisation", "Kiến nghị cho lần mở lớp sau"),
        ],
    ),
    Questionnaire.Audience.UNIT: (
        "Phiếu dành cho đơn vị cử người đi học",
        AFTER_MONTHS,
        [
            _score("lam_tot_hon", "effect", "Người được cử đi làm việc tốt hơn sau khóa học"),
            _score("dung_duoc", "effect", "Kiến thức của khóa dùng được vào việc của đơn vị"),
            _score("nhanh_hon", "effect", "Việc liên quan được giải quyết nhanh hơn, ít sai hơn"),
            _score("thoi_gian", "organisation", "Thời gian mở lớp thuận tiện cho đơn vị"),
            _text("vi_du", "effect", "Một việc cụ thể đã thay đổi nhờ khóa học"),
        ],
    ),
}


def in_use():
    """The questionnaires that a class which ends is asked with, one an audience or more."""
    known = set(Questionnaire.objects.values_list("audience", flat=True))
    for audience, (title, months, questions) in DEFAULTS.items():
        if audience not in known:
            Questionnaire.objects.create(
                audience=audience, title=title, after_months=months, questions=questions
            )
    return list(Questionnaire.objects.filter(is_active=True).order_by("audience", "pk"))
