"""Money as people type it: "612,5 triệu", "2 tỷ", "500.000.000", in whole đồng. Pure functions."""

import re
from fractions import Fraction

from trainingplans.lib.numbers import BILLION, MILLION
from trainingplans.lib.text import fold

UNITS = {"dong": ("đồng", 1), "trieu": ("triệu đồng", MILLION), "ty": ("tỷ đồng", BILLION)}
WORDS = {"": None, "d": 1, "dong": 1, "vnd": 1, "trieu": MILLION, "trieu dong": MILLION}
WORDS |= {"tr": MILLION, "trd": MILLION, "ty": BILLION, "ty dong": BILLION, "ti": BILLION}
MONEY = re.compile(r"^([\d.,\s]+?)\s*([a-z ]*)$")
GROUPED = re.compile(r"^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$")
MOST = 10**15


def parse_money(text, unit="dong"):
    """Whole đồng of a typed amount; `unit` is meant where the text names none. "" is 0.

    "1.680" has thousands, "0,5" and "1.5" decimals. ValueError in Vietnamese otherwise.
    """
    folded = fold(text)
    if not folded or folded in {"-", "—", "–"}:
        return 0
    found = MONEY.match(folded)
    if not found or found[2].strip() not in WORDS or not re.search(r"\d", found[1]):
        raise ValueError(f"“{text}” không phải là số tiền. Ghi ví dụ 612,5 hoặc 2 tỷ.")
    size = WORDS[found[2].strip()] or UNITS[unit][1]
    amount = _number(found[1].replace(" ", ""), text) * size
    if amount.denominator != 1:
        raise ValueError(f"“{text}” lẻ dưới một đồng. Ghi số tròn đồng.")
    if amount > MOST:
        raise ValueError(f"“{text}” lớn quá. Xem lại đơn vị tính.")
    return int(amount)


def _number(digits, text):
    """1.680 → 1680, 1.234,5 and 1,234.5 → 1234,5; 0,5 → a half."""
    if GROUPED.match(digits) and not digits.startswith("0"):
        return Fraction(re.sub(r"[.,]", "", digits))
    last = max(digits.rfind("."), digits.rfind(","))
    whole, decimals = (digits, "") if last < 0 else (digits[:last], digits[last + 1 :])
    if re.search(r"[.,]", whole) and not GROUPED.match(whole):
        raise ValueError(f"“{text}” có dấu chấm, phẩy chưa đúng chỗ. Ghi ví dụ 1.234,5.")
    if not (whole or decimals) or (last >= 0 and not decimals):
        raise ValueError(f"“{text}” không phải là số tiền. Ghi ví dụ 612,5.")
    return Fraction(f"{re.sub(r'[.,]', '', whole) or '0'}.{decimals or '0'}")


def write_money(amount, unit="trieu"):
    """The exact amount in the unit: 612.500.000 → "612,5"; nothing is rounded."""
    whole, rest = divmod(amount, UNITS[unit][1])
    digits = f"{whole:,}".replace(",", ".")
    if rest:
        places = len(str(UNITS[unit][1])) - 1
        digits += "," + f"{rest:0{places}d}".rstrip("0")
    return digits
