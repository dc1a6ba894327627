"""Vietnamese text: tidy form, search key, order. Standard library only."""

import re
import unicodedata
from functools import lru_cache

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# huyền, hỏi, ngã, sắc, nặng
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
WEIGHT = {c: 0x20 + i for i, c in enumerate(LETTERS)} | {str(d): 0x10 + d for d in range(10)}
WEIGHT[" "] = 0x01
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def tidy(text):
    """NFC, Ð (eth) as Đ, no invisible marks, single blanks; what is stored of every typed text."""
    text = str(text or "")
    if text.isascii():
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", text.translate(INVISIBLE))
    return " ".join(text.replace("Ð", "Đ").replace("ð", "đ").split())


def lower_first(text):
    """ "Cán bộ" → "cán bộ", to stand within a sentence."""
    return text[:1].lower() + text[1:]


def fold(text):
    """What search compares: no case, no tone, no hat or horn, đ as d, single blanks."""
    return " ".join(filter(None, map(_fold_word, tidy(text).split())))


@lru_cache(maxsize=50_000)  # rosters repeat the same few thousand words
def _fold_word(word):
    word = unicodedata.normalize("NFD", word.casefold()).replace("đ", "d")
    return "".join(c for c in word if not unicodedata.combining(c))


@lru_cache(maxsize=50_000)
def _tone_last(word):
    """The word without case, its tone after its letters."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    tones = "".join(c for c in decomposed if c in TONES)
    rest = "".join(c for c in decomposed if c not in TONES)
    return unicodedata.normalize("NFC", rest) + tones


def same_key(text):
    """Equal for texts that differ only in case, blanks or where the tone is put (hoà, hòa)."""
    return " ".join(map(_tone_last, tidy(text).split()))


@lru_cache(maxsize=2_000)
def _weigh(ch):
    """(letter, tone, case) of a character, each as the text that orders it."""
    base, tone = ch.lower(), 0
    if base not in WEIGHT:
        parts = unicodedata.normalize("NFD", base)
        for mark, weight in TONES.items():
            if mark in parts:
                tone, parts = weight, parts.replace(mark, "")
        base = unicodedata.normalize("NFC", parts)
    return f"{WEIGHT.get(base[:1], 0x02):02x}", str(tone), str(int(ch != ch.lower()))


@lru_cache(maxsize=50_000)
def sort_key(text):
    """Order of the Vietnamese alphabet, then tone, then case; only the characters 0-9a-f."""
    text = unicodedata.normalize("NFC", " ".join((text or "").split()))
    if not text:
        return "000"
    letters, tones, cases = zip(*map(_weigh, text), strict=True)
    return f"{''.join(letters)}00{''.join(tones)}0{''.join(cases)}"


def person_key(full_name):
    """Lists of people are ordered by given name (the last word), then by the words before it."""
    words = (full_name or "").split()
    return sort_key(words[-1] if words else "") + sort_key(" ".join(words[:-1]))


LIST_NUMBER = re.compile(r"^\s*(?:\(?(?:[IVXLC]+|\d{1,3}|[A-Za-zĐđ])[.)/]\s*)+(?=\S)")
AUTHORITY = re.compile(r"^(?:ubnd|uỷ ban nhân dân|ủy ban nhân dân)\s+", re.IGNORECASE)


def unit_name(text):
    """A unit's name without the list number in front ("I.", "1.", "a)")."""
    return tidy(LIST_NUMBER.sub("", tidy(text)))


def unit_key(text):
    """What names of units are compared by: no case, no leading "UBND", either tone placement."""
    return same_key(AUTHORITY.sub("", tidy(text)))
