"""TCVN3 and VNI to Unicode, and which of them a text is."""

import re
import unicodedata
from functools import cache, lru_cache

from cadres.intake.reference import load_json

WORD = re.compile(r"[^\W\d_]+|[^\x00-\x7f]")
# What a legacy text is made of: runs without blanks.
TOKEN = re.compile(r"\S+")
ONSETS = [
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "gh",
    "gi",
    "h",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "nh",
    "ng",
    "ngh",
    "p",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
]
# Vowels that end a word, that must be closed by a consonant, and that may be either.
OPEN = [
    "ai",
    "ao",
    "au",
    "ay",
    "âu",
    "ây",
    "eo",
    "êu",
    "ia",
    "iêu",
    "iu",
    "oai",
    "oay",
    "oao",
    "oeo",
    "oi",
    "ôi",
    "ơi",
    "ua",
    "uây",
    "ui",
    "uôi",
    "uya",
    "uyu",
    "ưa",
    "ưi",
    "ươi",
    "ươu",
    "ưu",
    "yêu",
    "uơ",
]
CLOSED = ["ă", "â", "iê", "oă", "oo", "uâ", "uô", "uyê", "ươ", "yê"]
EITHER = ["a", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "oa", "oe", "uê", "uy"]
CODAS = ["ch", "c", "m", "ng", "nh", "n", "p", "t"]


def _one_of(parts):
    return f"(?:{'|'.join(sorted(parts, key=len, reverse=True))})"


SYLLABLE = re.compile(
    f"{_one_of(ONSETS)}?(?:{_one_of(OPEN)}|{_one_of(EITHER)}|"
    f"{_one_of(CLOSED + EITHER)}{_one_of(CODAS)})"
)
TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
NFC = unicodedata.normalize
COMMITTEE = re.compile(r"\bủy ban(?=\s+(?:nhân dân|MTTQ|[Mm]ặt trận))")
UNICODE_ONLY = frozenset("ăĂđĐĩĨũŨ")
# Letters that only legacy text puts inside a Vietnamese word.
TCVN3_ONLY = set("¸µ¶·¹¨»¾¼½©®«¬­§¡¢£¤¥¦ª²³±¯°´º¿÷×øåæçïîëðßÞþÑÖØÜÛ")


@cache
def _table(code):
    pairs = load_json("legacy_encodings.json")[code]
    both = pairs | {k.encode("latin-1").decode("cp1252", "ignore"): v for k, v in pairs.items()}
    return {k: v for k, v in both.items() if k}


@cache
def _pattern(code):
    keys = sorted(_table(code), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, keys)))


def _upper_word(word):
    """TCVN3 has no capitals with tone: a word whose other letters are capitals is all capitals."""
    plain = [c for c in word if c.isascii() and c.isalpha()]
    return word.upper() if len(plain) > 1 and all(c.isupper() for c in plain) else word


def _fix_capitals(text):
    plain = [c for c in text if c.isascii() and c.isalpha()]
    if len(plain) > 2 and all(c.isupper() for c in plain):
        return text.upper()
    text = COMMITTEE.sub("Ủy ban", TOKEN.sub(lambda m: _upper_word(m.group()), text))
    # á, ủ… have no capital in TCVN3, so a cell that begins with one may have meant it.
    return text[:1].upper() + text[1:] if text[:1] not in "ăâêôơưđ" else text


@lru_cache(maxsize=50_000)
def to_unicode(text, code, capitals=False):
    """A text of code tcvn3 or vni in Unicode NFC."""
    if text.isascii():
        return text.upper() if capitals else text
    if code == "tcvn3":
        text = text.replace("\u2212", "\u00ad")
    table = _table(code)
    decoded = NFC("NFC", _pattern(code).sub(lambda m: table[m.group()], text))
    if capitals:
        return decoded.upper()
    return _fix_capitals(decoded) if code == "tcvn3" else decoded


@lru_cache(maxsize=100_000)
def is_syllable(word):
    """Whether a word is built as Vietnamese words are."""
    bare = NFC("NFC", NFC("NFD", word.lower()).translate(TONES))
    return SYLLABLE.fullmatch(bare) is not None


def score(text):
    """Share of the words with marks that are Vietnamese syllables; 0 without such words."""
    words = [w for w in WORD.findall(NFC("NFC", text)) if not w.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def _sample(texts, number=250):
    unique = dict.fromkeys(t for t in texts if not t.isascii())
    return " ".join(list(unique)[:number])


def guess(texts):
    """unicode, tcvn3, vni, or None where nothing tells, for the texts of one column."""
    sample = _sample(texts)
    if not sample:
        return None
    plain = score(sample)
    if plain >= 0.75:
        return "unicode"
    best = max(("tcvn3", "vni"), key=lambda code: score(to_unicode(sample, code)))
    legacy = score(to_unicode(sample, best))
    return best if legacy >= 0.6 and legacy > plain + 0.2 else "unicode"


@lru_cache(maxsize=50_000)
def decode_doubtful(text, code, pure=False):
    """The text in Unicode if it gains by being read as code; else as it is.

    pure: nothing in its column can only be Unicode, so what reads well both ways is legacy.
    """
    if text.isascii():
        return text
    decoded = to_unicode(text, code)
    here, there = score(text), score(decoded)
    if only_unicode(text):
        return decoded if there > here + 0.3 else text
    return decoded if there > here or (there == here and (pure or _marked(text, code))) else text


def only_unicode(text):
    """Whether a letter is in it that no legacy text has."""
    return any((ord(c) > 0x17F and c.isalpha()) or c in UNICODE_ONLY for c in text)


def _marked(text, code):
    return code == "tcvn3" and bool(TCVN3_ONLY.intersection(text))
