from django.urls import reverse
from tests.reports_pages.base import Province, make_target
from trainingplans.plans.models import Programme

class Smoke(Province):
    def test_all(self):
        p = Programme.objects.create(title="Đề án X", number="1/QĐ")
        t=self.target; t.programme=p; t.save()
        for name,args in [("reports:dashboard",[]),("reports:heat",[]),("reports:targets",[]),("reports:target",[t.pk]),("reports:target_units",[t.pk]),("plans:programmes",[]),("plans:programme",[p.pk]),("plans:programme_new",[]),("plans:programme_edit",[p.pk]),("plans:programme_delete",[p.pk]),("plans:references",[]),("plans:target_new",[]),("plans:target_edit",[t.pk]),("plans:target_history",[t.pk]),("plans:target_delete",[t.pk]),("todo",[]),("search",[]),("help",[])]:
            r=self.see(self.staff, reverse(name,args=args)); self.assertNotIn("{%", r.content.decode())
        for s in ["vai-tro","nhap-danh-sach","so-lieu","dieu-kien","tu-ngu"]: self.see(self.admin, reverse("help_page",args=[s]))
        r=self.see(self.staff, "/tim/?q=lo van an"); print(r.content.decode()[-1800:])
        for q in ["export=xlsx","export=xlsx&gi=don-vi"]:
            self.see(self.staff, reverse("reports:target",args=[t.pk])+"?"+q)
        self.see(self.staff, "/muc-tieu/?export=xlsx")
