"""What the dashboard and the page of a target show, made of lines."""

from datetime import timedelta

from django.urls import reverse

from reports import sentences
from reports.board import EVERYBODY, GROUPS, board_of, parents_among, query_of, unit_lines
from reports.scope import Scope
from trainingplans.lib.dates import show
from trainingplans.lib.numbers import (
    format_number,
    format_percent,
    format_percent_figure,
    format_threshold,
)

ROWS_SHOWN = 6  # targets above the fold, and columns of the dashboard's heat table


def may_export_people(account):
    """Names leave the portal only with those who may see them and may export officials."""
    return account.has_perms(["reports.view_people", "reports.export", "cadres.export_official"])


# ---- one target --------------------------------------------------------------------------------


def tiles_of(line):
    """What _tiles.html prints at the top of a target's page."""
    urls = line.people_urls
    due = f"ngưỡng {format_threshold(line.threshold)}, hạn {show(line.due)}"
    share = {"label": "Tỉ lệ đạt", "figure": format_percent_figure(line.percent, line.threshold)}
    share |= {"unit": "%" if line.percent is not None else "", "note": due}
    attained = {
        "label": "Người đạt trên tổng số",
        "figure": format_number(line.attained),
        "unit": f"/ {format_number(line.population)}",
        "url": urls["attained"],
        "link": "xem người đạt",
    }
    return [share, attained, _needed(line), _unknown(line)]


def _needed(line):
    missing = format_number(line.missing)
    note = "mới đạt ngưỡng, trong" if line.short_by else "đã đạt ngưỡng; còn"
    if line.short_by > line.missing:  # some of those needed are among the unknown
        note = f"mới đạt ngưỡng, trong số {format_number(line.unknown)} người chưa rõ và"
    return {
        "label": "Cần thêm",
        "figure": format_number(line.short_by),
        "unit": "người",
        "note": note,
        "url": line.people_urls["missing"],
        "link": f"{missing} người chưa đạt",
    }


def _unknown(line):
    best = format_percent(line.best_percent, line.threshold)
    return {
        "label": "Chưa rõ trình độ",
        "figure": format_number(line.unknown),
        "unit": "người",
        "note": f"nếu đều đạt: {best};" if line.unknown else "đã ghi đủ trình độ",
        "url": line.people_urls["unknown"] if line.unknown else "",
        "link": "xem người chưa rõ",
    }


def exports_of(line, account):
    """What _menu.html prints under "Xuất"."""
    items = [{"label": "Số liệu theo đơn vị (Excel)", "query": "export=xlsx&gi=don-vi"}]
    if may_export_people(account):
        items += [
            {"label": f"Danh sách người {words} (Excel)", "query": f"nhom={group}&export=xlsx"}
            for group, words in GROUPS.items()
        ]
    join = "&" if line.query else "?"
    return [
        {"label": i["label"], "url": f"{line.url}{join}{i['query']}", "icon": "file-down"}
        for i in items
    ]


def tabs_of(line, group):
    """What _tabs.html prints above the names."""
    counts = {"missing": line.missing, "attained": line.attained, "unknown": line.unknown}
    counts[EVERYBODY] = line.population
    words = {**GROUPS, EVERYBODY: "tất cả"}
    return [
        {
            "label": sentences.capital(words[code]),
            "url": line.people_urls[code],
            "active": code == group,
            "count": number,
        }
        for code, number in counts.items()
    ]


# ---- the dashboard -----------------------------------------------------------------------------


def overview(targets, scope):
    """The first view of the dashboard: opening sentence, rows, what changed since last month."""
    targets = list(targets)
    board = board_of(targets, scope, by_unit=True)
    earlier = board_of(targets, earlier_scope(scope), by_unit=True)
    rows = [row_of(line) for line in board.lines]
    units = unit_lines(board, scope)
    told = sentences.changes(
        earlier.by_target,
        board.by_target,
        unit_lines(earlier, scope),
        units,
        lambda line: line.link("missing", "nguoi"),
    )
    return {
        "board": board,
        "rows": rows[:ROWS_SHOWN],
        "more_rows": rows[ROWS_SHOWN:],
        "several_units": len({unit for _target, unit in units}) > 1,
        "lead": sentences.opening(board.lines, scope.on),
        "changes": told,
        "since": end_of_last_month(scope.on),
        "heat_url": f"{reverse('reports:heat')}?{scope.query()}",
        "outlook_url": f"{reverse('reports:outlook')}?{scope.query()}",
        "year_url": f"{reverse('reports:year')}?{scope.query()}",
    }


def end_of_last_month(on):
    """The last day of the month before `on`."""
    return on.replace(day=1) - timedelta(days=1)


def earlier_scope(scope):
    """The same people's units at the end of the month before."""
    return Scope(scope.account, end_of_last_month(scope.on), scope.unit, scope.alone, True)


def row_of(line):
    """What _target_row.html prints."""
    late = ", đã quá hạn" if line.is_late else ""
    return {
        "name": line.name,
        "url": line.url,
        "population": f"Hạn {show(line.due)}{late}",
        "percent": line.percent,
        "threshold": line.threshold,
        "attained": line.attained,
        "total": line.population,
        "missing": line.short_by,
        "unknown": line.unknown,
    }


def heat_of(targets, scope, most=None, columns=None):
    """{heat, unit_count, shown}: what _heat.html prints, the worst units and targets first."""
    board = board_of(targets, scope, by_unit=True)
    lines = board.lines[:columns]
    by_unit = unit_lines(board, scope)
    units = {pk: line.unit for (_target, pk), line in by_unit.items()}
    parents = parents_among(board.context)
    rows = [_unit_row(unit, lines, by_unit, scope, parents) for unit in units.values()]
    rows.sort(key=lambda row: (-row["missing"], row["order"]))
    total = _row(sentences.capital(scope.words), lines, is_total=True, url="")
    heat = {
        "caption": "Tỉ lệ đạt theo đơn vị và mục tiêu",
        "columns": [{"label": line.name, "threshold": line.threshold} for line in lines],
        "rows": [total, *rows[:most]] if len(rows) > 1 else rows,
    }
    hidden = len(board.lines) - len(lines)
    shown = {"unit_count": len(rows), "shown": len(rows[:most]), "hidden_targets": hidden}
    return {"heat": heat, "board": board, **shown}


def _unit_row(unit, lines, by_unit, scope, parents):
    mine = [by_unit.get((line.target.pk, unit.pk)) for line in lines]
    query = query_of(unit, scope, alone=unit.pk in parents)
    row = _row(unit.name, mine, is_total=False, url=f"{reverse('reports:targets')}?{query}")
    return row | {"order": unit.sort_key}


def _row(label, lines, *, is_total, url):
    return {
        "label": label,
        "url": url,
        "is_total": is_total,
        "missing": sum(line.short_by for line in lines if line),
        "cells": [_cell(line, label) for line in lines],
    }


def _cell(line, label):
    if line is None or line.percent is None:
        return {"percent": None, "threshold": None, "missing": 0, "url": "", "title": ""}
    return {
        "percent": line.percent,
        "threshold": line.threshold,
        "missing": line.short_by,
        "url": line.link("missing", "nguoi"),
        "title": f"{label}, {line.name}: {format_number(line.attained)} trên "
        f"{format_number(line.population)} người",
    }
