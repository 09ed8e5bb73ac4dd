"""The author reads what it is about and explains; the office sees both texts and lets it rest; others see nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.inspections import plans
from tests.ledger.factories import DAY, World
from xianfeng.accounts.models import Account
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import actions as registry
from xianfeng.signals import finding
from xianfeng.signals.models import Signal

TEXT = "上午由支部书记领学两章，下午分三组讨论水渠怎么修，记下九条意见，当场定了五条"
LIST = "/desk/signals"
TOLD = "/office/judgement/signals/"


@pytest.fixture
def one(world: World) -> Signal:
    for at, words in ((world.village, f"{TEXT}，月底答复"), (world.other_village, f"{TEXT}，会后聚餐")):
        world.file(by=world.of(at), organisation=at, values={"text": words})
    finding.find(day=timezone.localdate())
    return Signal.objects.get()


def client(organisation: int, role: str) -> Client:
    name, by = f"{role}-{organisation}", Actor(kind=ActorKind.IMPORT, id=1)
    person = registry.enter(code=name, name=name, day=DAY, by=by)
    registry.appoint(person=person, organisation=organisation, role=role, day=DAY, by=by)
    return signed_in(person)


def signed_in(person: int) -> Client:
    visitor = Client(HTTP_HOST="127.0.0.1")
    account = Account.objects.create(username=f"account-{person}", person_id=person)
    visitor.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return visitor


def read(visitor: Client, address: str, status: int = 200) -> str:
    answer = visitor.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_from_the_authors_desk_to_the_office_that_lets_it_rest(world: World, one: Signal) -> None:
    author, office = client(world.other_village, "clerk"), client(world.city, "office")
    words, address = f"第 {one.other} 号记录有", f"{LIST}/{one.id}"
    assert words in read(author, LIST)
    assert words not in read(office, TOLD), "the author has it first"
    read(office, address, 404)
    page = read(author, address)
    assert "会后聚餐" in page
    assert "月底答复" not in page, "the other village's text is not public"
    author.post(f"{address}/answer", {"words": "两村一起学的"})
    assert words in read(office, TOLD)
    page = read(office, address)
    assert "两村一起学的" in page
    assert "<mark>月底答复</mark>" in page
    assert "<mark>会后聚餐</mark>" in page
    assert "要写明理由" in office.post(f"{address}/answer", {"words": " "}, follow=True).content.decode()
    office.post(f"{address}/answer", {"words": "电话核实过"})
    assert words not in read(office, TOLD)
    read(office, address, 404)
    for page in (read(author, LIST), read(author, address)):
        assert "电话核实过" in page, "whoever was asked is told why it rests"
        assert words in page
    assert "<textarea" not in read(author, address)
    assert author.post(f"{address}/answer", {"words": "还有话说"}).status_code == 404


@pytest.mark.parametrize("role", ["clerk", "reviewer", "office"])
def test_nobody_else_sees_or_answers_it(world: World, one: Signal, role: str) -> None:
    for organisation in (world.village, world.other_town):
        stranger = client(organisation, role)
        assert f"第 {one.other} 号记录有" not in read(stranger, LIST)
        read(stranger, f"{LIST}/{one.id}", 404)
        assert stranger.post(f"{LIST}/{one.id}/answer", {"words": "没有的事"}).status_code == 404
    one.refresh_from_db()
    assert one.explained is None


def test_whoever_inspects_a_unit_reads_on_his_sheet_what_is_told_of_it(db: None) -> None:
    drawn = plans.county()
    visit = next(one for one in drawn.drawn().visits.all() if one.inspectors == ("P-督查员一",))
    kept = drawn.office.file("visit", "青口村", "2012-03-01 09:00", {"people": {"villagers": 30}})
    for number, organisation in enumerate((visit.organisation, drawn.office.number["福州市"])):
        Signal.objects.create(
            campaign=drawn.office.scheme.name, rule="same_file", record=kept.id, field="note", other=900 + number,
            organisation=organisation, told={}, beside=[], begun=DAY, found=DAY,
        )  # fmt: skip
    page = read(signed_in(drawn.office.people["督查员一"]), f"/desk/inspections/{visit.id}")
    assert f"第 {kept.id} 号记录的“情况记录”与第 900 号记录有同一个文件" in page
    assert "第 901 号记录" not in page, "it is another organisation's"


def test_the_list_asks_no_more_of_the_database_for_more(world: World, one: Signal) -> None:
    author = client(world.other_village, "clerk")
    read(author, LIST)
    with CaptureQueriesContext(connection) as few:
        read(author, LIST)
    for number in range(2, 20):
        Signal.objects.create(
            campaign=one.campaign, rule=one.rule, record=one.record, field=one.field, organisation=one.organisation,
            other=one.other + 1000 * number, told=one.told, beside=[], begun=one.begun, found=one.found,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        read(author, LIST)
    assert len(many) == len(few)
