"""Every sample against its truth: cells, rows, rejects, doubles, row kinds, warnings."""

from functools import cache

import pytest

from tests.intake.truth import STEMS, compare, truth_of

pytestmark = pytest.mark.no_database

of = cache(compare)


def _line(result):
    return (
        f"{result.stem:42} {result.roster.kind:5} {result.roster.text:8} "
        f"rows {result.found_rows:5}/{result.data_rows:5}  cells {result.cells:6}  "
        f"wrong {len(result.wrong):4}  {100 * result.share:7.3f} %"
    )


def test_there_are_samples():
    assert len(STEMS) == 14


@pytest.mark.parametrize("stem", STEMS)
def test_sample_is_read_as_its_truth_says(stem):
    result = of(stem)
    assert result.share >= 0.98, result.wrong[:20]
    assert result.found_rows == result.data_rows
    assert (result.missing, result.false) == ([], [])
    assert (result.rejects, result.doubles) == ([], [])
    assert result.kinds == []
    assert result.warnings == ([], [])


@pytest.mark.parametrize("stem", STEMS)
def test_sample_kind_and_date_system(stem):
    truth, roster = truth_of(stem), of(stem).roster
    assert roster.kind == truth.get("real_format", truth["kind"])
    assert roster.date_system == truth.get("date_system", 1900)
    ignored = [s.name for s in roster.sheets if not s.used]
    assert set(truth.get("ignored_sheets", ())) <= set(ignored)


def test_all_samples_together(capsys):
    results = [of(stem) for stem in STEMS]
    with capsys.disabled():
        print("", *map(_line, results), sep="\n")  # noqa: T201
    cells = sum(r.cells for r in results)
    wrong = sum(len(r.wrong) for r in results)
    assert 1 - wrong / cells >= 0.995


@pytest.mark.parametrize("stem", STEMS)
def test_every_row_of_a_used_sheet_has_one_kind(stem):
    roster = of(stem).roster
    data = {(row.sheet, row.row) for row in roster.rows}
    for sheet in roster.sheets:
        if not sheet.used:
            continue
        assert set(sheet.row_kinds) == set(range(1, len(sheet.grid) + 1))
        kinds = {(sheet.name, row) for row, kind in sheet.row_kinds.items() if kind == "data"}
        assert kinds == {place for place in data if place[0] == sheet.name}
        for row, texts in enumerate(sheet.grid, 1):
            assert (sheet.row_kinds[row] == "blank") == (not any(t.strip() for t in texts))
