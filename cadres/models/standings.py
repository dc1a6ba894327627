"""Standings: for each official and day one flat row that every figure and list is read from."""

from django.db import models

from cadres.choices import Ladder
from cadres.models.base import Period, PeriodQuerySet

# Codes of the level columns: NULL nothing recorded, 0 recorded as not trained, 1 recorded as text
# that fits no level, else ten times the level's rank.
NOT_TRAINED, SOME_TEXT, RANK_STEP = 0, 1, 10


def level_column(ladder):
    """The column of Standing that holds the level on `ladder`."""
    return f"lv_{ladder}"


FIGURES = [
    *("unit", "valid_to", "valid_from", "in_service", "staff_kind"),
    *map(level_column, Ladder),
    "party_member",
]


class Standing(Period):
    """What is true of an official during a period; derived by `cadres.standings`, never edited.

    An official with at least one posting has exactly one standing for every day that ever was or
    will be. `in_service` is false before the first and after the last post (and between posts);
    `unit` is then the unit of the nearest post, so that somebody keeps seeing the record.
    """

    official = models.ForeignKey(
        "cadres.Official", models.CASCADE, related_name="standings", db_index=False
    )
    # Derived from rows that the database itself holds to theirs, and derived anew when these go.
    posting = models.ForeignKey(
        "cadres.Posting", models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    unit = models.ForeignKey(
        "cadres.Unit",
        models.PROTECT,
        related_name="standings",
        db_index=False,
        db_constraint=False,
    )
    in_service = models.BooleanField()
    staff_kind = models.CharField(max_length=4, blank=True)
    position = models.CharField(max_length=250, blank=True)
    position_key = models.CharField(max_length=250, blank=True)
    rank_code = models.CharField(max_length=12, blank=True)
    leadership = models.BooleanField(default=False)
    party_member = models.BooleanField(null=True)
    in_planning = models.BooleanField(default=False)
    gender = models.CharField(max_length=3, blank=True)
    ethnic_group = models.ForeignKey(
        "cadres.EthnicGroup",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    birth_first = models.DateField(null=True)
    birth_last = models.DateField(null=True)
    retires_first = models.DateField(null=True)
    retires_last = models.DateField(null=True)
    service_from = models.DateField(null=True)
    service_last = models.DateField(null=True)  # the last day that `service_from` may mean
    sort_key = models.CharField(max_length=500)
    languages = models.CharField(max_length=300, blank=True)  # ",Mông,Thái,"
    lv_professional = models.SmallIntegerField(null=True)
    lv_political_theory = models.SmallIntegerField(null=True)
    lv_state_management = models.SmallIntegerField(null=True)
    lv_informatics = models.SmallIntegerField(null=True)
    lv_foreign_language = models.SmallIntegerField(null=True)
    lv_ethnic_language = models.SmallIntegerField(null=True)
    lv_defence_security = models.SmallIntegerField(null=True)
    lv_ethnic_affairs = models.SmallIntegerField(null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "tình trạng"
        verbose_name_plural = "tình trạng"
        constraints = [
            models.UniqueConstraint(fields=["official", "valid_from"], name="standing_once_a_day")
        ]
        indexes = [
            # Holds all that most figures ask, so that they never read the rows.
            models.Index(fields=FIGURES, name="standing_figures"),
            # The same in the order of lists of people: a page is found without sorting them all.
            models.Index(fields=["sort_key", "official", *FIGURES], name="standing_order"),
            models.Index(fields=["valid_to", "valid_from"], name="standing_period"),
        ]

    def __str__(self):
        return f"{self.official_id} {self.valid_from}–{self.valid_to}"
