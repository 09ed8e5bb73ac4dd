"""Comments as a citizen and the office meet them: rules, box, receipt, queue, answer; and what nobody gets to see."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.web.conftest import DAY, Site
from tests.web.office.conftest import acting
from xianfeng.accounts.models import Account
from xianfeng.figures import engine
from xianfeng.figures.interface import Query
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.log.append import head
from xianfeng.registry import tree
from xianfeng.voice import flood
from xianfeng.voice.flood import Limits
from xianfeng.voice.models import Comment

CITY, TOWN, QUEUE = "350100", "350121105", "/office/comments/"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> http://evil.example/?q='\""


@pytest.fixture
def square(site: Site, settings: Settings) -> Site:
    settings.XIANFENG_SYNTHETIC = False
    settings.XIANFENG_COMMENTS = frozenset({"fuzhou-2010"})
    return site


@pytest.fixture
def promised(square: Site) -> Record:
    submitted = promise(square, "submitted")
    return actions.move(by=square.office, record=submitted.id, move="review", day=DAY)


def promise(site: Site, state: str) -> Record:
    town = tree.by_code(TOWN)
    assert town is not None
    return actions.file(
        by=site.office,
        scheme="fuzhou-2010",
        kind="commitment",
        organisation=town.id,
        day=DAY,
        values={"promiser": "organisation", "text": "年底前修好村道"},
        state=state,
    )


def address(record: Record) -> str:
    return f"/comments/fuzhou-2010/promises/{record.id}"


def receipt_on(page: str) -> str:
    found = re.search(r'name="receipt" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def say(site: Site, record: Record, text: str) -> str:
    """Written as a browser without scripts does it; the address of its receipt."""
    form = site.get(address(record))
    answer = site.client.post(address(record), {"text": text, "receipt": receipt_on(form)})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def decide(site: Site, comment: Comment, **typed: str) -> int:
    office = acting(site, CITY, "office").client
    return office.post(f"{QUEUE}{comment.pk}", {"seen": "waiting", **typed}).status_code


def test_the_rules_stand_before_the_box(square: Site, promised: Record) -> None:
    page = square.get(address(promised))
    assert page.index("办公室看过以后才公开") < page.index("<textarea")


def test_from_writing_to_the_answer(square: Site, promised: Record) -> None:
    there = say(square, promised, "路已经修好了")
    assert "等办公室看过" in square.get(there)
    assert "路已经修好了" not in square.get(f"/promises/{promised.id}")
    assert "路已经修好了" not in square.get(address(promised))
    office = acting(square, CITY, "office")
    assert "路已经修好了" in office.get(QUEUE)
    number = Comment.objects.get().pk
    office.client.post(f"{QUEUE}{number}", {"do": "publish", "seen": "waiting"})
    office.client.post(f"{QUEUE}{number}", {"do": "answer", "answer": "谢谢", "before": ""})
    for page in (f"/promises/{promised.id}", address(promised), there):
        assert "路已经修好了" in square.get(page)
        assert "谢谢" in square.get(page)


def test_a_refused_comment_is_told_to_its_writer_alone(square: Site, promised: Record) -> None:
    there = say(square, promised, "骂某人的话")
    assert decide(square, Comment.objects.get(), do="refuse", reason="abuse") == 302
    assert "辱骂、攻击他人" in square.get(there)
    public = square.get(address(promised))
    assert "骂某人的话" not in public
    assert "已有 1 条因此没有公开" in public
    assert "骂某人的话" not in square.get(f"/promises/{promised.id}")


def test_a_hidden_comment_leaves_its_reason(square: Site, promised: Record) -> None:
    say(square, promised, "某人住在三单元")
    comment = Comment.objects.get()
    office = acting(square, CITY, "office").client
    office.post(f"{QUEUE}{comment.pk}", {"do": "publish", "seen": "waiting"})
    office.post(f"{QUEUE}{comment.pk}", {"do": "hide", "reason": "personal"})
    for page in (f"/promises/{promised.id}", address(promised)):
        assert "某人住在三单元" not in square.get(page)
        assert "这条评论已隐藏。原因：写了他人的姓名" in square.get(page)


def test_no_figure_moves(square: Site, promised: Record) -> None:
    city = tree.by_code(CITY)
    assert city is not None
    square.file("task_force", TOWN, name="突击队 {n}", times=3)
    office = acting(square, CITY, "office").client
    query = Query(scheme=promised.scheme_id, measure="task_forces", organisation=city.id, until=DAY)
    before, entries = engine().figure(query), head()
    assert before.value == 3
    say(square, promised, "很好")
    office.post(f"{QUEUE}{Comment.objects.get().pk}", {"do": "publish", "seen": "waiting"})
    assert Comment.objects.get().stage == "published"
    assert (engine().figure(query), head()) == (before, entries)


def test_hostile_text_is_only_text(square: Site, promised: Record) -> None:
    there = say(square, promised, HOSTILE)
    office = acting(square, CITY, "office")
    number = Comment.objects.get().pk
    assert "<script>alert" not in office.get(QUEUE)
    assert "<script>alert" not in office.get(f"{QUEUE}{number}")
    weighed = re.findall(r'name="looked_at" value="([^"]*)"', office.get(f"{QUEUE}{number}"))
    typed = {"do": "publish", "seen": "waiting", "looked_at": [html.unescape(one) for one in weighed]}
    assert office.client.post(f"{QUEUE}{number}", typed).status_code == 302
    for page in (f"/promises/{promised.id}", address(promised), there):
        shown = square.get(page)
        assert html.escape("<script>alert(1)</script>") in shown
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert 'href="http://evil' not in shown


def test_sent_twice_it_is_one(square: Site, promised: Record) -> None:
    code = receipt_on(square.get(address(promised)))
    sent = [square.client.post(address(promised), {"text": "好", "receipt": code}) for _ in range(2)]
    assert [answer["Location"] for answer in sent] == [f"/receipts/{code}"] * 2
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("text", ["", "字" * 501, "好\u202e坏"])
def test_what_is_wrong_stands_beside_the_box_and_nothing_is_lost(square: Site, promised: Record, text: str) -> None:
    answer = square.client.post(address(promised), {"text": text, "receipt": "a" * 32})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in page
    assert text in html.unescape(page)
    assert not Comment.objects.exists()


def test_ten_megabytes_are_too_much(square: Site, promised: Record) -> None:
    answer = square.client.post(address(promised), {"text": "字" * 3_500_000, "receipt": "a" * 32})
    assert answer.status_code == 413
    assert not Comment.objects.exists()


def test_a_flood_is_told_to_stop_and_nothing_typed_is_lost(
    square: Site, promised: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood, "COMMENTS", Limits(of_sender=1, of_sender_on_thing=1, on_thing=1))
    say(square, promised, "第一条")
    answer = square.client.post(address(promised), {"text": "第二条", "receipt": "b" * 32})
    assert answer.status_code == 429
    assert "第二条" in answer.content.decode()
    assert "请明天再来" in answer.content.decode()


def test_a_campaign_that_is_closed_to_comments_says_so(square: Site, promised: Record, settings: Settings) -> None:
    settings.XIANFENG_COMMENTS = frozenset()
    assert "<textarea" not in square.get(address(promised))
    assert "写评论" not in square.get(f"/promises/{promised.id}")
    assert square.client.post(address(promised), {"text": "好", "receipt": "a" * 32}).status_code == 422
    assert not Comment.objects.exists()


def test_what_is_not_public_has_no_comments(square: Site) -> None:
    draft, submitted = promise(square, "draft"), promise(square, "submitted")
    (visit,) = square.file("visit", TOWN, people={"villagers": 1})
    for number in (draft.id, submitted.id, visit, 999_999):
        square.get(f"/comments/fuzhou-2010/promises/{number}", 404)
        there = f"/comments/fuzhou-2010/promises/{number}"
        assert square.client.post(there, {"text": "好", "receipt": "a" * 32}).status_code == 404
    for there in ("bulletins/no98", "bulletins/none", "records/1", "promises/x"):
        square.get(f"/comments/fuzhou-2010/{there}", 404)


def test_of_two_who_decide_at_once_the_second_is_told(square: Site, promised: Record) -> None:
    say(square, promised, "好")
    comment = Comment.objects.get()
    assert decide(square, comment, do="refuse", reason="advert") == 302
    office = Client(HTTP_HOST="127.0.0.1")
    colleague = Account.objects.get(username=f"office-{CITY}")
    office.force_login(colleague, "allauth.account.auth_backends.AuthenticationBackend")
    answer = office.post(f"{QUEUE}{comment.pk}", {"do": "publish", "seen": "waiting"})
    assert answer.status_code == 409
    assert "刚才已由别人处理过" in answer.content.decode()
    assert Comment.objects.get().stage == "refused"


@pytest.mark.parametrize(("code", "role"), [(TOWN, "office"), (CITY, "leader"), (CITY, "administrator")])
def test_nobody_else_reads_the_queue(square: Site, promised: Record, code: str, role: str) -> None:
    say(square, promised, "只给办公室看")
    desk = acting(square, code, role)
    number = Comment.objects.get().pk
    for there in (QUEUE, f"{QUEUE}{number}"):
        assert "只给办公室看" not in desk.get(there, 404)
    assert desk.client.post(f"{QUEUE}{number}", {"do": "publish", "seen": "waiting"}).status_code == 404
    assert Comment.objects.get().stage == "waiting"


def test_a_receipt_is_found_by_its_code_alone(square: Site, promised: Record) -> None:
    there = say(square, promised, "好")
    answer = square.client.get(there)
    assert answer["X-Robots-Tag"] == "noindex"
    square.get("/receipts/" + "x" * 32, 404)
    square.get(f"/receipts/{Comment.objects.get().receipt}", 404)
