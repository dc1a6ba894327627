"""Targets as JSON: reading a document with every problem named, and the form it is printed in."""

import json
import re
from datetime import date
from decimal import Decimal, InvalidOperation

from cadres.models import Unit
from cadres.rules import RuleContext, RuleError, normalise, validate
from cadres.rules.base import allowed, shown
from cadres.units import UnitFinder, UnitNotFound
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import parse_iso
from trainingplans.lib.text import tidy
from trainingplans.plans.models import Programme

REQUIRED = ["code", "name", "threshold", "due", "population", "attained"]
OPTIONAL = ["legal_basis", "unit", "programme"]
PLACES = Decimal("0.001")
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def read_document(raw):
    """The JSON value of a file's bytes, decimals kept exact; Refused otherwise."""
    try:
        text = raw.decode("utf-8-sig")
        document = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Refused("tệp không phải là chữ UTF-8. Lưu lại dạng UTF-8.") from None
    except json.JSONDecodeError as fault:
        place = f"dòng {fault.lineno}, cột {fault.colno}"
        raise Refused(f"tệp không phải là JSON: sai ở {place}. Sửa chỗ đó.") from None
    except (ValueError, RecursionError):
        raise Refused("tệp không phải là JSON đọc được: số quá dài hoặc lồng quá sâu.") from None
    if not _storable(document):
        raise Refused("tệp có ký tự không ghi được (\\u0000 hoặc \\ud800…). Bỏ ký tự đó.")
    return document


def _storable(value):
    """Whether a database keeps every text of a JSON value: no NUL, no half of a pair."""
    if isinstance(value, dict):
        return all(_storable(key) and _storable(one) for key, one in value.items())
    if isinstance(value, list):
        return all(map(_storable, value))
    return not isinstance(value, str) or not UNSTORABLE.search(value)


def _no_number(text):
    raise ValueError(text)


class TargetReader:
    """Reads entries of a document into the columns of Target; keeps the problems of all."""

    def __init__(self):
        self.rules = RuleContext()
        self.units = UnitFinder(Unit.objects.all())
        self.programmes = {p.number: p for p in Programme.objects.exclude(number="")}
        self.problems = []
        self.seen = set()

    def read(self, document):
        """The columns of each entry; look at `problems` before using them."""
        if not isinstance(document, list):
            self.problems.append("Tệp phải là một danh sách mục tiêu: [{…}, {…}].")
            return []
        return [self._entry(entry, number) for number, entry in enumerate(document, 1)]

    def _entry(self, entry, number):
        if not isinstance(entry, dict):
            self.problems.append(f"Mục tiêu thứ {number}: phải là một đối tượng {{…}}.")
            return {}
        code = entry.get("code")
        here = f"Mục tiêu {code}" if isinstance(code, str) and code else f"Mục tiêu thứ {number}"
        keys = REQUIRED + OPTIONAL
        for key in [key for key in entry if key not in keys]:
            self._problem(here, f"không có khóa {shown(key)}. Các khóa: {allowed(keys)}.")
        for key in [key for key in REQUIRED if key not in entry]:
            self._problem(here, f"thiếu khóa {key}.")
        return {key: self._value(here, key, entry[key]) for key in keys if key in entry}

    def _value(self, here, key, value):
        try:
            return getattr(self, f"read_{key}")(value)
        except RuleError as fault:
            for problem in fault.problems:
                self._problem(here, problem)
        except ValueError as fault:
            self._problem(here, f"{key}: {fault}")

    def _problem(self, here, text):
        self.problems.append(f"{here}: {text}")

    def read_code(self, value):
        code = _text(value, 40)
        if code != value:
            raise ValueError(f"{shown(value)} có khoảng trắng thừa.")
        if code in self.seen:
            raise ValueError("mã này có hai lần trong tệp.")
        self.seen.add(code)
        return code

    def read_name(self, value):
        return _text(value, 250)

    def read_legal_basis(self, value):
        return "" if value in ("", None) else _text(value, 300)

    def read_threshold(self, value):
        return threshold_of(value)

    def read_due(self, value):
        if not isinstance(value, str) or len(value) != 10:
            raise ValueError(f"{shown(value)} không phải là ngày dạng 2026-11-22.")
        return parse_iso(value)

    def read_unit(self, value):
        if value is None:
            return None
        try:
            return self.units.find(_text(value, 250))
        except UnitNotFound as fault:
            raise ValueError(str(fault)) from None

    def read_programme(self, value):
        if value is None:
            return None
        if programme := self.programmes.get(_text(value, 60)):
            return programme
        raise ValueError(f"không có chương trình số {shown(value)}. Thêm chương trình trước.")

    def read_population(self, value):
        return self._rule(value, "population")

    def read_attained(self, value):
        return self._rule(value, "attained")

    def _rule(self, rule, path):
        if problems := validate(rule, self.rules, path):
            raise RuleError(problems)
        return normalise(rule, self.rules)


def _text(value, length):
    """The tidy text, not empty and not too long for its column; ValueError otherwise."""
    if not isinstance(value, str) or not tidy(value):
        raise ValueError(f"phải là chữ, không để trống, không phải {shown(value)}.")
    if len(tidy(value)) > length:
        raise ValueError(f"dài {len(tidy(value))} ký tự, tối đa {length}.")
    return tidy(value)


def threshold_of(value):
    """The Decimal of a threshold in percent; ValueError in Vietnamese otherwise."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError(f"phải là số từ 0 đến 100, không phải {shown(value)}.")
    try:
        exact = Decimal(str(value))
        if not 0 <= exact <= 100:
            raise ValueError(f"phải từ 0 đến 100, không phải {value}.")
        if exact != exact.quantize(PLACES):
            raise ValueError(f"có nhiều hơn 3 chữ số thập phân: {value}.")
    except InvalidOperation:
        raise ValueError(f"phải là số từ 0 đến 100, không phải {value}.") from None
    return exact


def document_of(target):
    """The JSON form of a target: what `targets load` takes."""
    return {
        "code": target.code,
        "name": target.name,
        "threshold": plain_number(target.threshold),
        "due": target.due.isoformat() if isinstance(target.due, date) else target.due,
        "legal_basis": target.legal_basis,
        "unit": target.unit.code if target.unit else None,
        "programme": target.programme.number or None if target.programme else None,
        "population": target.population,
        "attained": target.attained,
    }


def plain_number(value):
    """95 for 95.000, else the float."""
    return int(value) if value == int(value) else float(value)
