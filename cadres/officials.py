"""Small rules about officials that several writers share."""

from trainingplans.lib.text import fold, person_key, tidy

LEADING = (
    "chu tich",
    "pho chu tich",
    "bi thu",
    "pho bi thu",
    "giam doc",
    "pho giam doc",
    "truong phong",
    "pho truong phong",
    "pho phong",
    "truong ban",
    "pho truong ban",
    "pho ban",
    "chanh van phong",
    "pho chanh van phong",
    "chanh thanh tra",
    "pho chanh thanh tra",
    "chi cuc truong",
    "pho chi cuc truong",
    "cuc truong",
    "pho cuc truong",
    "hieu truong",
    "pho hieu truong",
    "vien truong",
    "truong khoa",
    "pho truong khoa",
    "chi huy truong",
    "chi huy pho",
    "pho chi huy truong",
    "chinh uy",
)


def is_leading(position):
    """Whether a position, by its words, is one of leadership or management."""
    key = fold(position).replace("q. ", "")
    return key.startswith(LEADING)


def set_keys(official):
    """Tidy the name and fill the columns that search and order by; before each save."""
    official.full_name = tidy(official.full_name)
    official.search_key = fold(official.full_name)
    official.sort_key = name_key(official.full_name, official.sort_name)


def name_key(full_name, sort_name=""):
    """The order among people: by given name; by `sort_name` first where it is given."""
    return person_key(f"{full_name} {sort_name}" if sort_name else full_name)
