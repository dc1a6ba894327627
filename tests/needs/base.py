"""A round of 2027 open for the two communes of the small province."""

from datetime import date, timedelta

from django.urls import reverse

from cadres.models import AuditEvent
from tests.factories import make_account, make_category
from tests.reports_pages.base import Province, SameQueries
from trainingplans.lib.dates import today
from trainingplans.plans.actions import rounds
from trainingplans.plans.models import NeedRound


class NeedsCase(SameQueries, Province):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.theory = make_category("DT.CT.TC", name="Trung cấp LLCT", ladder="political_theory")
        cls.office = make_category("BD.VTVL", name="Văn thư - lưu trữ")
        cls.other_leader = make_account("unit_leader", unit=cls.south)
        cls.other_clerk = make_account("clerk", unit=cls.south)
        cls.round = NeedRound.objects.create(
            year=2027,
            title="Nhu cầu năm 2027",
            opens_on=today(),
            due=today() + timedelta(days=20),
        )
        rounds.move_round(cls.round, "open", by=cls.staff)
        cls.round.refresh_from_db()
        cls.answer = cls.round.answers.get(unit=cls.north)
        cls.other = cls.round.answers.get(unit=cls.south)

    def url(self, name, *ids):
        return reverse(f"plans:{name}", args=ids)

    def send(self, account, name, *ids, status=302, **data):
        """POST to an address as an account."""
        self.client.force_login(account)
        page = self.client.post(self.url(name, *ids), data)
        self.assertEqual(page.status_code, status)
        return page

    def save(self, status=302, account=None, answer=None, note="", step="", was=None, **numbers):
        """Type numbers of contents ({"theory": 5}) into the grid, as the page was shown."""
        answer = answer or self.answer
        data = {"note": note, "step": step}
        there = {n.category_id: n for n in answer.needs.all()} if was is None else was
        for name, typed in numbers.items():
            number, remark = typed if isinstance(typed, tuple) else (typed, "")
            pk = getattr(self, name).pk
            data |= {f"n-{pk}": number, f"g-{pk}": remark}
            if pk in there:
                data |= {f"wn-{pk}": there[pk].number, f"wg-{pk}": there[pk].note}
        return self.send(account or self.clerk, "need_save", answer.pk, status=status, **data)

    def move(self, account, code, answer=None, **data):
        self.send(account, "need_move", (answer or self.answer).pk, move=code, **data)
        return self.state_of(answer)

    def state_of(self, answer=None):
        row = answer or self.answer
        row.refresh_from_db()
        return row.state

    def numbers(self, answer=None):
        """{code of the content: number}."""
        rows = (answer or self.answer).needs.values_list("category__code", "number")
        return dict(rows)

    def name(self, *officials, content=None, account=None, **more):
        content = content or self.theory
        ids = [official.pk for official in officials]
        account = account or self.clerk
        return self.send(account, "need_name", self.answer.pk, content.pk, nguoi=ids, **more)

    def acts(self):
        return list(AuditEvent.objects.order_by("id").values_list("act", flat=True))

    def late(self, days=5):
        self.round.due = today() - timedelta(days=days)
        self.round.opens_on = date(2026, 1, 1)
        self.round.save()
