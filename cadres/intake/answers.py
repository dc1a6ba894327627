"""What an import says: the JSON document of the contract and a summary in Vietnamese."""

from dataclasses import asdict


def sheets_of(parsed):
    """The sheets and tables of a roster as the contract shows them."""
    return [
        {
            "name": sheet.name,
            "used": sheet.used,
            "unit": sheet.unit,
            **({} if sheet.part_of is None else {"part_of": sheet.part_of}),
            "tables": [
                {
                    "header_rows": list(table.header_rows),
                    "first_row": table.first_row,
                    "last_row": table.last_row,
                    "columns": table.columns,
                    "unmapped": table.unmapped,
                }
                for table in sheet.tables
            ],
        }
        for sheet in parsed.sheets
    ]


def row_of(case, part_of=None):
    """One entry of "rows"; `part_of`: the sheet of the file, where the row is of a part of it."""
    row = {
        "sheet": case.row.sheet if part_of is None else part_of,
        "row": case.row.row,
        "unit": case.row.unit_text or (case.unit.name if case.unit else None),
        "action": case.action,
        "values": case.row.values,
        "changed": {key: list(change) for key, change in case.changed.items()},
        "official": case.official_id,
    }
    if part_of is not None:
        row["part"] = case.row.sheet
    if case.reject_field:
        row["reject_field"] = case.reject_field
    if case.row.duplicate_of:
        row["duplicate_of"] = list(case.row.duplicate_of)
    if case.candidates:
        row["candidates"] = case.candidates
    return row


def document_of(outcome, file_name, *, batch=None, rows=False):
    """The JSON document of one file."""
    parsed = outcome.parsed
    document = {
        "file": file_name,
        "kind": parsed.kind,
        "text": parsed.text,
        "batch": batch.pk if batch else None,
        "sheets": sheets_of(parsed),
        "counts": outcome.counts,
        "issues": [asdict(issue) for issue in outcome.issues],
        "absent": outcome.absent,
    }
    if rows:
        parts = {sheet.name: sheet.part_of for sheet in parsed.sheets}
        document["rows"] = [row_of(case, parts.get(case.row.sheet)) for case in outcome.cases]
    return document


def summary_of(outcome, file_name, *, batch=None):
    """Lines in Vietnamese for a reader at the terminal."""
    counts = outcome.counts
    yield f"{file_name}: {counts['data_rows']} dòng dữ liệu, {counts['other_rows']} dòng khác"
    yield (
        f"  thêm mới {counts['create']}, cập nhật {counts['update']}, "
        f"không đổi {counts['unchanged']}, từ chối {counts['reject']}"
    )
    for issue in outcome.issues:
        mark = "LỖI" if issue.severity == "error" else "Lưu ý"
        yield f"  {mark}: {issue.message}"
    if outcome.absent:
        yield f"  Không còn trong danh sách: {len(outcome.absent)} người"
        for person in outcome.absent:
            ended = ", kết thúc vị trí" if person["ended"] else ""
            yield f"    {person['name']} ({person['unit']}){ended}"
    if batch:
        yield f"  Đã ghi, lần nhập {batch.pk}. Hoàn tác: undo_import {batch.pk}"
    else:
        yield "  Chưa ghi gì. Thêm --apply để ghi."
