"""Certificates on paper: A4 landscape, one a page, room for signature and seal.

Times-like letters with every Vietnamese mark are embedded as a subset; the text can be copied.
"""

import unicodedata
from functools import cache
from pathlib import Path

import segno
from PIL import Image
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from cadres.choices import Gender
from courses.certificates import code_shown
from trainingplans.lib.dates import show

FONTS = Path(__file__).parent / "data" / "fonts"
PLAIN, BOLD, ITALIC = "PortalSerif", "PortalSerif-Bold", "PortalSerif-Italic"
FILES = {PLAIN: "Regular", BOLD: "Bold", ITALIC: "Italic"}
WIDTH, HEIGHT = landscape(A4)
INK, FRAME = HexColor("#1b2230"), HexColor("#23407a")
MIDDLE, LEFT, RIGHT = WIDTH / 2, 78 * mm, WIDTH - 78 * mm
TITLE_WIDTH = 210 * mm
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
TITLES = {Gender.MALE: "Ông", Gender.FEMALE: "Bà", "": "Ông/Bà"}
QR_SIZE = 24 * mm
MASK = 3  # any pattern is read; choosing the best one takes most of the time
rl_config.useA85 = 0  # pages as bytes, not as text: smaller and quicker


@cache
def _load_fonts():
    for name, style in FILES.items():
        pdfmetrics.registerFont(TTFont(name, FONTS / f"LiberationSerif-{style}.ttf"))


def write_pdf(certificates, out, *, check_url):
    """Write a page for each certificate (of `certificates.for_list`) to the stream `out`.

    `check_url(code)` is the address of the public check, printed and as a square code.
    """
    _load_fonts()
    canvas = Canvas(out, pagesize=landscape(A4))
    canvas.setTitle("Chứng chỉ")
    for certificate in certificates:
        _page(canvas, certificate, check_url(certificate.code))
        canvas.showPage()
    canvas.save()


def _page(canvas, certificate, address):
    row = certificate.enrolment
    canvas.setFillColor(INK)
    _frame(canvas)
    _heads(canvas, certificate.institution.name)
    _centred(canvas, "CHỨNG CHỈ", 148, BOLD, 34)
    _name(canvas, row)
    _course(canvas, row)
    _register(canvas, certificate, address)
    _signature(canvas, certificate)


def _frame(canvas):
    canvas.setStrokeColor(FRAME)
    for inset, width in ((8, 2.2), (10.5, 0.7)):
        canvas.setLineWidth(width)
        canvas.rect(inset * mm, inset * mm, WIDTH - 2 * inset * mm, HEIGHT - 2 * inset * mm)


def _heads(canvas, institution):
    """The issuer at the left; the nation and its motto, underlined, at the right."""
    lines = simpleSplit(tidy(institution).upper(), BOLD, 12, 110 * mm)[:3]
    for number, line in enumerate(lines):
        _at(canvas, line, LEFT, 186 - 6 * number, BOLD, 12)
    _at(canvas, NATION, RIGHT, 186, BOLD, 12)
    _at(canvas, MOTTO, RIGHT, 180, BOLD, 13)
    canvas.setLineWidth(0.7)
    canvas.setStrokeColor(INK)
    half = pdfmetrics.stringWidth(MOTTO, BOLD, 13) / 2
    canvas.line(RIGHT - half, 178 * mm, RIGHT + half, 178 * mm)


def _name(canvas, row):
    person = row.official
    _centred(canvas, f"Chứng nhận {TITLES.get(person.gender, TITLES[''])}", 134, PLAIN, 15)
    _fitted(canvas, person.full_name.upper(), 122, BOLD, 24)
    birth = person.birth
    parts = [
        f"Sinh {'năm' if birth.precision == 'year' else 'ngày'} {birth.display}" if birth else "",
        row.position,
        row.unit.name if row.unit else "",
    ]
    _fitted(canvas, ". ".join(part for part in parts if part), 112, PLAIN, 14)


def _course(canvas, row):
    """Has completed what, when, how long, how well."""
    _centred(canvas, "đã hoàn thành khóa", 102, ITALIC, 14)
    lines, size = _wrapped(tidy(row.course.name if row.course else row.title))
    for number, line in enumerate(lines):
        _centred(canvas, line, 92 - 8 * number, BOLD, size)
    below = 92 - 8 * len(lines) - 2
    days = f"từ ngày {show(row.starts_on)} đến ngày {show(row.ends_on)}"
    hours = f", {row.hours} tiết" if row.hours else ""
    _centred(canvas, days + hours, below, PLAIN, 14)
    if row.grade:
        _centred(canvas, f"Xếp loại: {row.grade}", below - 8, PLAIN, 14)


def _wrapped(text):
    """(at most three lines, size): smaller letters for a longer name."""
    for size in (18, 15, 12):
        lines = simpleSplit(text, BOLD, size, TITLE_WIDTH)
        if len(lines) <= 2:
            return lines, size
    return lines[:3], size


def _register(canvas, certificate, address):
    """Numbers and the way to check them, at the lower left."""
    _square_code(canvas, address, 18 * mm, 18 * mm)
    lines = [
        f"Số hiệu: {certificate.number}",
        f"Số vào sổ: {certificate.register_no:02d}/{certificate.year}",
        f"Mã tra cứu: {code_shown(certificate.code)}",
        address.split("://")[-1],
    ]
    for number, line in enumerate(lines):
        canvas.setFont(PLAIN, 11 if number < 3 else 9)
        canvas.drawString(46 * mm, (38 - 6 * number) * mm, tidy(line))


def _square_code(canvas, address, x, y):
    """The address as a square code with its lower left corner there: a dot a picture element."""
    matrix = segno.make_qr(address, error="m", boost_error=False, mask=MASK).matrix
    picture = Image.frombytes("L", (len(matrix),) * 2, b"".join(map(bytes, matrix)))
    picture = picture.point(lambda dark: 0 if dark else 255)
    canvas.drawImage(ImageReader(picture), x, y, QR_SIZE, QR_SIZE)


def _signature(canvas, certificate):
    """Day, and room for signature and seal above the signer's name."""
    day = certificate.issued_on
    month = f"{day.month:02d}" if day.month < 3 else day.month
    _at(canvas, f"Ngày {day.day:02d} tháng {month} năm {day.year}", RIGHT, 56, ITALIC, 13)
    _at(canvas, "Thủ trưởng cơ sở đào tạo", RIGHT, 50, BOLD, 13)
    _at(canvas, "(ký, đóng dấu, ghi rõ họ tên)", RIGHT, 45, ITALIC, 10)
    _at(canvas, certificate.signer, RIGHT, 18, BOLD, 13)


def _centred(canvas, text, height, font, size):
    _at(canvas, text, MIDDLE, height, font, size)


def _at(canvas, text, x, height, font, size):
    canvas.setFont(font, size)
    canvas.drawCentredString(x, height * mm, tidy(text))


def _fitted(canvas, text, height, font, size):
    """One line, in smaller letters where it would leave the frame."""
    text = tidy(text)
    while size > 8 and pdfmetrics.stringWidth(text, font, size) > TITLE_WIDTH:
        size -= 1
    _centred(canvas, text, height, font, size)


def tidy(text):
    """One code point a letter with its marks, as the font has them."""
    return unicodedata.normalize("NFC", " ".join(str(text).split()))
