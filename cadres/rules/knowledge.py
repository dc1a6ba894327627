"""Conditions on what people have learnt: levels on the ladders, languages."""

from functools import reduce
from operator import or_

from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from cadres.choices import Ladder
from cadres.models.standings import NOT_TRAINED, RANK_STEP, SOME_TEXT, level_column
from cadres.rules.base import NOBODY, Condition, allowed, either, register, shown
from cadres.rules.persons import Groups
from trainingplans.lib.text import lower_first

HAS_WORDS = {
    Ladder.PROFESSIONAL: "đã qua đào tạo chuyên môn",
    Ladder.POLITICAL_THEORY: "đã học lý luận chính trị",
    Ladder.STATE_MANAGEMENT: "đã bồi dưỡng quản lý nhà nước",
    Ladder.INFORMATICS: "có trình độ tin học",
    Ladder.FOREIGN_LANGUAGE: "có trình độ ngoại ngữ",
    Ladder.ETHNIC_LANGUAGE: "biết tiếng dân tộc",
    Ladder.DEFENCE_SECURITY: "đã bồi dưỡng quốc phòng – an ninh",
    Ladder.ETHNIC_AFFAIRS: "đã bồi dưỡng kiến thức dân tộc",
}


def ladder_problems(ladder):
    """The problem of a ladder that there is not."""
    if isinstance(ladder, str) and ladder in Ladder.values:
        return []
    return [f"không có thang {shown(ladder)}. Các thang: {allowed(Ladder.values)}."]


class LevelAtLeast(Condition):
    """At least this level on a ladder; text that fits no level meets none."""

    code, label, shape = "level_at_least", "Trình độ từ", "level"

    def options(self, context):
        return [
            (f"{ladder}:{level.code}", str(level))
            for ladder in Ladder.values
            for level in context.levels[ladder].values()
        ]

    def problems(self, value, context):
        if not isinstance(value, dict) or set(value) != {"ladder", "level"}:
            return [f"cần đúng hai khóa ladder và level, không phải {shown(value)}."]
        return ladder_problems(value["ladder"]) or self._level_problems(context, **value)

    def _level_problems(self, context, ladder, level):
        codes = list(context.levels[ladder])
        if level in codes:
            return []
        if not codes:
            return [f"thang {ladder} chưa có bậc nào. Chạy load_catalogues để nạp danh mục."]
        return [f"thang {ladder} không có bậc {shown(level)}. Các bậc: {allowed(codes)}."]

    def in_words(self, value, context):
        ladder, level = Ladder(value["ladder"]), self._level(value, context)
        if [lv for lv in context.levels[ladder].values() if lv.rank] == [level]:
            return HAS_WORDS[ladder]
        return f"{lower_first(ladder.label)} từ {level.name} trở lên"

    def in_words_not(self, value, context):
        return f"chưa đạt ({self.in_words(value, context)})"

    def ladders(self, value):
        return (value["ladder"],)

    def columns(self, value):
        return (level_column(value["ladder"]),)

    def q(self, value, context):
        column = level_column(value["ladder"])
        rank = self._level(value, context).rank
        if rank == 0:
            return Q(**{column: NOT_TRAINED}) | Q(**{f"{column}__gte": RANK_STEP})
        return Q(**{f"{column}__gte": rank * RANK_STEP})

    def _level(self, value, context):
        return context.levels[value["ladder"]][value["level"]]


class Has(Condition):
    """Anything on a ladder above "not trained"."""

    code, label, shape = "has", "Đã qua đào tạo, bồi dưỡng về", "ladder"

    def options(self, context):
        return Ladder.choices

    def problems(self, value, context):
        return ladder_problems(value)

    def in_words(self, value, context):
        return HAS_WORDS[Ladder(value)]

    def in_words_not(self, value, context):
        return f"không ({HAS_WORDS[Ladder(value)]})"

    def ladders(self, value):
        return (value,)

    def columns(self, value):
        return (level_column(value),)

    def q(self, value, context):
        return Q(**{f"{level_column(value)}__gte": SOME_TEXT})


class Speaks(Groups):
    """Any of these languages."""

    code, label = "speaks", "Biết tiếng dân tộc"

    def in_words(self, value, context):
        return f"biết {either([f'tiếng {name}' for name in self.normalise(value, context)])}"

    def in_words_not(self, value, context):
        return f"không {self.in_words(value, context)}"

    def q(self, value, context):
        return reduce(or_, [knows(name) for name in self.normalise(value, context)])


class SpeaksLanguageOfUnit(Condition):
    """A language that is spoken where the unit works, on the day."""

    code, label, shape = "speaks_language_of_unit", "Biết tiếng dân tộc tại địa bàn", "flag"

    def options(self, context):
        return [(True, self.in_words(True, context))]

    def problems(self, value, context):
        return [] if value is True else [f"chỉ nhận true, không phải {shown(value)}."]

    def in_words(self, value, context):
        return "biết tiếng dân tộc tại địa bàn công tác"

    def in_words_not(self, value, context):
        return f"không {self.in_words(value, context)}"

    def q(self, value, context):
        spoken = sorted(context.units_by_language.items())
        return reduce(or_, [context.in_units(ids) & knows(name) for name, ids in spoken], NOBODY)


def knows(language):
    """Whose list of languages has this name. By position, not LIKE: case counts on SQLite too."""
    return Q(GreaterThan(StrIndex(F("languages"), Value(f",{language},")), 0))


register(LevelAtLeast())
register(Has())
register(Speaks())
register(SpeaksLanguageOfUnit())
