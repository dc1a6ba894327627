"""What a file is, by its bytes; its name says nothing."""

import io
import re
import zipfile

from cadres.intake.reading.guard import check_archive
from cadres.intake.reading.refusals import refusal, wrong_type

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A BIFF file without the OLE wrapper (Excel 2 to 4) starts with a BOF record.
BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
FOREIGN = (
    (b"%PDF", "PDF"),
    (b"MZ", "chương trình (.exe)"),
    (b"\x7fELF", "chương trình"),
    (b"{\\rtf", "văn bản RTF"),
    (b"\x89PNG", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"GIF8", "ảnh GIF"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén gzip"),
    (b"BM", "ảnh BMP"),
)
# Atomic: a comment ends at its first end, or thousands of them would be tried in all combinations.
HTML = re.compile(
    rb"\s*+(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body|table|meta|div|script|style)\b",
    re.I | re.S,
)
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def kind_of(data):
    """xlsx xlsm xlsb xls ods csv; raises the refusal of anything else."""
    if not data.strip(b"\x00 \t\r\n"):
        raise refusal("empty_file")
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _archive_kind(data)
    if data[:8] == OLE:
        return _ole_kind(data)
    if data.startswith(BARE_BIFF):
        return "xls"
    return _text_kind(data)


def _archive_kind(data):
    names = check_archive(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "mimetype" in names:
            return _ods_kind(archive, names)
        types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if any(n.lower().startswith("word/") for n in names):
        raise wrong_type("văn bản Word")
    if any(n.lower().startswith("ppt/") for n in names):
        raise wrong_type("bài trình chiếu PowerPoint")
    if any(n.lower().endswith("workbook.bin") for n in names):
        return "xlsb"
    if not any(n.lower().startswith("xl/") or n.lower().endswith("workbook.xml") for n in names):
        raise wrong_type("tệp nén")
    return "xlsm" if b"macroenabled" in types.lower() else "xlsx"


def _ods_kind(archive, names):
    kind = archive.read("mimetype").strip()
    if not kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        raise wrong_type("tài liệu OpenDocument khác")
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    if b"encryption-data" in manifest:
        raise refusal("password")
    return "ods"


def _ole_kind(data):
    def has(name):
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise refusal("password")
    if has("WordDocument"):
        raise wrong_type("văn bản Word")
    if has("PowerPoint Document"):
        raise wrong_type("bài trình chiếu PowerPoint")
    if has("Workbook") or has("Book"):
        return "xls"
    raise wrong_type("tệp OLE khác")


def _text_kind(data):
    for magic, what in FOREIGN:
        if data.startswith(magic):
            raise wrong_type(what)
    head = data[:4096].lstrip(b"\xef\xbb\xbf")
    if data.startswith(UTF16):
        head = data[:8192].decode("utf-16", "replace").encode()
    if HTML.match(head):
        raise refusal("html_file")
    if head.lstrip()[:5].lower() == b"<?xml" or head.lstrip()[:2] in (b"<!", b"<?"):
        raise refusal("html_file" if b"<html" in head.lower() else "xml_file")
    if b"\x00" in data[:65536] and not data.startswith(UTF16) and not _wide_text(data):
        raise wrong_type("tệp nhị phân không rõ loại")
    return "csv"


def _wide_text(data):
    """UTF-16 without a byte order mark: nearly every second byte of ASCII text is zero."""
    head = data[:2048]
    zeros = max(head[0::2].count(0), head[1::2].count(0))
    return zeros > len(head) * 0.3 and min(head[0::2].count(0), head[1::2].count(0)) == 0


# Parts of a workbook that do something when it is opened: macros, XLM sheets, controls, objects
# and links to elsewhere.
ACTIVE_PARTS = re.compile(
    r"vbaproject|macrosheets?/|dialogsheets/|activex/|externallinks/|embeddings/|customui/|"
    r"^basic/|^scripts/",
    re.IGNORECASE,
)
# The same in an old .xls: the storage of macros, or a BOUNDSHEET record of a macro sheet.
ACTIVE_RECORDS = re.compile(
    rb"_\0V\0B\0A\0_\0P\0R\0O\0|\x85\0[\x08-\x60]\0.{4}[\0-\x02]\x01", re.DOTALL
)


def does_something(data):
    """Whether a workbook holds more than cells: it is not handed out again as it is."""
    if data.startswith(OLE):
        return bool(ACTIVE_RECORDS.search(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(map(ACTIVE_PARTS.search, archive.namelist()))
    except zipfile.BadZipFile:
        return False
