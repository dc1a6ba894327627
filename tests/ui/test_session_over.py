"""A session that ends in the middle of work: nothing typed is lost, and where to go on is said."""

import pytest
from django.test import Client

from tests.factories import PASSWORD, make_account, make_unit

pytestmark = pytest.mark.django_db
PAGE, ACT = "/can-bo/?tim=lo", "/nhap-danh-sach/1/lua-chon/"


def test_a_part_of_a_page_gets_no_log_in_page_to_swap_in(client):
    answer = client.post(ACT, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "Những gì vừa gõ vẫn còn trên trang này" in answer.content.decode()
    answer = client.get("/nhap-danh-sach/1/tien-do/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "vừa gõ" not in answer.content.decode()


def test_a_form_leads_back_to_its_page_and_says_that_nothing_was_saved(client):
    answer = client.post(ACT, headers={"Referer": f"http://testserver{PAGE}"}, follow=True)
    assert answer.request["QUERY_STRING"] == "next=%2Fcan-bo%2F%3Ftim%3Dlo"
    assert "những gì vừa gõ chưa được lưu" in answer.content.decode()


def test_a_form_of_elsewhere_leads_to_the_first_page(client):
    answer = client.post(ACT, headers={"Referer": "http://elsewhere.example/can-bo/"})
    assert answer.url.endswith("?next=/")


def test_a_page_that_was_asked_for_is_opened_after_log_in_without_such_words(client):
    answer = client.get(PAGE, follow=True)
    assert answer.request["QUERY_STRING"] == "next=%2Fcan-bo%2F%3Ftim%3Dlo"
    assert "chưa được lưu" not in answer.content.decode()


def test_a_part_with_the_token_of_an_earlier_log_in_gets_a_new_one():
    make_account("clerk", unit=make_unit(), username="daumoi")
    browser = Client(enforce_csrf_checks=True)
    browser.get("/dang-nhap/")
    token = browser.cookies["csrftoken"].value
    sent = {"username": "daumoi", "password": PASSWORD, "csrfmiddlewaretoken": token}
    browser.post("/dang-nhap/", sent)
    part = {"HX-Request": "true"}
    old = browser.post(ACT, {"csrfmiddlewaretoken": token}, headers=part)
    assert old.status_code == 403
    assert "bấm lại nút vừa rồi" in old.content.decode()
    new = {"csrfmiddlewaretoken": old.headers["X-New-Token"]}
    assert browser.post(ACT, new, headers=part).status_code == 404  # no such import: it got in
    browser.logout()
    assert browser.post(ACT, headers=part).status_code == 401


def test_who_logs_out_after_the_end_has_lost_nothing(client):
    answer = client.post("/dang-xuat/", follow=True)
    assert answer.request["PATH_INFO"] == "/dang-nhap/"
    assert "chưa được lưu" not in answer.content.decode()
