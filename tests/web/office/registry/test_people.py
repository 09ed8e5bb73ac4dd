"""Who holds which role, ends of terms, and the accounts that go with them."""

from __future__ import annotations

import io
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from docx import Document

from tests.accounts.offices import OPERATOR
from tests.web.office.registry.conftest import Desk, World, hidden
from xianfeng.accounts import actions as accounts
from xianfeng.accounts.models import Account
from xianfeng.registry.models import Appointment, Person
from xianfeng.vault.models import PersonalRead

TOWN = "/office/registry/organisations/{}/appointments"
GOOD = "correct horse 42 battery"
TODAY_ROLES = {"reason": "", "phone": ""}


def appoint(desk: Desk, world: World, **data: object) -> None:
    desk.send(TOWN.format(world.offices.town) + "/new", role="clerk", day="2012-03-16", **TODAY_ROLES, **data)


def test_somebody_new_is_appointed_and_named_only_to_who_may_know(county: Desk, world: World) -> None:
    appoint(county, world, name="张三")
    office = world.desk("office", (world.offices.county, "office"))
    address = TOWN.format(world.offices.town)
    assert "张三" not in county.get(address + "?names=1")
    assert "张三" not in office.get(address)
    assert not PersonalRead.objects.exists()
    assert "张三" in office.get(address + "?names=1")
    assert PersonalRead.objects.get().purpose == "查看任职名单"
    office.client.get(address + "?names=1&format=xlsx")
    assert PersonalRead.objects.filter(purpose="导出任职名单").count() == 1


def test_a_form_sent_twice_appoints_one_person(county: Desk, world: World) -> None:
    address = TOWN.format(world.offices.town) + "/new"
    form = hidden(county.get(address)) | {"name": "张三", "role": "clerk", "day": "2012-03-16"}
    people = Person.objects.count()
    assert [county.client.post(address, form).status_code for _ in range(2)] == [302, 400]
    assert Person.objects.count() == people + 1


def test_a_person_of_another_county_is_not_there(county: Desk, world: World) -> None:
    world.offices.person("elsewhere", (world.offices.beside, "clerk"))
    address = TOWN.format(world.offices.town) + "/new"
    page = county.send(address, 400, person="elsewhere", role="clerk", day="2012-03-16").content.decode()
    assert "本级范围内没有这个编号或用户名" in page
    assert Appointment.objects.filter(organisation=world.offices.town).count() == 0


@pytest.mark.parametrize("door", ["new", "term"])
def test_an_administrator_does_not_make_himself_the_office(county: Desk, world: World, door: str) -> None:
    address = f"/office/registry/organisations/{world.offices.county}/appointments/{door}"
    data = {"person": "county", "role": "office", "person_1": "county", "role_1": "office", "day": "2012-03-16"}
    page = county.send(address, 400, **data).content.decode()
    assert "不能给自己登记任职" in page
    assert not Appointment.objects.filter(role="office").exists()


def test_a_term_ends_for_some_and_begins_for_others(county: Desk, world: World) -> None:
    going = world.offices.account("going", (world.offices.town, "secretary"))
    staying = world.offices.account("staying", (world.offices.town, "clerk"))
    left = Appointment.objects.get(person=going.person_id)
    address = TOWN.format(world.offices.town) + "/term"
    data = {f"leave_{left.id}": "on", "name_1": "新书记", "role_1": "secretary", "day": "2012-03-16", "close": "on"}
    asked = county.send(address, 200, **data).content.decode()
    assert "账号“going”随即停用" in asked
    assert Appointment.objects.filter(until=None, organisation=world.offices.town).count() == 2
    done = county.client.post(address, hidden(asked) | {"confirmed": "yes"})
    left.refresh_from_db()
    assert str(left.until) == "2012-03-16"
    assert Account.objects.get(pk=going.pk).is_active is False
    assert Account.objects.get(pk=staying.pk).is_active is True
    sheet = county.get(done["Location"])
    assert "going" in sheet
    assert "要开账号" in sheet
    words = Document(io.BytesIO(county.client.get(done["Location"] + "&format=docx").content))
    assert [row.cells[0].text for row in words.tables[0].rows] == ["人员编号", "going"]
    assert county.client.post(address, hidden(asked) | {"confirmed": "yes"}).status_code == 400  # once


def test_an_account_is_opened_and_its_link_works_once(county: Desk, world: World) -> None:
    world.offices.person("zhang", (world.offices.town, "clerk"))
    shown = county.send("/office/accounts/new", 200, person="zhang", username="zhang").content.decode()
    (link,) = set(re.findall(r"/account/invitations/[\w-]+", shown))
    account = Account.objects.get(username="zhang")
    assert link not in county.get(f"/office/accounts/{account.pk}")
    assert "还没有设定密码" in county.get("/office/accounts/?state=waiting")
    reader = Client(HTTP_HOST="127.0.0.1")
    password = {"password": "correct horse 42 battery", "again": "correct horse 42 battery"}
    assert [reader.post(link, password).status_code for _ in range(2)] == [302, 404]
    again = county.send("/office/accounts/new", 400, person="zhang", username="zhang2").content.decode()
    assert "此人已有账号“zhang”" in again


def test_closing_an_account_ends_its_sessions(county: Desk, world: World) -> None:
    clerk = world.desk("clerk", (world.offices.town, "clerk"))
    clerk.get("/account/")
    address = f"/office/accounts/{clerk.account.pk}/close"
    assert "立即退出" in county.client.post(address).content.decode()
    clerk.get("/account/")
    assert county.client.post(address, {"confirmed": "yes"}).status_code == 302
    clerk.get("/account/", 302)


def test_taking_an_account_over_is_seen_by_whose_it_is(county: Desk, world: World) -> None:
    clerk = world.offices.account("clerk", (world.offices.town, "clerk"))
    accounts.accept(token=accounts.invite(account=clerk, by=OPERATOR), password=GOOD)
    asked = f"/office/accounts/{clerk.pk}/invite"
    shown = county.client.post(asked, {"confirmed": "yes"}).content.decode()
    (link,) = set(re.findall(r"/account/invitations/[\w-]+", shown))
    assert Client(HTTP_HOST="127.0.0.1").post(link, {"password": GOOD, "again": GOOD}).status_code == 302
    assert "凭邀请链接，发出人：county单位 · 系统管理员" in county.get(f"/office/accounts/{clerk.pk}")
    own = Client(HTTP_HOST="127.0.0.1")
    begun = own.post("/account/sign-in", {"login": "clerk", "password": GOOD}, follow=True).content.decode()
    assert "您的账号有过变动" in begun
    page = own.get("/account/").content.decode()
    assert "知道了" in page
    assert "凭邀请链接，发出人：county单位 · 系统管理员" in page.partition("知道了")[0]
    own.post("/account/seen")
    page = own.get("/account/").content.decode()
    assert "知道了" not in page
    assert "凭邀请链接，发出人：county单位 · 系统管理员" in page  # it stays to be read


def test_a_link_that_waits_for_a_second_administrator(county: Desk, city: Desk, world: World) -> None:
    clerk = world.offices.account("clerk", (world.offices.town, "clerk"))
    Authenticator.objects.create(user_id=clerk.pk, type=Authenticator.Type.TOTP, data={})
    address = f"/office/accounts/{clerk.pk}"
    shown = county.client.post(f"{address}/invite", {"confirmed": "yes"}).content.decode()
    assert "另一位系统管理员在账号页面确认以后" in shown
    (link,) = set(re.findall(r"/account/invitations/[\w-]+", shown))
    anybody = Client(HTTP_HOST="127.0.0.1")
    assert "还要另一位系统管理员确认" in anybody.get(link).content.decode()
    county.client.post(f"{address}/confirm", {"confirmed": "yes"})
    assert anybody.get(link).status_code == 404
    assert "确认邀请链接</button>" in city.get(address)
    assert "确认邀请链接</button>" not in county.get(address)
    city.client.post(f"{address}/confirm", {"confirmed": "yes"})
    assert anybody.get(link).status_code == 200


def test_signing_somebody_out_is_written_down(county: Desk, world: World) -> None:
    clerk, browser = world.offices.account("clerk", (world.offices.town, "clerk")), Client(HTTP_HOST="127.0.0.1")
    accounts.accept(token=accounts.invite(account=clerk, by=OPERATOR), password=GOOD)
    browser.post("/account/sign-in", {"login": "clerk", "password": GOOD})
    assert browser.get("/account/").status_code == 200
    county.client.post(f"/office/accounts/{clerk.pk}/sign-out", {"confirmed": "yes"})
    assert browser.get("/account/").status_code == 302
    page = county.get(f"/office/accounts/{clerk.pk}")
    assert re.search(r"在所有设备上退出登录</strong>.*county单位 · 系统管理员", page)


def test_accounts_of_another_county_are_not_there(county: Desk, world: World) -> None:
    other = world.offices.account("other", (world.offices.beside, "clerk"))
    both = world.offices.account("both", (world.offices.beside, "clerk"), (world.offices.town, "clerk"))
    above = world.offices.account("above", (world.offices.city, "leader"))
    page = county.get("/office/accounts/?state=waiting")
    for account in (other, both, above):
        assert f">{account.username}<" not in page
        county.get(f"/office/accounts/{account.pk}", 404)
        assert county.client.post(f"/office/accounts/{account.pk}/invite", {"confirmed": "yes"}).status_code == 404
    page = county.send("/office/accounts/new", 400, person="other", username="mine").content.decode()
    assert "本级范围内没有这个人员" in page


def test_an_account_without_a_role_can_still_be_closed(county: Desk, world: World) -> None:
    from tests.accounts.offices import DAY
    from xianfeng.registry.actions import end_appointment

    account = world.offices.account("gone", (world.offices.town, "clerk"))
    end_appointment(appointment=Appointment.objects.get(person=account.person_id).id, day=DAY, by=OPERATOR)
    county.client.post(f"/office/accounts/{account.pk}/close", {"confirmed": "yes"})
    assert Account.objects.get(pk=account.pk).is_active is False


def test_the_log_of_readings_is_of_the_own_subtree(county: Desk, world: World) -> None:
    world.offices.person("mine", (world.offices.town, "clerk"))
    world.offices.person("theirs", (world.offices.beside, "clerk"))
    city = world.desk("cityoffice", (world.offices.city, "office"))
    for at in (world.offices.town, world.offices.beside):
        city.get(TOWN.format(at) + "?names=1")
    page = county.get("/office/reads")
    assert "人员 mine" in page
    assert "人员 theirs" not in page
    assert "没有人看过" in county.get("/office/reads?exports=1")
    assert county.client.get("/office/reads?format=xlsx").status_code == 200


def test_health_tells_what_to_look_after(county: Desk) -> None:
    page = county.get("/office/health")
    assert "还没有封存过" in page
    assert "xianfeng seal" in page
