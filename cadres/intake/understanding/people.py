"""A data row -> values of a person, with the warnings met on the way."""

import re
from functools import partial

from cadres.intake.parsing import dates, genders, levels, numbers, schooling, words
from cadres.intake.parsing.certificates import parse_certificates
from cadres.intake.parsing.outcome import is_empty
from cadres.intake.understanding import compounds, party
from cadres.intake.understanding.cells import TableCells
from cadres.intake.understanding.contexts import is_unit, named_unit
from cadres.intake.understanding.headings import NAME_AND_BIRTH, OTHER, key
from cadres.intake.understanding.person import (
    Person,
    column_texts,
    is_x_column,
    said,
    share,
)
from cadres.intake.understanding.steps import LONGEST, Always, PlainStep, Step, people_of
from trainingplans.lib.text import tidy, unit_name

SIMPLE = {
    "gender": words.parse_gender,
    "ethnic_group": words.parse_ethnic_group,
    "rank_code": numbers.parse_rank_code,
    "education": schooling.parse_education,
    "professional_level": levels.parse_professional,
    "political_level": levels.parse_political,
    "state_level": levels.parse_state,
    "ethnic_languages": words.parse_languages,
    "defence_group": words.parse_defence,
    "staff_kind": words.parse_staff_kind,
    "phone": numbers.parse_phone,
    "personal_id": numbers.parse_personal_id,
    "email": schooling.parse_email,
    "certificates": parse_certificates,
    **dict.fromkeys(
        ("staff_code", "position", "it_level", "foreign_language", "note", "professional_major"),
        schooling.parse_text,
    ),
}  # fmt: skip
FREE_TEXT = ("note", "position", "it_level", "foreign_language", "professional_major")
UNREADABLE = ("error_cell", "formula", "ditto_first", "long_text")
NAMES = ("full_name", "family_name", "middle_name", "given_name")
BIRTHS = ("birth_date", "birth_male", "birth_female", "birth_day", "birth_month", "birth_year")
PARTY = ("party_joined", "party_member", "party_official")
UNIT, PLANNING = ("unit",), ("in_planning",)
RANKED = ("professional_level", "political_level", "state_level")
# "Chức vụ, đơn vị công tác" over one column, and where its cells part.
POST_AND_UNIT = re.compile(r"\b(?:chuc vu|chuc danh)\b.*\b(?:don vi|co quan|noi cong tac)\b")
# "Lò Thị Hoa, sinh năm 1985", "Lò Văn An (01/02/1980)" under one heading.
BORN = re.compile(
    r"[\s,;(\-–]*(?:\b(?:sn|sinh|ngày sinh|năm sinh)\b\s*(?:ngày|năm|tháng)?[:.\s]*)?"
    r"(\d[\d/.\-\s]*\d)\s*\)?\s*$",
    re.I,
)
# "Bí thư Đảng ủy xã Phong Thổ": the place behind the post, with nothing between.
PLACE_LAST = re.compile(
    r"(.*\S)\s+((?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu)\s+[A-ZĐÀ-Ỹ][^,;()]*)$"
)
PARTING = re.compile(r"\s*[,;]\s*|\s+[-–]\s+")


class PersonReader:
    """Reads the data rows of one table; `earlier`: those of its pages before."""

    def __init__(self, sheet, grid, layout, rows, today, system, parsers=None, earlier=()):
        self.parsers = {**SIMPLE, **(parsers or {})}
        self.layout, self.today, self.grid = layout, today, grid
        self.cells = TableCells(sheet, grid, layout, [*earlier, *rows])
        self.rows, self.plain, self.matrices = rows, [], {}
        self._sort_columns()
        self.by_name = {c.field: c for c in layout.columns if not c.detail}
        self.name_column = next(iter(self._columns(NAMES)), None)
        post = self.by_name.get("position")
        heading = key(layout.headings.get(post.number, "")) if post else ""
        self.post_and_unit = "unit" not in self.by_name and bool(POST_AND_UNIT.search(heading))
        texts = partial(column_texts, grid, rows)
        self.date = {
            c.field: partial(dates.parse_date, today=today, system=system,
                             month_first=dates.is_month_first(texts(c.number)))
            for c in layout.columns if c.field.startswith(("birth", "party"))
        }  # fmt: skip
        self.marked = {
            c.number: is_x_column(texts(c.number), layout.headings.get(c.number, ""))
            for c in layout.columns
            if c.field in ("party_member", "in_planning")
        }
        name = self.by_name.get("full_name")
        heading = key(layout.headings.get(name.number, "")) if name else ""
        self.name_and_birth = "birth_date" not in self.by_name and bool(
            NAME_AND_BIRTH.match(heading)
        )
        self.compound = self._compound_fields(name, texts) if name else ()
        if gender := self.by_name.get("gender"):
            heading = layout.headings.get(gender.number, "")
            self.parsers["gender"] = genders.legend_parser(heading, texts(gender.number), grid)
        names = [texts(c.number) for c in layout.columns if c.field == "full_name"]
        self.steps = self._steps()
        self.honorific = bool(names) and share(names[0], words.HONORIFIC.match) > 0.8

    def _sort_columns(self):
        for column in self.layout.columns:
            if column.detail:
                self.matrices.setdefault(column.field, []).append(column)
            elif column.field in self.parsers:
                self.plain.append(column)

    def people(self):
        """The Person of each data row, from the top."""
        for person in people_of(self.steps, self.rows, self.cells, Person):
            self._contradictions(person)
            yield person
        self.steps = []  # they hold the reader, and the reader them

    def read(self, row):
        """The Person of a row alone."""
        person = Person(row)
        for step in self.steps:
            step.take(person)
        self._contradictions(person)
        return person

    def _steps(self):
        """All that is taken out of a row, in the order in which it counts."""
        steps = [self._step(self._name, NAMES), self._step(self._birth, BIRTHS)]
        if "gender_female" in self.by_name or "gender_male" in self.by_name:
            steps.append(Always(self._gender))
        for column in self.plain:
            take = partial(self._simple, column=column)
            steps.append(PlainStep(take, column, self.parsers[column.field]))
        for name, columns in self.matrices.items():
            take = partial(self._matrix, field=name, columns=columns)
            steps.append(Step(take, columns, [name]))
        if self.compound:
            column = self.by_name["full_name"]
            take = partial(compounds.read, self, column=column, fields=self.compound)
            steps.append(Always(take))
        unit = Always(self._unit) if self.post_and_unit else self._step(self._unit, UNIT)
        member = self._step(partial(party.read, self), PARTY, PARTY)
        steps += [unit, member, self._step(self._planning, PLANNING, PLANNING)]
        return [step for step in steps if step is not None]

    def _compound_fields(self, column, texts):
        """What the column of names tells besides, where its heading and its cells say several."""
        heading = self.layout.headings.get(column.number, "").split(" > ")[-1]
        fields = compounds.fields_of(heading)
        return fields if fields and compounds.says_several(texts(column.number)) else ()

    def _step(self, take, names, fields=()):
        columns = self._columns(names)
        return Step(take, columns, fields) if columns else None

    def _columns(self, names):
        return [self.by_name[name] for name in names if name in self.by_name]

    # Cells

    def get(self, found, column):
        value, text, problem = self.cells.get(found.row, column.number)
        if len(text) > LONGEST and column.field not in FREE_TEXT:
            problem = "long_text"
        if problem:
            found.warn(problem, column, text)
        return value, ("" if problem in UNREADABLE else text.strip())

    def _simple(self, found, column):
        value, text = self.get(found, column)
        if text:
            self._use(found, column, self.parsers[column.field](value, text), text)

    def _use(self, found, column, outcome, text):
        if outcome.code:
            self._free_major(found, column, outcome, text)
            found.warn(outcome.code, column, text, outcome.suggestion)
        if outcome.value is not None:
            found.take(column.field, outcome.value, column)
        for name, more in (outcome.more or {}).items():
            if name not in self.by_name:
                found.take(name, more, column)
            else:
                found.later[name] = (more, column)

    def _free_major(self, found, column, outcome, text):
        """A degree column that only names the subject: "Luật"."""
        if column.field != "professional_level" or outcome.code != "unknown_level":
            return
        if (
            any(c.isalpha() for c in text)
            and len(text) > 3
            and "professional_major" not in self.by_name
        ):
            found.take("professional_major", tidy(text), column)

    # Fields made of several columns

    def _name(self, found):
        parts = []
        for column in self._columns(NAMES):
            _, text = self.get(found, column)
            if text and not is_empty(text):
                text = compounds.pieces(text)[0] if self.compound else text
                parts.append(words.without_honorific(text) if self.honorific else text)
            if column.field == "full_name":
                break
        written = " ".join(parts)
        if self.name_and_birth and (match := BORN.search(written)):
            outcome = dates.parse_date(match[1], match[1], self.today)
            self.take_date(found, "birth_date", outcome, self.name_column, match[1])
            written = written[: match.start()]
        name = words.proper_name(written) if written else ""
        if any(c.isalpha() for c in name):
            found.take("full_name", name, self.name_column)

    def _birth(self, found):
        for field, gender in (("birth_date", ""), ("birth_male", "nam"), ("birth_female", "nu")):
            column = self.by_name.get(field)
            if not column or "birth_date" in found.values:
                continue
            value, text = self.get(found, column)
            if not text or is_empty(text):
                continue
            if gender:
                found.take("gender", gender, column)
                if words.is_mark(text) and not text.isdigit():
                    continue
            self.take_date(found, "birth_date", self.date[field](value, text), column, text)
        self._birth_parts(found)

    def _birth_parts(self, found):
        parts = {
            f: self.by_name[f]
            for f in ("birth_day", "birth_month", "birth_year")
            if f in self.by_name
        }
        if "birth_month" not in parts and "birth_year" not in parts or "birth_date" in found.values:
            return
        texts = [
            self.get(found, parts[f])[1] if f in parts else ""
            for f in ("birth_day", "birth_month", "birth_year")
        ]
        joined = "/".join(t for t in texts if t)
        if joined:
            column = parts.get("birth_year") or parts["birth_month"]
            outcome = dates.parse_date(joined, joined, self.today)
            self.take_date(found, "birth_date", outcome, column, joined)

    def take_date(self, found, field, outcome, column, text):
        judge = dates.birth_date if field == "birth_date" else dates.party_date
        outcome = judge(outcome, self.today)
        if outcome.code:
            found.warn(outcome.code, column, text, outcome.suggestion, field)
        if outcome.value:
            found.take(field, outcome.value, column)

    def _gender(self, found):
        female, male = self.by_name.get("gender_female"), self.by_name.get("gender_male")
        if not female and not male:
            return
        for column, yes in ((female, "nu"), (male, "nam")):
            if column:
                _, text = self.get(found, column)
                stated = words.GENDERS.get(key(text)) if text else None
                if text and not is_empty(text) and not words.says_no(text):
                    found.values.pop("gender", None)
                    found.take("gender", stated or yes, column)
                    return
        if not (female and male):
            column, other = (female, "nam") if female else (male, "nu")
            found.take("gender", other, column)

    def _matrix(self, found, field, columns):
        marked = []
        for column in columns:
            value, text = self.get(found, column)
            if text and not is_empty(text) and not words.says_no(text) and value is not False:
                marked.append((column, text))
        if field == "party_member" or (
            field == "in_planning" and (marked or any(self.marked[c.number] for c in columns))
        ):
            found.take(field, bool(marked), columns[0])
        if not marked or field in found.values:
            return
        named = [(c, t) for c, t in marked if c.detail != OTHER]
        if field in ("it_level", "foreign_language"):
            texts = [said(c, t) for c, t in marked]
            found.take(field, ", ".join(texts), marked[0][0])
        elif field == "ethnic_languages":
            self._languages(found, marked)
        elif named:
            self._take_marked(found, field, named)
        elif not words.is_mark(marked[0][1]):
            column, text = marked[0]
            self._use(found, column, SIMPLE[field](None, text), text)

    def _languages(self, found, marked):
        """Languages with a column of their own, then those named in the column for all others."""
        told = [column.detail for column, _ in marked if column.detail != OTHER]
        for column, text in marked:
            if column.detail == OTHER and not words.is_mark(text):
                outcome = words.parse_languages(None, text)
                told += outcome.value or ()
                if outcome.code:
                    found.warn(outcome.code, column, text)
        if told:
            found.take("ethnic_languages", list(dict.fromkeys(told)), marked[0][0])

    def _take_marked(self, found, field, marked):
        """The value that the marked columns of a matrix mean."""
        column, text = marked[0]
        if field == "staff_kind" and "position" not in self.by_name and not words.is_mark(text):
            found.take("position", tidy(text), column)  # "Chức danh: Cán bộ | Công chức"
        if field in RANKED:
            column = max((c for c, _ in marked), key=lambda c: levels.rank_of(c.detail, field))
            found.take(field, column.detail, column)
        elif field == "defence_group":
            column = min((c for c, _ in marked), key=lambda c: c.detail)
            found.take(field, column.detail, column)
        elif field == "education" and schooling.GRADE.fullmatch(tidy(marked[0][1])):
            column, text = marked[0]  # "12/12" under "THPT"
            found.take(field, schooling.parse_education(None, text).value, column)
        else:
            found.take(field, marked[0][0].detail, marked[0][0])

    def _unit(self, found):
        column = self.by_name.get("unit")
        if column:
            _, text = self.get(found, column)
            if text and not is_empty(text):
                found.take("unit", named_unit(text), column)
        elif self.post_and_unit and "position" in found.values:
            self._part_post(found)

    def _part_post(self, found):
        """ "Kế toán, Sở Y tế": the post before the last comma, the unit after it."""
        text = found.values["position"]
        for parting in reversed(list(PARTING.finditer(text))):
            unit = text[parting.end() :]
            if is_unit(unit):
                found.values["position"] = text[: parting.start()]
                found.take("unit", unit_name(unit), self.by_name["position"])
                return
        if match := PLACE_LAST.match(text):
            found.values["position"] = match[1]
            found.take("unit", match[2][0].upper() + match[2][1:], self.by_name["position"])

    def _planning(self, found):
        column = self.by_name.get("in_planning")
        if not column:
            return
        value, text = self.get(found, column)
        if isinstance(value, bool):
            found.take("in_planning", value, column)
        elif words.says_unknown(text):
            return
        elif text and not is_empty(text):
            found.take("in_planning", words.yes_or_no(text) is not False, column)
        elif self.marked[column.number]:
            found.take("in_planning", False, column)

    def _contradictions(self, found):
        values = found.values
        if "personal_id" in values and "personal_id" in self.by_name:
            field = numbers.contradicts(
                values["personal_id"], values.get("birth_date"), values.get("gender")
            )
            if field:
                code = "personal_id_birth" if field == "birth_date" else "personal_id_gender"
                found.warn(code, self.by_name["personal_id"], values["personal_id"])
        for name, (more, column) in found.later.items():
            if name not in values:
                found.take(name, more, column)
