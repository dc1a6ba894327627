"""Reference data of plans: where money comes from."""

from cadres.catalogues import upsert
from trainingplans.plans.models import FundingSource

SOURCES = [
    ("NSTW", "Ngân sách trung ương"),
    ("NSDP", "Ngân sách địa phương"),
    ("DONVI", "Nguồn thu của đơn vị"),
    ("TAITRO", "Tài trợ, viện trợ"),
    ("NGUOIHOC", "Người học tự chi trả"),
]


def load_plan_catalogues():
    """Load the funding sources; {name on screen: Counts}."""
    rows = [
        {"code": code, "name": name, "order": order}
        for order, (code, name) in enumerate(SOURCES, start=1)
    ]
    return {"nguồn kinh phí": upsert(FundingSource, ["code"], rows)}
