"""What the preview asks: which content the courses belong to that no phrase tells."""

from courses.models import Category

SHOWN = 50  # titles asked at once, those with most rows first
LEFT = "-"  # looked at and left without a content
NAME = "noi-dung-"


def part(batch):
    """The section of the preview: {count, courses, options}; None where every course is mapped."""
    unmapped = batch.report.get("unmapped", [])
    if not unmapped:
        return None
    chosen = batch.choices.get("courses", {})
    return {
        "count": len(unmapped),
        "courses": [
            {"name": f"{NAME}{place}", "title": title, "rows": rows, "chosen": chosen.get(key, "")}
            for place, (key, title, rows) in enumerate(unmapped[:SHOWN])
        ],
        "options": [
            {"code": category.code, "label": f"{category.code}  {category.name}"}
            for category in Category.objects.order_by("code")
        ],
    }


def answers(batch, posted):
    """{"courses": {key of a title: code, "-" for none}} out of the form; {} for no answer."""
    codes = {*Category.objects.values_list("code", flat=True), LEFT}
    found = {
        key: code
        for place, (key, _, _) in enumerate(batch.report.get("unmapped", [])[:SHOWN])
        if (code := posted.get(f"{NAME}{place}", "")) in codes
    }
    return {"courses": batch.choices.get("courses", {}) | found} if found else {}
