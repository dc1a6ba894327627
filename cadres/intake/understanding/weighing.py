"""How well the cells of a column fit what its heading may mean."""

from cadres.intake.parsing.levels import LADDERS
from cadres.intake.understanding.headings import Candidate
from cadres.intake.understanding.shapes import DATES
from cadres.intake.understanding.vocabulary import key

# field -> shapes of which one should fit most cells; others take any text.
EXPECTED = {
    "birth_date": DATES, "birth_male": DATES, "birth_female": DATES, "party_joined": DATES,
    "birth_day": ("number",), "birth_month": ("number",), "birth_year": ("year",),
    "gender": ("gender",), "gender_female": ("mark", "gender"), "gender_male": ("mark", "gender"),
    "ethnic_group": ("ethnic_group",), "personal_id": ("personal_id",),
    "phone": ("phone", "personal_id"),
    "email": ("email",), "rank_code": ("rank_code",), "education": ("education",),
    "professional_level": ("professional_level",), "political_level": ("political_level",),
    "state_level": ("state_level",), "staff_kind": ("staff_kind",), "full_name": ("name", "text"),
    "defence_group": ("defence_group", "mark"), "ethnic_languages": ("ethnic_group", "no", "text"),
    "party_member": ("mark", "no", *DATES, "text"), "index": ("number",),
    "professional_major": ("text",), "position": ("text",), "unit": ("text",), "job": ("text",),
    "department": ("text",), "family_name": ("text",), "given_name": ("text",),
}  # fmt: skip
# Field, shape, share of its cells from which on the shape alone tells the field.
ALONE = (("personal_id", "whole_id", 0.9), ("email", "email", 0.8), ("gender", "gender", 0.95),
         ("ethnic_group", "ethnic_group", 0.9), ("staff_kind", "staff_kind", 0.95),
         ("rank_code", "whole_rank", 0.95))  # fmt: skip
# Nothing else looks like it, whatever the heading: "Địa chỉ".
PLAIN_BY_SHAPE = {"email": 1.01}
# Đảng viên: Chính thức | Dự bị, with marks under both.
PARTY = ("party_member", "party_joined", "-date")
PARTY_LEAVES = ("chinh thuc", "du bi")
# Under these stands what kind of staff somebody is, or anything else.
VAGUE = frozenset(
    ("khoi", "nhom", "loai", "dien", "doi tuong", "phan loai", "thuoc doi tuong",
     "nhom doi tuong", "type", "category")
)  # fmt: skip
# These take words only: marks or numbers under them speak against.
WORDY = ("unit", "position", "professional_major", "full_name", "family_name", "given_name", "job")
STRICT = (
    "personal_id",
    "email",
    "phone",
    "rank_code",
    "ethnic_group",
    "staff_kind",
    "gender",
    *LADDERS,
)


def weigh(offered, shape, path):
    """The candidates of a column, the best first, by what its cells look like."""
    weighed = [o._replace(score=o.score * _factor(o, shape)) for o in offered]
    return sorted(_reinterpret(weighed, shape, path), key=lambda o: -o.score)


def _factor(offer, shape):
    if shape.count == 0:
        return 0.95
    if offer.detail:
        return 0.7 if shape.share("date") > 0.6 and shape.count > 2 else 1.0
    expected = EXPECTED.get(offer.field)
    if not expected:
        return 1.0
    share = shape.dates if expected is DATES else shape.share(*expected)
    if offer.field == "gender" and share < 0.25 and shape.share("number") > 0.6:
        return 0.8  # 1 and 0: a legend may say what they mean
    if offer.field == "ethnic_group" and shape.share("mark") > 0.5:
        return 0.4  # "Dân tộc thiểu số" with marks: says that, not which
    if offer.field in WORDY and (shape.share("text") < 0.3 or shape.share("mark") > 0.5):
        return 0.45
    if shape.count < 3:
        return 1.0 if share else 0.9
    if share >= 0.6:
        return 1.06
    if share >= 0.25 or offer.field not in STRICT:
        return 1.0 if share >= 0.25 else 0.8
    return 0.75 if share >= 0.1 else 0.55


def _reinterpret(offered, shape, path):
    """Where the cells contradict the heading, what the heading may have meant."""
    extra = []
    for offer in offered:
        dates, marks = shape.dates, shape.share("mark", "no")
        if marks > 0.5 and offer.field in PARTY and key(path[-1]) in PARTY_LEAVES:
            extra.append(Candidate("party_member", key(path[-1]), offer.score + 0.1))
        if offer.field in ("gender_female", "gender_male") and dates > 0.5:
            extra.append(Candidate(offer.field.replace("gender", "birth"), None, offer.score + 0.1))
        if offer.detail or shape.count < 2:
            continue
        two_days = offer.field == "-date" and shape.share("two_dates") > 0.5
        if two_days and "dang" in key(path[-1]).split():  # "Ngày vào Đảng/chính thức"
            extra.append(Candidate("party_joined", None, offer.score + 0.05))
        if offer.field == "party_member" and dates > 0.5:
            more = 0.01 if "vao" in key(path[-1]).split() else 0
            extra.append(Candidate("party_joined", None, offer.score + more))
        elif offer.field == "party_joined" and marks > 0.5 > dates:
            extra.append(Candidate("party_member", None, offer.score))
        elif offer.field == "professional_level" and shape.share("professional_level") < 0.25:
            extra += _not_a_degree(offer, shape)
        elif offer.field == "professional_major" and shape.share("professional_level") > 0.7:
            extra.append(Candidate("professional_level", None, 0.7))
        elif offer.field in ("rank_name", "staff_code") and shape.share("rank_code") > 0.5:
            extra.append(Candidate("rank_code", None, offer.score + 0.01))
        elif offer.field == "personal_id" and shape.share("code") > 0.6:
            extra.append(Candidate("staff_code", None, offer.score + 0.01))  # "Mã định danh"
        elif offer.field == "staff_kind" and shape.share("defence_group") > 0.6:
            extra.append(Candidate("defence_group", None, 1.07))  # "Đối tượng"
        elif offer.field == "-minority" and shape.share("ethnic_group") > 0.6:
            extra.append(Candidate("ethnic_group", None, offer.score + 0.01))
        elif offer.field == "full_name" and shape.share("gender") > 0.8:
            extra.append(Candidate("gender", None, offer.score + 0.01))  # "Ông/Bà" beside the names
        elif offer.field == "party_member" and "dv" in key(path[-1]) and shape.share("unit") > 0.6:
            extra.append(Candidate("unit", None, offer.score + 0.1))  # "ĐV"
        elif offer.field == "given_name" and shape.share("name") > 0.6:
            extra.append(Candidate("full_name", None, offer.score))
    known = {offer.field for offer in offered}
    if offered and shape.count > 2 and "-relative" not in known:
        extra += [
            Candidate(name, None, PLAIN_BY_SHAPE.get(name, 0.66))
            for name, form, share in ALONE
            if name not in known and shape.share(form) >= share
        ]
    if key(path[-1]) in VAGUE and shape.count > 2 and not shape.share("staff_kind"):
        offered = [o for o in offered if o.field != "staff_kind"]  # "Khối": Đảng, Chính quyền
    return offered + extra


def _not_a_degree(offer, shape):
    for name in ("education", "political_level", "state_level"):
        if shape.share(name) > 0.6:
            yield Candidate(name, None, max(offer.score * 0.9, 0.72))
            return
    if shape.share("text") > 0.8:
        yield Candidate("professional_major", None, 0.72)
