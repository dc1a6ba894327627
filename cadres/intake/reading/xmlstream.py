"""Expat over the members of an archive, as a stream; any DTD is refused."""

import re
from xml.parsers import expat

from cadres.intake.reading.refusals import refusal

CHUNK = 1 << 17
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def local(name):
    """A tag or attribute name without its prefix."""
    return name.rpartition(":")[2]


def plain_attributes(attributes):
    """The attributes with their prefixes taken off."""
    return {local(k): v for k, v in attributes.items()}


def _refuse_dtd(*_):
    raise refusal("dtd")


def parse(stream, start, end=None, text=None):
    """Feeds a member to the handlers start(name, attributes), end(name), text(data)."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.EntityDeclHandler = _refuse_dtd
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise refusal("damaged") from None


def unescape(text):
    """_x000D_ and the like, as Excel writes characters that XML cannot hold."""
    if "_x" not in text:
        return text
    plain = ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text)
    # Halves of a surrogate pair are joined; one alone is no character and becomes U+FFFD.
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
