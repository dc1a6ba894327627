"""The preview of one import: figures, sheet, differences, doubtful people, people gone."""

from collections import Counter

from django.db.models import Count
from django.urls import reverse

from cadres.importing import absent, clashes, differences, doubtful, list_day, unknown_units
from cadres.importing.acting import unit_sheet_of
from cadres.importing.fields import Words
from cadres.importing.history import follow_up
from cadres.importing.saving import own_unit_of
from cadres.importing.sheet_page import SheetPage, fields_by_letter
from cadres.importing.shown import shown_state
from cadres.importing.working import steps
from cadres.intake.keeping import file_sheet, sheets_of
from cadres.intake.kinds import KINDS, ROSTER
from trainingplans.lib.dates import show
from trainingplans.lib.numbers import format_number

LOOKS = {"can-xem", "create", "update", "unchanged", "reject"}
TEXTS = {
    "unicode": "chữ Unicode",
    "tcvn3": "chữ TCVN3 (.VnTime) đã đổi sang Unicode",
    "vni": "chữ VNI đã đổi sang Unicode",
    "mixed": "chữ nhiều bảng mã đã đổi sang Unicode",
}
ROWS_NAMED = 6


def context(batch, account, query):
    """All that imports/preview.html shows; `query`: which sheet, which rows, which page."""
    sheets = sheets_of(batch)
    used = [place for place, sheet in enumerate(sheets) if sheet["used"]]
    place = _chosen(query.get("trang-tinh"), used)
    look = query.get("xem", "") if query.get("xem") in LOOKS else ""
    words, kind = Words(), KINDS[batch.kind]
    shown = _sheet(batch, account, sheets, place, look, query)
    followed = follow_up(batch)
    decided = {
        "differences": differences.context(batch, words, query, sheets)
        if batch.kind == ROSTER
        else None,
        "doubtful": doubtful.context(batch, account, words, sheets),
        "absent": absent.context(batch),
        "unknown_units": unknown_units.context(batch, account),
        "list_day": list_day.context(batch, sheets, followed["before"]),
    }
    return {
        "title": "Xem trước khi nhập",
        "batch": batch,
        "kind": kind,
        "part": kind.part(batch) if kind.part else None,
        "subtitle": _subtitle(batch, sheets, used),
        "steps": _steps(batch, sheets),
        "tiles": _tiles(batch, sheets, used, place),
        "look": look,
        "place": place,
        "tabs": _tabs(sheets, used, place),
        "view": query.urlencode(),
        "clashes": clashes.context(batch, sheets),
        "edits": _edits(batch, sheets),
        "notes": [*_of_people(batch, decided["doubtful"]), *_notes(batch, sheets)],
        "follow_up": followed,
        "unit_sheet": _unit_sheet(batch, account, sheets),
        "foot": foot(
            batch.counts,
            kind.home,
            len(absent.leaving(batch)),
            bool(decided["unknown_units"] and decided["unknown_units"]["count"]),
        ),
        "shown_state": shown_state(shown["sheet"], **decided),
        **decided,
        **shown,
    }


def _chosen(asked, used):
    """The sheet asked for, else the first one that is used."""
    if asked and asked.isdecimal() and int(asked) in used:
        return int(asked)
    return used[0] if used else 0


def _sheet(batch, account, sheets, place, look, query):
    """The part of the page about one sheet."""
    sheet = sheets[place]
    rows = batch.rows.filter(sheet=sheet["name"]).values_list("row", "action", "changed")
    labels = {row: (action, tuple(changed)) for row, action, changed in rows}
    told = batch.issues, labels, own_unit_of(account), batch.kind, batch.edits
    built = SheetPage(place, sheet, *told)

    def numbers_of(rows):
        found = batch.rows.filter(sheet=sheet["name"], row__in=list(rows))
        return dict(found.values_list("row", "values__personal_id"))

    shown, page = built.context(look, query.get("page", 1), numbers_of)
    return {"sheet": shown, "page": page, "to_look": built.looks(), "sheet_name": sheet["name"]}


def _subtitle(batch, sheets, used):
    # Tables beside each other have tabs of their own, and are one sheet of the file.
    count = format_number(len({file_sheet(sheets[number]) for number in used}))
    told = f"{batch.file_name}, {count} trang tính, {TEXTS.get(batch.text_code, 'chữ Unicode')}."
    return f"{told} Danh sách tính đến ngày {show(batch.on)}." if batch.kind == ROSTER else told


def _steps(batch, sheets):
    known, columns = 0, 0
    for sheet in sheets:
        for table in sheet["tables"]:
            known += len(fields_by_letter(table))
            columns += len(set(table["headings"]) | set(fields_by_letter(table)))
    looks = len({(issue["sheet"], issue["row"], issue["column"]) for issue in batch.issues})
    notes = (
        "",
        f"{format_number(known)} trên {format_number(columns)} cột",
        f"{format_number(looks)} ô cần xem" if looks else "không có ô nào cần xem",
        "hoàn tác được",
    )
    return steps(2, batch, notes)


def _tiles(batch, sheets, used, place):
    """The five figures; each leads to the rows behind it, on the first sheet that has any."""
    counts = batch.counts
    grouped = batch.rows.order_by().values_list("sheet", "action").annotate(rows=Count("pk"))
    found = Counter({(sheet, action): count for sheet, action, count in grouped})
    order = [place, *used]

    def rows(action, words):
        if not counts.get(action):
            return {}
        at = next((n for n in order if found[sheets[n]["name"], action]), place)
        name = sheets[at]["name"]
        link = words(name, format_number(found[name, action]))
        where = f" ở {_tab_name(name)}" if len(used) > 1 else ""
        return {"url": f"?trang-tinh={at}&xem={action}#trang-tinh", "link": f"{link}{where}"}

    def only(_, count):
        return f"chỉ xem {count} dòng"

    figures = {key: format_number(counts.get(key, 0)) for key in (*ACTIONS, "data_rows")}
    other = format_number(counts.get("other_rows", 0))
    return [
        {
            "label": "Dòng dữ liệu",
            "figure": figures["data_rows"],
            "note": f"và {other} dòng khác, không nhập",
        },
        {"label": "Thêm mới", "status": "done", "figure": figures["create"]} | rows("create", only),
        {"label": "Cập nhật", "status": "info", "figure": figures["update"]}
        | _update_link(batch, rows, only),
        {
            "label": "Giữ nguyên",
            "status": "off",
            "figure": figures["unchanged"],
            "note": "giống hệ thống",
        },
        {"label": "Từ chối", "status": "alert", "figure": figures["reject"]}
        | rows("reject", lambda name, _: _rejected_rows(batch, name)),
    ]


def _update_link(batch, rows, only):
    if batch.kind == ROSTER and batch.counts.get("update"):
        return {"url": "#thay-doi", "link": "xem từng thay đổi"}
    return rows("update", only)


ACTIONS = ("create", "update", "unchanged", "reject")


def _rejected_rows(batch, sheet):
    rows = (
        batch.rows.filter(action="reject", sheet=sheet)
        .order_by("row")
        .values_list("row", flat=True)
    )
    rows = list(rows.distinct()[: ROWS_NAMED + 1])
    named = ", ".join(format_number(row) for row in rows[:ROWS_NAMED])
    return f"dòng {named}{'…' if len(rows) > ROWS_NAMED else ''}"


def _tabs(sheets, used, place):
    """A tab a used sheet, when there are several."""
    if len(used) < 2:
        return []
    return [
        {
            "label": _tab_name(sheets[number]["name"]),
            "url": f"?trang-tinh={number}#trang-tinh",
            "active": number == place,
            "count": sum(kind == "data" for kind in sheets[number]["row_kinds"].values()),
        }
        for number in used
    ]


def _tab_name(name):
    """What a sheet is called; the tables of a csv, which has no names: "Bảng 1", "Bảng 2"."""
    is_named = name and not name.startswith("(bảng ")
    return name if is_named else (name or "bảng 1").strip("()").capitalize()


def _edits(batch, sheets):
    """Cells changed by hand on this page, each with a way back."""
    numbers = {sheet["name"]: number for number, sheet in enumerate(sheets)}
    files = {file_sheet(sheet) for sheet in sheets}
    return [
        {
            "place": f"{sheet}, dòng {row}, cột {letter}"
            if len(files) > 1
            else f"Dòng {row}, cột {letter}",
            "text": text,
            "name": f"sua-{numbers.get(sheet, 0)}-{row}-{letter}",
        }
        for sheet, row, letter, text in batch.edits
    ]


def _unit_sheet(batch, account, sheets):
    """The offer to take areas and languages of units, to those who may change units."""
    if "unit_sheet" in batch.choices or not account.has_perm("cadres.change_unit"):
        return None
    found = unit_sheet_of(sheets)
    return found and found | {"url": reverse("imports:unit_sheet", args=[batch.pk])}


def _of_people(batch, doubts):
    """Notices about whom the list adds: till when they count, who may be known already."""
    later = list_day.told_later(batch)
    if later and batch.report["later"]["new"]:
        later += " Nếu không phải vậy thì đổi ngày của danh sách."
    return [text for text in (later, doubtful.note(doubts)) if text]


def _notes(batch, sheets):
    """Notices above the sheet: the same file before, columns that are not sure."""
    notes = [issue["message"] for issue in batch.issues if not issue["row"]]
    unsure = [
        sheet["name"] or "của tệp"
        for sheet in sheets
        if any(table["confidence"] < UNSURE for table in sheet["tables"])
    ]
    if unsure:
        notes.append(
            f"Chưa chắc đã hiểu đúng các cột của trang {', '.join(unsure)}. {CHECK_COLUMNS}"
        )
    return notes + [note for sheet in sheets for note in _second_lines(sheet)]


def _second_lines(sheet):
    """How columns of second lines are corrected, one sentence for each table that has them."""
    place = f"ở trang {sheet['name']} " if sheet["name"] else ""
    for row in sorted({table.get("second_row") or 0 for table in sheet["tables"]} - {0}):
        yield (
            f"Mỗi người {place}có hai dòng. Cột của dòng thứ hai hiểu theo tên cột ở dòng {row}; "
            "hiểu sai thì mở ô tên cột đó và ghi tên khác."
        )


UNSURE = 0.6
CHECK_COLUMNS = "Xem lại hàng “Cột hiểu là”, chọn lại cột sai rồi lưu."


def foot(counts, home="imports:upload", leaving=0, asks_units=False):
    """The sentence and the button of the last line.

    `leaving`: people gone whose posts will end; `asks_units`: units are asked for above the sheet.
    """
    create, update, reject = (counts.get(key, 0) for key in ("create", "update", "reject"))
    rows, gone = format_number(create + update), f"{format_number(leaving)} người"
    texts, button = [], f"Áp dụng {rows} dòng{f' và {gone}' if leaving else ''}"
    if create + update:
        strong = f"Sẽ ghi {rows} dòng"
        texts.append(f"({format_number(create)} thêm mới, {format_number(update)} cập nhật).")
        if leaving:
            texts.append(f"{gone} không còn trong danh sách thôi vị trí.")
    elif leaving:
        strong, button = f"Sẽ ghi {gone} thôi vị trí", f"Áp dụng cho {gone}"
        texts.append("vì không còn trong danh sách.")
    else:
        strong = "Không có gì để ghi"
        texts.append(_nothing(counts, asks_units))
    if reject:
        texts.append(f"{format_number(reject)} dòng từ chối ở lại tệp đánh dấu lỗi.")
    return {
        "rows": create + update + leaving,
        "strong": strong,
        "text": " ".join(texts),
        "button": button,
        "leave": reverse(home),
    }


def _nothing(counts, asks_units):
    """Why there is nothing to write, and what to do."""
    if counts.get("unchanged"):
        return ": mọi dòng nhận được đều giống hệ thống."
    if asks_units:
        return ": chỉ rõ tên đơn vị ở đầu trang, hoặc sửa các ô viền đỏ để nhận dòng."
    return ": sửa các ô viền đỏ để nhận dòng."
