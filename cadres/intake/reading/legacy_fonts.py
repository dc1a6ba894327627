"""Fonts that tell a legacy Vietnamese encoding."""

import re

TCVN3 = re.compile(r"^\.?vn\s*[a-z]", re.IGNORECASE)
VNI = re.compile(r"^vni[\s-]", re.IGNORECASE)


def is_legacy(font):
    """True for .VnTime, .VnArialH, VNI-Times and their kin."""
    return bool(font) and (encoding_of(font) is not None)


def encoding_of(font):
    """tcvn3, vni or None."""
    if font.startswith(".") and TCVN3.match(font):
        return "tcvn3"
    return "vni" if VNI.match(font) else None


def is_capitals(font):
    """.VnTimeH shows small letters as capitals."""
    return font.startswith(".") and font.rstrip().upper().endswith("H") and len(font) > 4
