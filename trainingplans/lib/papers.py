"""Word files filled from templates that an office can replace. No models; bytes in, bytes out."""

import zipfile
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BLANK_DATE = "ngày …… tháng …… năm ……"
MOST_UNPACKED = 50 * 1024 * 1024
FAULTS = (TemplateError, ValueError, KeyError, TypeError, AttributeError, OverflowError)


def fill(template, values):
    """The template with its places filled; what a template may call is fenced in.

    A place that the values do not know is an error, so that no paper goes out with a hole.
    """
    document = DocxTemplate(BytesIO(template))
    fenced = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    document.render(values, jinja_env=fenced)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def words_of(content):
    """The text of a Word file's body with its marks, for looking things up in it."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return parts.read("word/document.xml").decode()


def check_template(upload, sample, needed):
    """The bytes of a template that can be filled; ValidationError in Vietnamese otherwise.

    It is filled with `sample`; each text of `needed` {text: its name} must come out.
    """
    if upload.size > settings.UPLOAD_LIMIT:
        raise ValidationError("Tệp quá lớn. Bỏ bớt ảnh trong mẫu rồi chọn lại.")
    content = upload.read()
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
            is_word = "word/document.xml" in parts.namelist()
    except zipfile.BadZipFile:
        unpacked, is_word = 0, False
    if not is_word or unpacked > MOST_UNPACKED:
        raise ValidationError("Tệp không phải Word (.docx). Lưu lại dạng .docx rồi chọn.")
    try:
        filled = words_of(fill(content, sample))
    except FAULTS as fault:
        raise ValidationError(
            f"Mẫu có chỗ không điền được ({fault}). Sửa các ô {{{{ … }}}} rồi chọn lại."
        ) from None
    missing = [name for text, name in needed.items() if text not in filled]
    if missing:
        raise ValidationError(f"Mẫu thiếu {', '.join(missing)}. Thêm vào rồi chọn lại.")
    return content


def replaced(name):
    """The office's own template of this name as bytes, or None."""
    path = _path(name)
    if not default_storage.exists(path):
        return None
    with default_storage.open(path) as file:
        return file.read()


def replace(name, content):
    """Keep `content` as the office's template; None goes back to the portal's own."""
    path = _path(name)
    if default_storage.exists(path):
        default_storage.delete(path)
    if content is not None:
        default_storage.save(path, ContentFile(content))


def _path(name):
    return f"templates/{name}.docx"


def day_in_words(day):
    """ngày 05 tháng 02 năm 2026, as the form of documents writes it; dots without a day."""
    if day is None:
        return BLANK_DATE
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
