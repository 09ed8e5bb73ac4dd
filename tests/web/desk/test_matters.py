"""Matters on the desk: a list with its codes, another code for one that was lost, an answer that is made public; and
nothing of who brought one, wherever the public looks."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from pytest_django.fixtures import Settings

from tests.web.conftest import DAY
from tests.web.desk.conftest import OTHER_TOWN, TOWN, VILLAGE, Desk, records, text
from xianfeng import opendata
from xianfeng.duties import matching
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.log import seals
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.matters import codes, counterfoils, intake
from xianfeng.matters.intake import CITIZEN, Wish
from xianfeng.search import index

SCHEME = """
xianfeng: 1
scheme: matters-2010
title: 群众诉求办理
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2099-12-31, timezone: Asia/Shanghai}
kinds:
  matter: {intake: true}
measures:
  matters: {title: 群众诉求, unit: 件, count: matter, public: true}
  matters_answered: {title: 已答复的诉求, unit: 件, count: matter, where: "not missing(answered_on)"}
  matters_unresolved: {title: 办结未解决, unit: 件, count: matter, where: "state == 'closed'"}
  response_rate: {title: 诉求答复率, ratio: [matters_answered, matters], beside: matters_unresolved, show: percent}
"""
NAME, PHONE, HOME = "欧阳建国", "13850012345", "东街口12号楼302室"
WORDS = f"我是欧 阳建国，住{HOME}，楼道灯坏了，电话138-5001-2345。"
WISH = Wish(text=WORDS, via="web", private=False, name=NAME, phone=PHONE)
LIST, CALL = "/desk/matters/list", "/desk/matters/call"


@pytest.fixture
def campaign(desk: Desk, settings: Settings) -> Desk:
    settings.XIANFENG_SYNTHETIC = False
    desk.site.adopt(SCHEME)
    return desk


def brought(desk: Desk, wish: Wish = WISH) -> tuple[Record, str]:
    code = codes.fresh()
    at = desk.organisation(VILLAGE)
    return intake.file(by=CITIZEN, scheme="matters-2010", organisation=at, wish=wish, code=code), code


def answered(desk: Desk) -> Record:
    record, _ = brought(desk)
    village = desk.organisation(VILLAGE)
    by = Actor(kind=ActorKind.APPOINTMENT, id=village, organisation=village, role="clerk", person=1)
    given = {"assign": {"handler": village}, "answer": {"reply": f"已到{HOME}换好，联系人欧阳建国"}}
    for move in ("accept", "assign", "do_at_once", "answer"):
        values = given.get(move, {})
        record = actions.move(by=by, record=record.id, move=move, day=timezone.localdate(), values=values)
    return record


def sent(clerk: Client, table: str) -> str:
    page = text(clerk.get(LIST))
    seed = re.search(r'name="seed" value="(\w+)"', page)
    assert seed
    file = SimpleUploadedFile("转办单.csv", table.encode(), content_type="text/csv")
    response = clerk.post(LIST, {"scheme": "matters-2010", "seed": seed.group(1), "file": file})
    assert response.status_code in (200, 422)
    return text(response)


def test_a_list_shows_a_code_for_each_and_each_opens(campaign: Desk, clerk: Client) -> None:
    page = sent(clerk, "工单号,诉求内容,联系电话\n2010001,路灯坏了,13850012345\n2010002,水管漏水,\n")
    shown = re.findall(r'code-shown">([\w-]+)<', page)
    assert len(shown) == 2
    assert PHONE not in page
    for code, words in zip(shown, ("路灯坏了", "水管漏水"), strict=True):
        assert words in campaign.site.get(f"/matters/follow/{code}")


def test_a_list_with_a_fault_files_nothing_and_says_where(campaign: Desk, clerk: Client) -> None:
    page = sent(clerk, "诉求内容,类型,提给\n路灯坏了,投诉,\n水管漏水,急事,\n")
    assert "第 3 行：没有“急事”这一类" in unescape(page)
    assert "本单位之下没有" in sent(clerk, "诉求内容,提给\n路灯坏了,荆溪镇\n")
    assert records("matter") == []


def test_a_lost_code_is_replaced_for_whoever_knows_the_telephone(campaign: Desk, clerk: Client) -> None:
    record, old = brought(campaign)
    address, code = f"/desk/matters/{record.id}/code", codes.fresh()
    assert PHONE not in text(clerk.get(address))
    told = {"reason": "报出了日期和经过", "code": code, "name": ""}
    wrong = clerk.post(address, {**told, "phone": "13850012346"})
    assert wrong.status_code == 422
    assert PHONE not in text(wrong)
    assert campaign.site.client.get(f"/matters/follow/{old}").status_code == 200
    given = clerk.post(address, {**told, "phone": PHONE})
    assert code in text(given)
    assert campaign.site.client.get(f"/matters/follow/{old}").status_code == 404
    assert "补发查询码" in campaign.site.get(f"/matters/follow/{code}")
    assert "补发查询码" in text(clerk.get(f"/records/{record.id}"))


def test_nobody_else_replaces_it(campaign: Desk) -> None:
    record, old = brought(campaign)
    address = f"/desk/matters/{record.id}/code"
    told = {"reason": "认识他", "code": codes.fresh(), "phone": PHONE}
    assert campaign.client(OTHER_TOWN, "clerk").post(address, told).status_code == 404
    assert campaign.client(VILLAGE, "leader").post(address, told).status_code == 404
    assert counterfoils.opened(old) == record


def test_whoever_handles_one_sees_what_may_be_the_same(campaign: Desk, clerk: Client) -> None:
    first, _ = brought(campaign, Wish(text="凤凰池社区垃圾屋气味重，请处理", via="web", private=False))
    second, _ = brought(campaign, Wish(text="凤凰池社区的垃圾屋气味重，请处理一下", via="web", private=False))
    page = text(clerk.get(f"/records/{second.id}"))
    box = page.partition('id="alike"')[2].partition("</section>")[0]
    assert f"/records/{first.id}" in box
    assert "文字相近 100%" in box


@pytest.fixture
def published(campaign: Desk, clerk: Client) -> tuple[Record, Record]:
    """A matter, and its answer, made public by a clerk who overlooks everything that a person has to see."""
    matter = answered(campaign)
    page = unescape(text(clerk.get(f"/desk/matters/{matter.id}/publish")))
    offered = dict(re.findall(r'<textarea name="(text|reply)"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL))
    assert set(offered) == {"text", "reply"}
    clerk.post(f"/desk/matters/{matter.id}/publish", {"text": WORDS, "reply": offered["reply"]})
    (reply,) = records("public_reply")
    town = campaign.organisation(TOWN)
    superior = Actor(kind=ActorKind.APPOINTMENT, id=town, organisation=town, role="reviewer", person=2)
    actions.move(by=superior, record=reply.id, move="publish", day=timezone.localdate())
    index.extend()
    return matter, reply


def test_wherever_the_public_looks_it_learns_nothing_of_who_brought_it(
    campaign: Desk, published: tuple[Record, Record]
) -> None:
    matter, reply = published
    seals.seal(by=campaign.site.office)
    package = opendata.package.make("matters-2010")
    bodies = [package.content(file).decode("utf-8", "replace") for file in package.files]
    for address in (
        f"/records/{reply.id}",
        f"/organisations/{VILLAGE}",
        f"/organisations/{VILLAGE}?format=xlsx&table=records",
        "/matters/",
        "/matters/?format=xlsx&table=answered",
        "/schemes/matters-2010",
        "/schemes/matters-2010/bulletins.atom",
        "/figures/matters-2010/matters?format=xlsx&table=records",
        f"/figures/matters-2010/matters/{VILLAGE}",
        "/search?q=路灯",
        "/search?q=楼道灯",
    ):
        response = campaign.site.client.get(address)
        if response.status_code == 200:
            bodies.append(readable(response.content))
    assert any("楼道灯坏了" in body for body in bodies)
    for body in bodies:
        for secret in (NAME, "欧 阳建国", PHONE, "138-5001-2345"):
            assert secret not in body
    for secret in (NAME, PHONE, matter.id):
        assert "没有找到" in campaign.site.get(f"/search?q={secret}")
    assert campaign.site.client.get(f"/records/{matter.id}").status_code == 404


def test_the_page_of_matters_says_how_to_bring_one_and_what_was_answered(
    campaign: Desk, published: tuple[Record, Record]
) -> None:
    matter, reply = published
    page = unescape(campaign.site.get("/matters/"))
    assert "/matters/matters-2010/new?kind=matter" in page
    assert 'href="/matters/follow"' in page
    assert f'href="/records/{reply.id}"' in page
    assert f'href="/organisations/{VILLAGE}"' in page
    assert f"/records/{matter.id}" not in page
    assert reply.day.isoformat() in page


def readable(content: bytes) -> str:
    """A page, or all the texts of a workbook."""
    if not content.startswith(b"PK"):
        return unescape(content.decode())
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


def test_filing_and_following_need_no_script(campaign: Desk) -> None:
    """What a browser without scripts sends: the form as it stands, and the address that it is sent on to."""
    citizen = Client(HTTP_HOST="127.0.0.1")
    page = text(citizen.get(f"/matters/matters-2010/new?for={VILLAGE}&via=qr"))
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    fields |= dict(re.findall(r'<input type="hidden" name="(code)" value="([^"]*)"', page))
    response = citizen.post("/matters/matters-2010/new", {**fields, "text": "路灯坏了", "sort": ""})
    assert response.status_code == 302
    followed = text(citizen.get(response.headers["Location"]))
    assert "待受理" in followed
    again = citizen.post("/matters/follow", {"code": fields["code"].lower()})
    assert again.headers["Location"] == f"/matters/follow/{fields['code']}"
    shown = dict(re.findall(r'<input type="hidden" name="(seq)" value="(\d+)"', followed))
    citizen.post(again.headers["Location"], {**shown, "do": "add", "f-addition": "一共三盏"})
    assert "一共三盏" in text(citizen.get(again.headers["Location"]))


def test_what_falls_due_first_comes_first_on_the_board(campaign: Desk, clerk: Client) -> None:
    village = campaign.organisation(VILLAGE)
    by = Actor(kind=ActorKind.APPOINTMENT, id=village, organisation=village, role="clerk", person=1)
    handled, _ = brought(campaign, replace(WISH, text="三天内答复的"))
    for move in ("accept", "assign", "do_at_once"):
        values = {"handler": village} if move == "assign" else {}
        actions.move(by=by, record=handled.id, move=move, day=timezone.localdate(), values=values)
    brought(campaign, replace(WISH, text="十五分钟内受理的"))
    matching.catch_up(now=timezone.now())
    page = text(clerk.get("/desk/matters/"))
    assert page.index("十五分钟内受理的") < page.index("三天内答复的")


def test_the_board_says_how_many_were_answered_and_beside_it_how_many_were_not_resolved(
    campaign: Desk, clerk: Client
) -> None:
    record = answered(campaign)
    brought(campaign, replace(WISH, text="还没有答复的"))
    village = campaign.organisation(VILLAGE)
    by = Actor(kind=ActorKind.APPOINTMENT, id=village, organisation=village, role="clerk", person=1)
    actions.move(by=by, record=record.id, move="close", day=timezone.localdate(), reason="今年没有预算")
    page = text(clerk.get("/desk/matters/"))
    shown = re.findall(r'<li><a href="([^"]+)"><strong>(.*?)</strong>([^<]+)</a></li>', page)
    assert [(strip_tags(number), title) for _, number, title in shown] == [
        ("50.00%", "诉求答复率"),
        ("1件", "办结未解决"),
    ]
    assert all(clerk.get(unescape(address)).status_code == 200 for address, *_ in shown)


def test_the_telephone_s_form_gives_a_code_to_read_out(campaign: Desk, clerk: Client) -> None:
    page = text(clerk.get(CALL))
    code = re.search(r'name="code" value="([^"]*)"', page)
    assert code
    told = {"scheme": "matters-2010", "via": "phone", "text": "路灯坏了", "code": code.group(1), "phone": PHONE}
    response = clerk.post(CALL, told, follow=True)
    assert f">{code.group(1)}<" in text(response)
    assert PHONE not in text(response)
    assert records("matter")[0].organisation == campaign.organisation(VILLAGE)


def test_an_answer_is_made_public_by_its_own_page_alone(campaign: Desk, clerk: Client) -> None:
    for address in ("new", "grid"):
        assert clerk.get(f"/desk/matters-2010/public_reply/{address}").status_code == 404
    assert "诉求公开答复" not in text(clerk.get("/desk/"))


def test_whoever_writes_names_in_a_row_looks_at_them_again(campaign: Desk, clerk: Client) -> None:
    matter = answered(campaign)
    address = f"/desk/matters/{matter.id}/publish"
    typed = {"text": "路灯坏了", "reply": "王大山、李小梅、陈建军都看过了，打13850012345"}
    again = clerk.post(address, typed)
    assert (again.status_code, "王大山、李小梅、陈建军" in text(again), records("public_reply")) == (422, True, [])
    clerk.post(address, {**typed, "seen": "王大山、李小梅、陈建军"})
    assert [json.loads(reply.values)["reply"] for reply in records("public_reply")] == [
        "王大山、李小梅、陈建军都看过了，打■■■■"
    ]


def test_what_waits_in_a_campaign_that_is_over_is_no_work_of_today_s(campaign: Desk, clerk: Client) -> None:
    """The campaign of 2010 ended on 2012-11-07."""
    brought(campaign, replace(WISH, text="今天提的"))
    village = campaign.organisation(VILLAGE)
    told = {"text": "那年没有答复的", "via": "visit"}
    by = campaign.site.office
    actions.file(by=by, scheme="fuzhou-2010", kind="matter", organisation=village, day=DAY, values=told)
    matching.catch_up(now=timezone.now())
    page = text(clerk.get("/desk/matters/"))
    assert "今天提的" in page
    assert "那年没有答复的" not in page
    assert re.findall(r'aria-current="page">([^<]+)<span class="count">(\d+)<', page) == [("没有办结的", "1")]
    (ended,) = re.findall(r'href="(/desk/matters/[^"]+)">已结束活动的<span class="count">1<', page)
    page = text(clerk.get(ended))
    assert "那年没有答复的" in page
    assert "今天提的" not in page
