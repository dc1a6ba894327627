"""Why a file is refused: code -> message in Vietnamese that names the cause and the cure."""

from cadres.intake.reading import limits
from cadres.intake.types import IntakeError

SAVE_AS = "Hãy mở tệp bằng Excel, chọn “Lưu thành” kiểu Excel Workbook (.xlsx) rồi gửi lại."
MESSAGES = {
    "empty_file": "Tệp rỗng (0 byte). Hãy kiểm tra lại tệp rồi gửi lại.",
    "password": "Tệp có mật khẩu. Hãy bỏ mật khẩu (Tệp › Thông tin › Bảo vệ sổ làm việc) "
    "rồi gửi lại.",
    "html_file": f"Tệp là HTML (trang web) chứ không phải bảng tính. {SAVE_AS}",
    "xml_file": f"Tệp là XML chứ không phải bảng tính. {SAVE_AS}",
    "dtd": f"Tệp chứa khai báo DTD, không an toàn để đọc. {SAVE_AS}",
    "zip_bomb": f"Tệp nén bất thường, giải nén ra quá lớn. {SAVE_AS}",
    "damaged": f"Tệp bị hỏng hoặc bị cắt cụt, không đọc được. {SAVE_AS}",
    "file_too_large": f"Tệp lớn hơn {limits.FILE_BYTES >> 20} MB. Hãy chia thành nhiều tệp.",
    "timeout": "Tệp đọc quá lâu nên đã dừng. Hãy xoá các dòng, cột định dạng thừa "
    "hoặc chia thành nhiều tệp.",
    "out_of_memory": "Tệp cần quá nhiều bộ nhớ để đọc nên đã dừng. Hãy xoá các dòng, cột thừa "
    "hoặc chia thành nhiều tệp.",
    "no_people": "Không tìm thấy người nào trong tệp: cần một bảng có cột họ và tên, "
    "dưới đó là các dòng người. Hãy kiểm tra dòng tiêu đề của bảng, "
    "hoặc điền danh sách vào tệp mẫu.",
}


def refusal(code, message=""):
    """The error of that code, with its message or the one given."""
    return IntakeError(code, message or MESSAGES[code])


def wrong_type(what):
    """The error for a file that is something else, named by `what`."""
    return IntakeError(
        "wrong_type",
        f"Tệp là {what}, không phải bảng tính. Hãy gửi tệp .xlsx, .xlsm, .xlsb, .xls, .ods "
        "hoặc .csv.",
    )


def too_large(what, limit):
    """The error for a file over one of the limits."""
    shown = f"{limit:,}".replace(",", ".")
    return IntakeError(
        "too_large", f"{what}: nhiều hơn mức đọc được ({shown}). Hãy bớt hoặc chia tệp."
    )
