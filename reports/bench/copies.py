"""A province of any size: copies of a few imported people, with names of their own.

One statement a table, so that millions take minutes. Copies work in all units but the first: it
keeps the same few people whatever the size of the province, so that growth can be told by it.
"""

import random

from django.db import connection
from django.db.models import Max, Min

from cadres.models import Official, PartyStatus, Posting, Qualification, Standing, Unit
from cadres.officials import name_key
from reports.bench.scratch import UNITS
from trainingplans.lib.text import fold

NAMES = 100_000  # that copies are called by; common ones several times
BLOCK = 500
FAMILY = {
    "Nguyễn": 30, "Trần": 11, "Lê": 9, "Phạm": 7, "Hoàng": 5, "Vũ": 4, "Đặng": 3, "Bùi": 3,
    "Lò": 5, "Nông": 4, "Triệu": 3, "Dương": 3, "Vàng": 3, "Giàng": 3, "Ma": 2, "Hà": 2, "Quàng": 3,
}  # fmt: skip
MIDDLE = ["Văn", "Thị", "Đức", "Minh", "Ngọc", "Thu", "Xuân", "Quang", "Hữu", "Thanh", "A", "Mạnh"]
SECOND = ["", "", "", "Hồng", "Kim", "Bích", "Tuấn", "Anh", "Bảo", "Thùy"]
GIVEN = [
    "An", "Bình", "Chi", "Dũng", "Đào", "Giang", "Hà", "Hương", "Khánh", "Lan", "Ưng", "Yến",
    "Hùng", "Cường", "Tuấn", "Hải", "Long", "Sơn", "Thắng", "Trung", "Nam", "Phong", "Linh",
    "Mai", "Nga", "Oanh", "Phượng", "Quỳnh", "Thảo", "Trang", "Vân", "Xuân", "Dinh", "Páo", "Sùng",
]  # fmt: skip


def multiply(officials, units):
    """Copy the people that there are until they are `officials`, over so many units."""
    people = Copied(Official)
    copies = -(-officials // people.number) - 1
    if copies < 1:
        return
    last = people.first + officials - 1
    posts, first = Copied(Posting), Unit.objects.aggregate(first=Min("pk"))["first"]
    unit = f"{first + 1} + (it.unit_id - {first} + {UNITS} * copy.number) % {units - 1}"
    person, who = people.moved("it.official_id"), people.moved("it.id")
    named = {column: f"name.{column}" for column in ("full_name", "search_key", "sort_key")}
    numbers = {
        "staff_code": f"CAST({who} AS varchar(12))",
        "personal_id": f"CAST(100000000000 + {who} AS varchar(12))",
    }
    of_person = {"official_id": person}
    post = of_person | {"unit_id": unit}
    seen = {"posting_id": posts.moved("it.posting_id"), "sort_key": "name.sort_key"}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What is copied from right rows is right: no key of another table is looked up.
            cursor.execute("SET session_replication_role = replica")
        _write_names(cursor, min(NAMES, officials))
        for copied, columns, whose in (
            (people, named | numbers, who),
            (posts, post, person),
            (Copied(Qualification), of_person, person),
            (Copied(PartyStatus), of_person, person),
            (Copied(Standing), post | seen, person),
        ):
            cursor.execute(copied.sql(copies, columns, whose, last))
        cursor.execute("DROP TABLE bench_name")
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")


class Copied:
    """The rows of a model, which a copy has again with higher ids."""

    def __init__(self, model):
        self.model = model
        found = model.objects.aggregate(first=Min("pk"), last=Max("pk"))
        self.first, self.number = found["first"], found["last"] - found["first"] + 1

    def moved(self, column):
        """What an id becomes in a copy."""
        return f"{column} + {self.number} * copy.number"

    def sql(self, copies, columns, whose, last):
        """The statement; `columns` {name: SQL}, `whose` the new id of the person, up to `last`."""
        columns = {"id": self.moved("it.id"), **columns}
        names = [field.attname for field in self.model._meta.concrete_fields]
        picked = ", ".join(columns.get(name, f"it.{name}") for name in names)
        table = self.model._meta.db_table
        return (
            f"INSERT INTO {table} ({', '.join(names)})"  # noqa: S608 - constants only
            " WITH RECURSIVE copy(number) AS (SELECT 1 UNION ALL"
            f" SELECT number + 1 FROM copy WHERE number < {copies})"
            f" SELECT {picked} FROM copy CROSS JOIN {table} it"
            f" JOIN bench_name name ON name.id = ({whose}) % (SELECT COUNT(*) FROM bench_name)"
            f" WHERE it.id < {self.first + self.number} AND {whose} <= {last}"
        )


def _write_names(cursor, count):
    cursor.execute(
        "CREATE TEMPORARY TABLE bench_name (id integer PRIMARY KEY, full_name varchar(120),"
        " search_key varchar(250), sort_key varchar(500))"
    )
    rows = [(number, name, fold(name), name_key(name)) for number, name in enumerate(names(count))]
    for start in range(0, count, BLOCK):
        block = rows[start : start + BLOCK]
        places = ", ".join(["(%s, %s, %s, %s)"] * len(block))
        values = [value for row in block for value in row]
        cursor.execute(f"INSERT INTO bench_name VALUES {places}", values)  # noqa: S608
    cursor.execute("ANALYZE bench_name")


def names(count, seed=11):
    """`count` full names, the common ones several times."""
    draw = random.Random(seed)  # noqa: S311 - invented people
    for family in draw.choices(list(FAMILY), FAMILY.values(), k=count):
        words = [family, draw.choice(MIDDLE), draw.choice(SECOND), draw.choice(GIVEN)]
        yield " ".join(filter(None, words))
