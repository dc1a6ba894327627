"""Ids of figures and of the handbook."""


def fill(side):
    pass


PLACES = {
    "reports:target": lambda side: {"key": side.target.code},
    "reports:bridge": lambda side: {"key": side.target.code},
    "reports:forecast": lambda side: {"key": side.target.code},
    "help_page": lambda side: {"slug": "nhap-danh-sach"},
}
SHARED = ["help_page"]
MAY_BE_GONE = []
