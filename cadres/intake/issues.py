"""The words of every issue: where, what, how to mend."""

from cadres.intake.types import Issue

# Over the column of messages in a marked file.
MESSAGES_HEADING = "Thông báo của cổng"

TEXTS = {
    "no_name": ("thiếu họ và tên", "Điền họ và tên vào cột “{heading}” rồi nhập lại"),
    "double_personal_id": (
        "số CCCD {value} đã dùng cho {other} nhưng dữ liệu khác",
        "Kiểm tra số CCCD của hai người, sửa người sai",
    ),
    "duplicate_row": ("giống hoàn toàn {other}", "Bỏ bớt một dòng; dòng này không tạo thêm người"),
    "hidden_row": ("dòng đang ẩn nhưng vẫn được nhập", "Xoá dòng khỏi tệp nếu không muốn nhập"),
    "impossible_date": ("ngày “{value}” không có thật", "Ghi ngày/tháng/năm, ví dụ 07/03/1985"),
    "doubtful_year": (
        "năm “{value}” ghi chưa chắc, tạm lấy năm này",
        "Ghi rõ năm, ví dụ 1985, nếu đã biết",
    ),
    "absurd_date": ("ngày “{value}” không hợp lý", "Kiểm tra lại năm"),
    "unknown_ethnic_group": (
        "dân tộc “{value}” không có trong danh mục 54 dân tộc",
        "Ghi tên dân tộc theo danh mục, ví dụ Tày, Nùng, Mông",
    ),
    "wrong_personal_id": (
        "số CCCD “{value}” không đủ 12 chữ số hoặc sai",
        "Ghi đủ 12 chữ số trên thẻ căn cước",
    ),
    "cmnd_number": ("“{value}” là số CMND 9 số", "Thay bằng số CCCD 12 chữ số"),
    "personal_id_birth": (
        "năm sinh không khớp số CCCD “{value}”",
        "Đối chiếu với thẻ căn cước, sửa ngày sinh hoặc số CCCD",
    ),
    "personal_id_gender": (
        "giới tính không khớp số CCCD “{value}”",
        "Đối chiếu với thẻ căn cước, sửa giới tính hoặc số CCCD",
    ),
    "unknown_level": ("không rõ trình độ “{value}”", "Ghi trình độ, ví dụ {example}"),
    "unknown_certificate": (
        "không rõ “{value}” là chứng chỉ tin học hay ngoại ngữ",
        "Ghi rõ, ví dụ: B Tin học, A2 tiếng Anh",
    ),
    "unknown_gender": ("không rõ giới tính “{value}”", "Ghi Nam hoặc Nữ"),
    "unknown_language": ("không rõ tiếng dân tộc “{value}”", "Ghi tên tiếng, ví dụ Tiếng Mông"),
    "unknown_staff_kind": (
        "không rõ loại “{value}”",
        "Ghi Cán bộ, Công chức, Viên chức hoặc Người hoạt động không chuyên trách",
    ),
    "unknown_rank": ("mã ngạch “{value}” không đúng dạng", "Ghi mã, ví dụ 01.003 hoặc V.07.03.29"),
    "unknown_answer": ("không rõ “{value}” là có hay không", "Đánh dấu x hoặc để trống"),
    "unknown_form": ("không rõ “{value}” là đào tạo hay bồi dưỡng", "Ghi Đào tạo hoặc Bồi dưỡng"),
    "unknown_hours": ("không rõ “{value}” là bao nhiêu tiết", "Ghi số tiết, ví dụ 40"),
    "bad_phone": ("số điện thoại “{value}” không đúng", "Ghi đủ 10 chữ số, bắt đầu bằng 0"),
    "error_cell": ("ô báo lỗi {value}", "Sửa công thức hoặc gõ lại giá trị"),
    "formula": ("công thức chưa có kết quả", "Mở tệp bằng Excel, lưu lại rồi gửi"),
    "ditto_first": ("“{value}” nhưng dòng trên không có giá trị", "Ghi giá trị đầy đủ"),
    "long_text": ("chữ trong ô quá dài", "Rút gọn, mỗi ô chỉ ghi một mục"),
    "side_by_side": (
        "hai bảng đặt cạnh nhau, mới đọc được bảng bên trái",
        "Chuyển bảng bên phải xuống dưới hoặc sang trang tính khác rồi gửi lại",
    ),
    "control_characters": ("có ký tự điều khiển trong ô", "Gõ lại giá trị của ô"),
}  # fmt: skip
ERRORS = frozenset(("no_name", "double_personal_id"))
EXAMPLES = {
    "professional_level": "Đại học, ThS, Trung cấp",
    "political_level": "Sơ cấp, Trung cấp, Cao cấp",
    "state_level": "Chuyên viên, Chuyên viên chính",
    "defence_group": "Đối tượng 3",
}
SHORT = 60


def place(sheet, row):
    """ "dòng 12", with the sheet where there are names."""
    return f"dòng {row} trang “{sheet}”" if sheet else f"dòng {row}"


def make_issue(code, sheet, row, column, field, value="", heading="", suggestion="", other=""):
    """The Issue with its message."""
    what, cure = TEXTS[code]
    shown = value if len(value) <= SHORT else value[:SHORT] + "…"
    words = {"value": shown, "heading": heading or "Họ và tên", "other": other}
    words["example"] = EXAMPLES.get(field, "")
    where = place(sheet, row)
    if column:
        where = f"Ô {column}{row}" + (f" trang “{sheet}”" if sheet else "")
        where += f" (cột “{heading}”)" if heading else ""
    where = where[0].upper() + where[1:]
    message = f"{where}: {what.format(**words)}. {cure.format(**words)}."
    severity = "error" if code in ERRORS else "warning"
    return Issue(sheet, row, column, field, value, severity, code, message, suggestion)
