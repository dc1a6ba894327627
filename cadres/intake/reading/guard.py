"""The guard before any parser: only unzips, as a stream, and counts."""

import io
import re
import zipfile
import zlib

from cadres.intake.reading import limits
from cadres.intake.reading.refusals import refusal

CHUNK = 1 << 18
# A declaration stands before the root element; a few kilobytes hold it.
HEAD = 1 << 16
XML_NAMES = (".xml", ".rels", ".vml")
DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def check_archive(data):
    """Names of the members of a zip file that keeps all limits; raises the refusal otherwise."""
    if len(data) > limits.FILE_BYTES:
        raise refusal("file_too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _check_members(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise refusal("damaged") from None


def _check_members(archive):
    members = archive.infolist()
    if len(members) > limits.MEMBERS:
        raise refusal("zip_bomb")
    names = [m.filename for m in members]
    if len({n.lower() for n in names}) != len(names):
        raise refusal("damaged")
    _check_overlap(members)
    total = 0
    for member in members:
        if member.compress_type not in METHODS:
            raise refusal("zip_bomb")
        if member.flag_bits & 1:
            raise refusal("password")
        total += _unpacked(archive, member, limits.UNPACKED_BYTES - total)
    return set(names)


def _check_overlap(members):
    end = 0
    for member in sorted(members, key=lambda m: m.header_offset):
        if member.header_offset < end:
            raise refusal("zip_bomb")
        end = member.header_offset + member.compress_size


def _unpacked(archive, member, room):
    """The real size of a member, whatever its header says."""
    size, head = 0, b""
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            if size < HEAD:
                head += chunk[:HEAD]
            size += len(chunk)
            if size > room or _dense(size, member):
                raise refusal("zip_bomb")
    if member.filename.lower().endswith(XML_NAMES) and _declares(head):
        raise refusal("dtd")
    if size != member.file_size:
        raise refusal("zip_bomb")
    return size


def _dense(size, member):
    return size > limits.RATIO_FROM_BYTES and size > limits.RATIO * max(member.compress_size, 1)


def _declares(head):
    return any(DTD.search(h) for h in (head, head.replace(b"\x00", b"")))


def check_size(data):
    """Refuses what is too large to look at."""
    if len(data) > limits.FILE_BYTES:
        raise refusal("file_too_large")
