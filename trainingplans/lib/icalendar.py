"""Writing iCalendar (RFC 5545): whole days, texts escaped, lines folded at 75 octets."""

from datetime import UTC, timedelta

ZONE = "Asia/Ho_Chi_Minh"
LINE = 75  # octets, without the line break
CONTROLS = {code: None for code in range(32) if chr(code) not in "\n"} | {127: None}
# Vietnam has had one offset and no summer time since 1975.
TIMEZONE = [
    "BEGIN:VTIMEZONE",
    f"TZID:{ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19750613T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
]


def escape(text):
    """TEXT of RFC 5545, 3.3.11: backslash, semicolon, comma and line breaks escaped."""
    text = str(text).replace("\r\n", "\n").replace("\r", "\n").translate(CONTROLS)
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def fold(line):
    """A content line as it is sent: parts of 75 octets at most, no character cut in two."""
    parts, part, room = [], "", LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            parts.append(part)
            part, room = "", LINE - 1  # a continued line begins with a blank
        part += letter
        room -= size
    return "\r\n ".join([*parts, part])


def calendar(name, events, *, host, stamp):
    """The text of a calendar. An event has key, title, first, last (days, both counted), url and
    place; `host` makes the keys unique in the world, `stamp` is when the calendar was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cong dao tao can bo//VI"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{escape(name)}"]
    lines += [f"X-WR-TIMEZONE:{ZONE}", *TIMEZONE]
    made = f"{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for event in events:
        lines += _event(event, host, made)
    return "".join(f"{fold(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(event, host, made):
    after = event.last + timedelta(days=1)
    lines = ["BEGIN:VEVENT", f"UID:{event.key}@{host}", f"DTSTAMP:{made}"]
    lines += [f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    lines += [f"SUMMARY:{escape(event.title)}", "TRANSP:TRANSPARENT"]
    if event.place:
        lines.append(f"LOCATION:{escape(event.place)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    return [*lines, "END:VEVENT"]
