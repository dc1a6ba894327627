from django.test import TestCase
from django.urls import reverse
from tests.factories import *
from cadres.models import *
import datetime
class Smoke(TestCase):
    def test_pages(self):
        u=make_unit(name="Xã Một"); make_trait(u); make_language(u,"Mông")
        g=make_group("Tày")
        for l in ["professional","political_theory","informatics","defence_security"]:
            make_level(l,"TC"); make_level(l,"DH")
        p=make_official(u,full_name="Đặng Văn Ý",levels={"professional":"DH"},ethnic_group=g,gender="nam",personal_id="011091000123",birth_date=datetime.date(1991,3,14),position="Chủ tịch UBND")
        make_qualification(p,"informatics",detail="MOS")
        make_qualification(p,"ethnic_language","CO",detail="Thái")
        PartyStatus.objects.create(official=p,member=True,joined_on=datetime.date(2017,2,3))
        PlanningEntry.objects.create(official=p,post="Bí thư"); Appraisal.objects.create(official=p,year=2025,grade="HTT")
        a=make_account("staff",unit=u); self.client.force_login(a)
        post=p.postings.get()
        names=[("officials",{}),("official",dict(pk=p.pk)),("official_postings",dict(pk=p.pk)),("official_qualifications",dict(pk=p.pk)),("official_plans",dict(pk=p.pk)),("official_history",dict(pk=p.pk)),("official_edit",dict(pk=p.pk)),("official_add",{}),("posting_move",dict(pk=p.pk,row=post.pk)),("posting_end",dict(pk=p.pk,row=post.pk)),("units",{}),("unit",dict(pk=u.pk)),("unit_add",{}),("unit_edit",dict(pk=u.pk)),("unit_close",dict(pk=u.pk)),("trait_add",dict(pk=u.pk)),("language_add",dict(pk=u.pk)),("trait_end",dict(pk=u.pk,row=u.traits.get().pk)),("roster_template",{})]
        for part,rel in [("vi-tri","postings"),("van-bang","qualifications"),("dang-vien","party_statuses"),("quy-hoach","planning_entries"),("danh-gia","appraisals")]:
            row=getattr(p,rel).first().pk
            names+=[("part_add",dict(pk=p.pk,part=part)),("part_edit",dict(pk=p.pk,part=part,row=row)),("part_delete",dict(pk=p.pk,part=part,row=row))]
        for n,kw in names:
            r=self.client.get(reverse("cadres:"+n,kwargs=kw)); self.assertEqual(r.status_code,200,(n,kw))
        r=self.client.get("/can-bo/?xuat=xlsx"); self.assertEqual(r.status_code,200)
        open("/tmp/x.xlsx","wb").write(r.content)
        self.client.force_login(make_account("admin"))
        for n in ["accounts","account_add","audit"]:
            self.assertEqual(self.client.get(reverse("cadres:"+n)).status_code,200,n)
        self.assertEqual(self.client.get(reverse("cadres:account_edit",args=[a.pk])).status_code,200,n)
        for m in ["ethnicgroup","level","commune"]:
            self.assertEqual(self.client.get(reverse(f"admin:cadres_{m}_changelist")).status_code,200,n)
            self.assertEqual(self.client.get(reverse(f"admin:cadres_{m}_add")).status_code,200,n)
            self.assertEqual(self.client.get(reverse(f"admin:cadres_{m}_import")).status_code,200,n)
