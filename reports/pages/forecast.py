"""The forecast of a target: its parts, what is still needed by unit, a supposition, a back-test."""

from collections import Counter
from fractions import Fraction

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cadres.models import Unit
from courses.models import ClassState, Course, TrainingClass
from reports import exporting
from reports.backtest import backtest_of, mean_error
from reports.figures import pair_of
from reports.forecast import Extra, forecast_of, seats_for, worst_units
from reports.pages.asking import XLSX, must, target_asked
from reports.trends import points, trends
from trainingplans.lib import charts
from trainingplans.lib.access import needs
from trainingplans.lib.dates import show
from trainingplans.lib.numbers import (
    format_number,
    format_percent,
    format_percent_figure,
    format_signed,
    format_threshold,
    percent_of,
)
from trainingplans.lib.widgets import QuickSelect

UNITS_SHOWN = 15
RATES = {
    "course": "của khóa này",
    "category": "của các khóa cùng nội dung",
    "all": "của mọi khóa",
    "none": "chưa có lịch sử, lấy 100 %",
}


class SupposeForm(forms.Form):
    """One more class: in which course, how many seats, which share passes. Nothing is stored."""

    khoa = forms.ModelChoiceField(
        Course.objects.none(), label="Khóa", required=False, empty_label="Khóa bất kỳ giúp đạt"
    )
    suat = forms.IntegerField(
        label="Số suất",
        min_value=1,
        max_value=100_000,
        error_messages={"required": "Chưa ghi số suất. Ghi từ 1 trở lên."},
    )
    ti_le = forms.DecimalField(
        label="Tỉ lệ đạt (%)", min_value=0, max_value=100, required=False, decimal_places=2
    )

    def __init__(self, courses, *args, **options):
        super().__init__(*args, **options)
        field = self.fields["khoa"]
        field.queryset = Course.objects.filter(pk__in=[course.pk for course in courses])
        titles = titles_of(courses)
        field.label_from_instance = lambda course: titles[course.pk]
        field.widget = QuickSelect(choices=field.choices)
        for name in ("suat", "ti_le"):
            self.fields[name].widget = forms.TextInput(
                attrs={"class": "form-control", "inputmode": "decimal"}
            )

    def extra(self):
        """The Extra to suppose, None where nothing (or something wrong) was typed."""
        if not self.is_valid():
            return None
        rate = self.cleaned_data["ti_le"]
        share = None if rate is None else Fraction(rate) / 100
        return Extra(self.cleaned_data["khoa"], self.cleaned_data["suat"], share)


def titles_of(courses):
    """{course id: its name, with the code where several are called so}."""
    number = Counter(course.name for course in courses)
    return {
        course.pk: f"{course.name} ({course.code})" if number[course.name] > 1 else course.name
        for course in courses
    }


def found_for(target, scope, extra=None):
    """The Forecast of a target for a Scope."""
    return forecast_of(pair_of(target), target, scope.on, target.due, scope.units, extra)


def percent_at_due(found):
    """The share at the deadline in percent, None for nobody."""
    return percent_of(found.at_due.attained, found.at_due.population)


def tile_of(found, url):
    """The tile "Dự báo đến hạn"."""
    threshold = found.target.threshold
    low, high = (
        format_percent_figure(percent_of(f.attained, f.population), threshold)
        for f in (found.low, found.high)
    )
    percent = percent_at_due(found)
    return {
        "label": "Dự báo đến hạn",
        "figure": format_percent_figure(percent, threshold),
        "unit": "%" if percent is not None else "",
        "note": _range_note(low, high) if percent is not None else "không có ai để tính,",
        "url": url,
        "link": "gồm những gì",
    }


def _range_note(low, high):
    return f"khoảng {low}–{high} %," if low != high else "không ai đang học,"


def part_rows(found):
    """[{label, attained, population, is_total}]: now, the parts, the deadline."""
    now, at_due = found.now, found.at_due
    rows = [_ends(f"Ngày {show(found.on)}", now)]
    rows += [
        {
            "label": part.words,
            "note": _note(part, found),
            "attained": format_signed(part.attained),
            "population": format_signed(part.population),
        }
        for part in found.parts
    ]
    return [*rows, _ends(f"Đến {show(found.due)}", at_due)]


def _ends(label, figure):
    return {
        "label": label,
        "is_total": True,
        "attained": format_number(figure.attained),
        "population": format_number(figure.population),
    }


def _note(part, found):
    if part.why in ("enrolled", "nominated", "what_if"):
        rate = format_percent(found.rate.percent) if part.people else ""
        return f"{format_number(part.people)} người, tỉ lệ đạt thường {rate}" if rate else ""
    return f"{format_number(part.people)} người" if part.people else ""


def needed_words(found):
    """What is still needed, in one sentence."""
    if percent_at_due(found) is None:
        return "Đến hạn không còn ai thuộc đối tượng."
    if not found.short_by:
        return "Đến hạn dự báo đạt ngưỡng, không cần thêm suất."
    return (
        f"Còn thiếu {format_number(found.short_by)} người: cần thêm "
        f"{format_number(found.seats_needed)} suất, {classes_words(found)}"
        f" {format_number(found.class_size)} người."
    )


def classes_words(found):
    """About how many classes the seats still needed fill; a small unit needs part of one."""
    if found.seats_needed < found.class_size:
        return "chưa đầy một lớp"
    return f"khoảng {format_number(found.classes_needed)} lớp"


def trend_of(target, scope, found):
    """{chart, rows}: the years, today and the forecast with its range."""
    years = [(day, figures[0]) for day, figures in trends([target], scope.on, scope.units)]
    percent = percent_at_due(found)
    ahead = None
    if percent is not None and found.due > found.on:
        ends = [percent_of(f.attained, f.population) for f in (found.low, found.high)]
        ahead = {"on": found.due, "percent": percent}
        if None not in ends:
            low, high = min(*ends, percent), max(*ends, percent)
            ahead |= {"low": low, "high": high}
    drawn = points(years)
    chart = charts.trend(drawn, target.threshold, ahead) if drawn else None
    rows = [_trend_row(show(day), figure) for day, figure in years]
    if ahead:
        rows.append(_trend_row(f"{show(found.due)} (dự báo)", found.at_due))
    return {"trend": chart, "trend_rows": rows}


def _trend_row(label, figure):
    return {
        "label": label,
        "attained": figure.attained,
        "population": figure.population,
        "percent": percent_of(figure.attained, figure.population),
    }


@needs("plans.view_target")
@require_GET
def forecast(request, key):
    """All of a target's forecast; with `suat` a supposition beside it."""
    target, scope = target_asked(request, key)
    plain = found_for(target, scope)
    form = SupposeForm([c for c, _rate in plain.useful], _typed(request))
    extra = form.extra() if form.is_bound else None
    supposed = found_for(target, scope, extra) if extra else None
    if request.GET.get("export"):
        return _export(request, target, scope, plain)
    tried = backtest_of(target, scope.on, scope.units)
    return render(
        request,
        "reports/forecast.html",
        {
            "target": target,
            "scope": scope,
            "found": plain,
            "percent": percent_at_due(plain),
            "tiles": tiles_of(plain),
            "parts": part_rows(plain),
            "needed": needed_words(plain),
            "form": form,
            "supposed": supposed and _supposed(supposed, plain),
            "courses": _courses(plain),
            "trials": tried,
            "error": mean_error(tried),
            "may_export": request.user.has_perm("reports.export"),
            "export_query": scope.query(export=XLSX),
            **_units(plain, scope),
            **trend_of(target, scope, plain),
        },
    )


def _typed(request):
    return request.GET if "suat" in request.GET else None


def tiles_of(found):
    """The tiles at the top of the page."""
    threshold, at_due = found.target.threshold, found.at_due
    now = percent_of(found.now.attained, found.now.population)
    return [
        {
            "label": f"Ngày {show(found.on)}",
            "figure": format_percent_figure(now, threshold),
            "unit": "%",
            "note": f"{format_number(found.now.attained)} / {format_number(found.now.population)}",
        },
        {
            "label": f"Đến hạn {show(found.due)}",
            "figure": format_percent_figure(percent_at_due(found), threshold),
            "unit": "%",
            "note": f"{format_number(at_due.attained)} / {format_number(at_due.population)}",
        },
        {
            "label": "Còn thiếu đến hạn",
            "figure": format_number(found.short_by),
            "unit": "người",
            "note": f"ngưỡng {format_threshold(threshold)}",
        },
        {
            "label": "Cần thêm",
            "figure": format_number(found.seats_needed),
            "unit": "suất",
            "note": classes_words(found) if found.seats_needed else "",
        },
    ]


def _supposed(found, plain):
    before, now = percent_at_due(plain), percent_at_due(found)
    [part] = [part for part in found.parts if part.why == "what_if"] or [None]
    return {
        "percent": now,
        "before": before,
        "attained": part.attained if part else 0,
        "seats": part.people if part else 0,
        "room": found.room,
        "needed": needed_words(found),
    }


def _courses(found):
    """The courses that help, with their pass rate and the classes open for them."""
    ids = [course.pk for course, _rate in found.useful]
    open_now = [ClassState.PLANNED, ClassState.CALLING, ClassState.DECIDED, ClassState.RUNNING]
    classes = TrainingClass.objects.filter(course__in=ids, state__in=open_now)
    number = {}
    for course in classes.values_list("course", flat=True):
        number[course] = number.get(course, 0) + 1
    titles = titles_of([course for course, _rate in found.useful])
    return [
        {
            "title": titles[course.pk],
            "rate": rate.percent,
            "told": f"{RATES[rate.of]}, {format_number(rate.number)} người"
            if rate.number
            else RATES[rate.of],
            "classes": number.get(course.pk, 0),
        }
        for course, rate in found.useful
    ]


def _units(found, scope):
    units = Unit.objects.in_bulk(list(found.by_unit))
    threshold = found.target.threshold
    rows = [
        {
            "unit": units[pk],
            "url": f"{reverse('reports:target', args=[found.target.pk])}?"
            + scope.query(don_vi=units[pk].code),
            "attained": figure.attained,
            "population": figure.population,
            "percent": percent_of(figure.attained, figure.population),
            "short": figure.short_by(threshold),
            "seats": seats_for(figure.short_by(threshold), found.rate),
        }
        for pk, figure in worst_units(found, units)
    ]
    return {"units": rows[:UNITS_SHOWN], "more_units": rows[UNITS_SHOWN:]}


def _export(request, target, scope, found):
    if request.GET["export"] != XLSX:
        raise Http404
    must(request.user.has_perm("reports.export"))
    rows = _units(found, scope)
    head = ["Mã", "Đơn vị", "Đạt khi đến hạn", "Tổng số khi đó", "Còn thiếu", "Cần thêm suất"]
    table = [
        [r["unit"].code, r["unit"].name, r["attained"], r["population"], r["short"], r["seats"]]
        for r in [*rows["units"], *rows["more_units"]]
    ]
    title = f"Dự báo {target.name} đến {show(found.due)}, tính từ {show(found.on)}, {scope.words}"
    content = exporting.workbook("Dự báo theo đơn vị", title, head, table)
    detail = exporting.export_detail(scope, rows=len(table))
    return exporting.sent(content, "du-bao", by=request.user, subject=target, detail=detail)
