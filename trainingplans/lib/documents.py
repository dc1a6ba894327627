"""Documents that are kept as files: what may be stored, under which name."""

from uuid import uuid4
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core.exceptions import ValidationError

PDF, DOCX = "pdf", "docx"
CONTENT_TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MEGABYTE = 1024 * 1024


def kind_of(upload):
    """pdf or docx by the bytes, not by the name; None for anything else."""
    upload.seek(0)
    start = upload.read(5)
    upload.seek(0)
    if start == b"%PDF-":
        return PDF
    return DOCX if start[:2] == b"PK" and _is_word(upload) else None


def _is_word(upload):
    try:
        with ZipFile(upload) as parts:
            return "word/document.xml" in parts.namelist()
    except (BadZipFile, OSError, ValueError):
        return False
    finally:
        upload.seek(0)


def checked(upload):
    """The upload under a random name; ValidationError in Vietnamese when it cannot be kept."""
    if upload.size > settings.UPLOAD_LIMIT:
        raise ValidationError(
            f"Tệp lớn hơn {settings.UPLOAD_LIMIT // MEGABYTE} MB. Giảm dung lượng rồi chọn lại."
        )
    kind = kind_of(upload)
    if kind is None:
        raise ValidationError("Tệp không phải PDF hoặc Word (.docx). Lưu lại dạng PDF rồi chọn.")
    upload.name = f"{uuid4().hex}.{kind}"
    return upload
