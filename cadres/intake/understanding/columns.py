"""Which column holds which field: headings weighed with what the cells look like."""

from dataclasses import dataclass, field

from cadres.intake.parsing.levels import LADDERS
from cadres.intake.types import column_letter, column_number
from cadres.intake.understanding.certificates import settle_certificates
from cadres.intake.understanding.headings import OFFICIAL, Candidate, candidates, direct
from cadres.intake.understanding.shapes import column_shapes
from cadres.intake.understanding.vocabulary import key
from cadres.intake.understanding.weighing import ALONE, weigh
from trainingplans.lib.text import fold

LEAST = 0.52
CERTIFIED = ("it_level", "foreign_language")
# Headings side by side of the parts of one date.
BIRTH_RUNS = frozenset(
    (day, month, year)
    for day in ("ngay", "ngay sinh")
    for month in ("thang", "thang sinh")
    for year in ("nam", "nam sinh")
)
MANY = ("professional_level", "political_level", "state_level", "staff_kind", "ethnic_languages",
        "ethnic_group", "defence_group", "education", "it_level", "foreign_language")  # fmt: skip


@dataclass
class Column:
    """A column that was understood."""

    number: int
    field: str
    detail: str | None = None
    score: float = 1.0

    @property
    def letter(self):
        return column_letter(self.number)


@dataclass
class Layout:
    """All columns of a table."""

    columns: list[Column] = field(default_factory=list)
    headings: dict[int, str] = field(default_factory=dict)
    known: dict[int, str] = field(default_factory=dict)
    alternatives: dict[int, list] = field(default_factory=dict)
    shapes: dict = field(default_factory=dict)

    def of(self, name):
        """The columns of that field."""
        return [c for c in self.columns if c.field == name]

    @property
    def used(self):
        """The numbers of the columns of which something is known."""
        return {c.number for c in self.columns} | set(self.known)

    def first(self, name):
        """The only column of that field, or None."""
        return next((c for c in self.columns if c.field == name), None)


def understand_columns(sheet, grid, block, last_row, forced=None):
    """The Layout of the table under a header block; forced is the user's mapping of the sheet."""
    shapes = column_shapes(
        sheet, grid, block.bottom + 1, last_row, _all_columns(grid, block, last_row)
    )
    no_accents = all(fold(t) == t.casefold() for path in block.paths.values() for t in path)
    offers = {c: candidates(path, no_accents) for c, path in block.paths.items()}
    _settle_runs(block, offers)
    _settle_dates(block, offers)
    for c, offered in offers.items():
        offers[c] = weigh(offered, shapes[c], block.paths[c])
    _schools(offers, block, shapes)
    settle_certificates(offers, block, grid)
    if block.guessed_name:
        offers[block.guessed_name] = [Candidate("full_name", None, 0.6)]
    layout = Layout(shapes=shapes, headings={c: " > ".join(p) for c, p in block.paths.items()})
    _split_names(layout, block, offers, shapes)
    _assign(layout, offers, forced or {})
    _substitute(layout, shapes)
    _certificates(layout)
    _by_shape_alone(layout, shapes, forced or {})
    _force(layout, forced or {})
    layout.columns.sort(key=lambda column: column.number)
    return layout


def _schools(offers, block, shapes):
    """ "Trường" is where somebody works only in a list that names no other unit.

    Under a degree it is where that was taken, as it is where universities stand in its cells.
    """
    units = [c for c, offered in offers.items() if any(o.field == "unit" for o in offered[:1])]
    for c in units:
        school = next((o for o in offers[c] if o.field == "-school"), None)
        rivals = [o.score for d in offers if d != c for o in offers[d] if o.field == "unit"]
        above = [o.field for parent in block.paths[c][:-1] for o in direct(parent)[:1]]
        studied = "professional_level" in above or shapes[c].share("professional_level") > 0.5
        if school and (studied or max(rivals, default=0) >= 0.6):
            offers[c] = [school]


def _all_columns(grid, block, last_row):
    width = max(
        (len(grid[r - 1]) for r in range(block.top, min(last_row, len(grid)) + 1)), default=0
    )
    return range(1, (block.right or width) + 1)


def _settle_runs(block, offers):
    """ThS | ĐH | CĐ | TC side by side without a parent: one ladder for the whole run."""
    for run in _runs(block, offers):
        fitting = {f: [c for c in run if _loose(offers[c], f)] for f in (*LADDERS, "staff_kind")}
        chosen = max(fitting, key=lambda f: (len(fitting[f]), f == "professional_level"))
        if len(fitting[chosen]) < 2:
            continue
        for c in fitting[chosen]:
            mine = _loose(offers[c], chosen)
            offers[c] = [mine._replace(score=1.02), *(o for o in offers[c] if o is not mine)]


def _settle_dates(block, offers):
    """Ngày | Tháng | Năm side by side without a parent: the day of birth."""
    leaves = {c: key(path[-1]) for c, path in block.paths.items() if len(set(path)) == 1}
    for c in leaves:
        if tuple(leaves.get(c + step) for step in range(3)) in BIRTH_RUNS:
            for step, name in enumerate(("birth_day", "birth_month", "birth_year")):
                offers[c + step] = [Candidate(name, None, 1.0)]


def _runs(block, offers):
    run, previous = [], None
    for c in sorted(offers):
        loose = any(o.detail and o.score <= 0.6 for o in offers[c])
        above = block.paths[c][:-1]
        if loose and run and c == run[-1] + 1 and above == previous:
            run.append(c)
        else:
            if len(run) > 1:
                yield run
            run = [c] if loose else []
        previous = above
    if len(run) > 1:
        yield run


def _loose(offered, name):
    return next((o for o in offered if o.field == name and o.detail and o.score <= 0.6), None)


def _split_names(layout, block, offers, shapes):
    """Họ và tên over two columns: family names left, one word right."""
    named = [c for c, offered in offers.items() if offered and offered[0].field == "full_name"]
    for c in named:
        right = shapes.get(c + 1)
        unheaded = c + 1 not in block.paths or block.paths[c + 1] == block.paths[c]
        if not right or not unheaded or not right.count or right.count < 0.8 * shapes[c].count:
            continue
        if right.single >= 0.9 * right.count and right.share("text") > 0.8:
            offers[c] = [Candidate("family_name", None, 1.0)]
            offers[c + 1] = [Candidate("given_name", None, 1.0)]


def _assign(layout, offers, forced):
    ranked = sorted(
        ((o.score, -c, o) for c, offered in offers.items() for o in offered),
        key=lambda item: (-item[0], -item[1]),
    )
    taken, plain, detailed = set(), set(), {}
    for score, minus_c, offer in ranked:
        c = -minus_c
        layout.alternatives.setdefault(c, []).append((offer.field, round(min(score, 1.0), 2)))
        if c in taken or score < LEAST or column_letter(c) in forced:
            continue
        if offer.field.startswith("-"):
            taken.add(c)
            layout.known[c] = offer.field[1:]
        elif _free(offer, plain, detailed):
            taken.add(c)
            (
                detailed.setdefault(offer.field, set()).add(offer.detail)
                if offer.detail
                else plain.add(offer.field)
            )
            layout.columns.append(Column(c, offer.field, offer.detail, min(score, 1.0)))


def _free(offer, plain, detailed):
    certified = offer.field in CERTIFIED  # there the plain column is one more of the matrix
    if offer.detail is None:
        return offer.field not in plain and (certified or len(detailed.get(offer.field, ())) < 2)
    return (certified or offer.field not in plain) and offer.detail not in detailed.get(
        offer.field, ()
    )


def _lone_men(layout, shapes):
    """ "Nam sinh", "Nam" tell of men only beside a column of women; else of a year, unaccented."""
    men = layout.first("birth_male")
    if men and not layout.of("birth_female"):
        whole = not layout.of("birth_month") and not layout.of("birth_date")
        men.field = "birth_date" if whole else "birth_year"
    marked = layout.first("gender_male")
    if marked and not layout.of("gender_female") and not _is_marked(shapes[marked.number]):
        layout.columns.remove(marked)
        layout.known[marked.number] = "date"


def _is_marked(shape):
    """Whether the cells of a column say yes or no; a year alone says neither."""
    told = shape.found.get("mark", 0) + shape.found.get("no", 0) + shape.found.get("gender", 0)
    return told >= 0.5 * shape.count and shape.share("year") <= 0.5


def _substitute(layout, shapes):
    """Second-best columns step in where the proper one is missing."""
    _lone_men(layout, shapes)
    for spare, wanted in (
        ("job", "position"),
        ("rank_name", "rank_code"),
        ("birth_year", "birth_date"),
    ):
        column = layout.first(spare)
        if (
            column
            and not layout.of(wanted)
            and not (spare == "birth_year" and layout.of("birth_month"))
        ):
            column.field, column.score = wanted, column.score * 0.9
    family, full = layout.first("family_name"), layout.first("full_name")
    if family and full and full.number == family.number + 1 and not layout.of("given_name"):
        full.field = "given_name"  # "Họ và tên" over "Họ đệm | Tên"
    if not layout.of("position"):
        _spare_post(layout)
    if not layout.of("party_joined") and not layout.of("party_member"):
        _official_day(layout)
    if layout.of("given_name") and not layout.of("family_name") and not layout.of("full_name"):
        layout.first("given_name").field = "full_name"
    if layout.of("family_name") and not layout.of("given_name") and not layout.of("full_name"):
        layout.first("family_name").field = "full_name"


def _spare_post(layout):
    """The post in the party or in a union, where no other post is told."""
    for c, known in list(layout.known.items()):
        if known == "post" and layout.shapes[c].share("text") > 0.5:
            del layout.known[c]
            layout.columns.append(Column(c, "position", None, 0.7))
            return


def _official_day(layout):
    """The day of full membership, where nothing else tells of the party."""
    for c, known in list(layout.known.items()):
        if known == "date" and key(layout.headings[c].split(" > ")[-1]) in OFFICIAL:
            del layout.known[c]
            layout.columns.append(Column(c, "party_official", None, 0.7))
            return


def _certificates(layout):
    """ "Tin học: Đại học | Chứng chỉ": where one column is of a matrix, the plain one is too."""
    for name in CERTIFIED:
        columns = layout.of(name)
        for column in columns:
            if not column.detail and any(other.detail for other in columns):
                column.detail = layout.headings[column.number].split(" > ")[-1]


def _by_shape_alone(layout, shapes, forced):
    """Columns whose heading says nothing but whose cells can be only one thing."""
    used = layout.used
    for name, form, share in ALONE:
        if (
            layout.of(name)
            or name == "gender"
            and (layout.of("gender_female") or layout.of("birth_female"))
        ):
            continue
        for c, shape in shapes.items():
            if c in used or column_letter(c) in forced or shape.count < 3 or shape.fill < 0.5:
                continue
            if shape.share(form) >= share:
                layout.columns.append(Column(c, name, None, 0.6))
                used.add(c)
                break


def _force(layout, forced):
    """The user's own mapping; "field" or "field:detail", None for none."""
    for letter, name in forced.items():
        number = column_number(letter)
        layout.columns = [c for c in layout.columns if c.number != number]
        layout.known.pop(number, None)
        if name:
            plain, _, detail = name.partition(":")
            if not detail:
                layout.columns = [c for c in layout.columns if c.field != plain or c.detail]
            layout.columns.append(Column(number, plain, detail or None, 1.0))


def confidence(layout):
    """How sure the whole table is: the name first, then the mean of the rest."""
    name = layout.first("full_name") or layout.first("given_name")
    if not name:
        return 0.0
    scores = [c.score for c in layout.columns if c.field != "index"]
    share = len(layout.columns) / max(1, len(layout.columns) + len(unknown(layout)))
    return round(min(name.score, 1.0) * (0.7 * sum(scores) / len(scores) + 0.3 * share), 2)


def unknown(layout):
    """Columns with a heading or cells, of which nothing is known."""
    return [c for c in layout.headings if c not in layout.used and key(layout.headings[c])]
