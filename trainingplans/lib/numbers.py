"""Numbers as Vietnamese offices write them: 1.234,5 – 81,9 % – 3,7 tỷ. Pure functions."""

from decimal import Decimal
from fractions import Fraction
from math import floor

NOTHING = "—"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
THOUSAND, MILLION, BILLION = 10**3, 10**6, 10**9
# Points above the threshold → name of the band; the first line that fits.
BANDS = [(5, "over"), (0, "met"), (-5, "near"), (-15, "below")]


def exact(value):
    """The number as a Fraction, so that no rounding happens before the last step."""
    if isinstance(value, float):
        return Fraction(repr(value))
    return Fraction(value if isinstance(value, int | Fraction) else Decimal(str(value)))


def rounded(value, places):
    """`value` with so many decimal places, halves away from zero."""
    scale = 10**places
    steps = floor(abs(exact(value)) * scale + Fraction(1, 2))
    return Fraction(steps if exact(value) >= 0 else -steps, scale)


def written(value, places):
    """An already rounded Fraction in digits: 1234.5 → "1.234,5"."""
    whole, rest = divmod(int(abs(value) * 10**places), 10**places)
    digits = f"{whole:,}".replace(",", ".")
    if places:
        digits += f",{rest:0{places}d}"
    return (MINUS if value < 0 else "") + digits


def format_number(value, places=None):
    """1234.5 → "1.234,5"; without `places` as many decimals as the number has, two at most."""
    if value is None or value == "":
        return NOTHING
    if not places and type(value) is int:  # most numbers of large tables: no fractions needed
        return written(value, 0)
    if places is None:
        short = rounded(value, 2)
        places = next(n for n in (0, 1, 2) if (short * 10**n).denominator == 1)
    return written(rounded(value, places), places)


def format_signed(value, places=None):
    """A change: +61, −5, 0."""
    text = format_number(value, places)
    return f"+{text}" if value and exact(value) > 0 and text.strip("0,.") else text


def percent_of(part, whole):
    """`part` of `whole` in percent as a Fraction; None when there is nobody to count."""
    return Fraction(100 * part, whole) if whole else None


def percent_shown(value, threshold=None, places=1):
    """Percent rounded to `places`, but never up to a threshold that is not met."""
    result = rounded(value, places)
    if threshold is not None and exact(value) < exact(threshold) <= result:
        result = Fraction(floor(exact(value) * 10**places), 10**places)
    return result


def format_percent_figure(value, threshold=None, places=1):
    """Percent without its sign, for cells whose heading names the unit: "81,9"; None is "—"."""
    if value is None or value == "":
        return NOTHING
    return written(percent_shown(value, threshold, places), places)


def format_percent(value, threshold=None, places=1):
    """Percent (0–100) as "81,9 %" with a no-break space; None (nobody to count) is "—"."""
    figure = format_percent_figure(value, threshold, places)
    return figure if figure == NOTHING else f"{figure}{NO_BREAK}%"


def format_threshold(value):
    """A threshold as it was set: "85 %", "87,5 %"."""
    return NOTHING if value is None else f"{format_number(value)}{NO_BREAK}%"


def format_money(dong):
    """Đồng in words of size: 3.735.500.000 → "3,74 tỷ", 612.500.000 → "612,5 triệu"."""
    if dong is None or dong == "":
        return NOTHING
    amount = exact(dong)
    if abs(rounded(amount / MILLION, 1)) >= THOUSAND:
        return f"{_trimmed(amount / BILLION, 2)}{NO_BREAK}tỷ"
    if abs(rounded(amount, 0)) >= MILLION:
        return f"{_trimmed(amount / MILLION, 1)}{NO_BREAK}triệu"
    return f"{format_number(amount, 0)}{NO_BREAK}đồng"


def _trimmed(value, places):
    short = rounded(value, places)
    while places and (short * 10 ** (places - 1)).denominator == 1:
        places -= 1
    return written(short, places)


def attain_band(percent, threshold):
    """far, below, near, met or over: by points between percent and threshold; "none" unknown."""
    if percent is None or percent == "" or threshold is None or threshold == "":
        return "none"
    points = exact(percent) - exact(threshold)
    if points < 0 and points >= -15:
        return "near" if points > -5 else "below"
    return next((name for least, name in BANDS if points >= least), "far")
