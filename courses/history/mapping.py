"""From the title of a course, as typed, to what it was: course, content, đào tạo or bồi dưỡng."""

from dataclasses import dataclass
from functools import cache

from cadres.catalogues import read_csv
from cadres.intake.understanding.vocabulary import key
from cadres.models import SenderMapping
from courses.catalogues import DATA
from courses.models import Category, Course, Form
from trainingplans.lib.text import fold

# Under this name the answers of a sender are kept (SenderMapping): {key of a title: code}.
LAYOUT = "history:courses"
BOI_DUONG = ("boi duong", "tap huan", "cap nhat kien thuc")


@dataclass(frozen=True)
class Meaning:
    """What a title means: ids of course and category, the category's code and form."""

    course: int | None = None
    category: int | None = None
    code: str | None = None
    form: str = ""


NOTHING = Meaning()


@cache
def _aliases():
    """[(parts that must all be in the title, length, code)], the longest first."""
    rows = [
        ([f" {key(part)} " for part in row["phrase"].split("+")], row["category"])
        for row in read_csv(DATA / "course_aliases.csv")
    ]
    found = [(parts, sum(map(len, parts)), code) for parts, code in rows]
    return sorted(found, key=lambda one: -one[1])


def by_phrases(text):
    """The code of the content that the longest known phrase of a title names, or None.

    What calls itself bồi dưỡng is no đào tạo, whatever diploma it speaks of.
    """
    told = f" {key(text)} "
    short = told.strip().startswith(BOI_DUONG)
    for parts, _, code in _aliases():
        if all(part in told for part in parts) and not (short and code.startswith("DT")):
            return code
    return None


def title_key(text):
    """What titles are compared by."""
    return fold(text)[:320]


class CourseMap:
    """Finds the Meaning of titles; three queries, then from memory."""

    def __init__(self, by, choices=None):
        self.categories = {category.code: category for category in Category.objects.all()}
        self.named = {fold(category.name): category for category in self.categories.values()}
        self.named |= {fold(code): category for code, category in self.categories.items()}
        courses = Course.objects.values_list("name", "code", "pk", "category__code", "grants_level")
        self.courses, granting = {}, {}
        for name, code, pk, category, level in courses:
            for told in (name, code):
                self.courses.setdefault(fold(told), (pk, category))
            if level:
                granting.setdefault(category, []).append(pk)
        # A content with one course that grants a level: its past rows are of that course.
        self.only = {category: pks[0] for category, pks in granting.items() if len(pks) == 1}
        kept = SenderMapping.objects.filter(sender=by, layout=LAYOUT).first()
        self.answers = {**(kept.mapping if kept else {}), **(choices or {})}
        self._found = {}

    def meaning(self, title, content=""):
        """The Meaning of a title, with what a column of contents says beside it."""
        asked = (title, content)
        if asked not in self._found:
            self._found[asked] = self._look_up(title, content)
        return self._found[asked]

    def _look_up(self, title, content):
        answer = self.answers.get(title_key(title))
        if answer is not None:
            return self._of(answer)
        if course := self.courses.get(fold(title)):
            return self._of(course[1], course[0])
        for text in (title, content):
            if category := self.named.get(fold(text)):
                return self._of(category.code)
        return self._of(by_phrases(title) or by_phrases(content))

    def _of(self, code, course=None):
        category = self.categories.get(code)
        if category is None:
            return NOTHING
        course = course or self.only.get(code)
        return Meaning(course, category.pk, category.code, category.form)


def form_of(told, meaning, title):
    """đào tạo or bồi dưỡng: as the file says, else by the content, else by the title's words."""
    if told or meaning.form:
        return told or meaning.form
    words = fold(title)
    if any(word in words for word in BOI_DUONG):
        return Form.BOI_DUONG.value
    return Form.DAO_TAO.value if words.startswith("dao tao") else ""


def remember(by, answers):
    """Keep what a sender decided about titles for the next file."""
    kept, _ = SenderMapping.objects.get_or_create(
        sender=by, layout=LAYOUT, defaults={"mapping": {}}
    )
    kept.mapping = kept.mapping | answers
    kept.save()
