"""A member before the form of the promise that names him, and what he sends that the form did not ask."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.test import Client

from tests.web.conftest import DAY
from tests.web.desk.conftest import TOWN, VILLAGE, Desk, text, values
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind


@pytest.fixture
def member(desk: Desk) -> Client:
    return desk.client(VILLAGE, "member")


@pytest.fixture
def promise(desk: Desk) -> Record:
    said = {"promiser": "member", "person": desk.account(VILLAGE, "member").person_id, "text": "每周二读报"}
    filed = actions.file(
        by=desk.site.office,
        scheme="fuzhou-2010",
        kind="commitment",
        organisation=desk.organisation(VILLAGE),
        day=DAY,
        values=said,
        state="submitted",
    )
    town = Actor(kind=ActorKind.APPOINTMENT, id=1, organisation=desk.organisation(TOWN), role="reviewer")
    return actions.move(by=town, record=filed.id, move="review", day=DAY)


def send(client: Client, record: Record, move: str, **typed: str) -> Record:
    given = {"day": "2010-06-03", "seq": str(record.seq)} | {f"f-{name}": said for name, said in typed.items()}
    response = client.post(f"/desk/records/{record.id}/{move}", given | {"reason": "天雨"})
    assert response.status_code == 302, text(response)
    return Record.objects.get(id=record.id)


@pytest.mark.parametrize(
    ("move", "asked", "hidden"),
    [("adjust", {"text", "due", "result"}, {"promiser", "person", "topic"}), ("fulfil", {"result", "due"}, {"text"})],
)
def test_the_form_asks_what_he_may_write(
    member: Client, promise: Record, move: str, asked: set[str], hidden: set[str]
) -> None:
    page = text(member.get(f"/desk/records/{promise.id}/{move}"))
    assert {name for name in asked | hidden if f'name="f-{name}"' in page} == asked


def test_before_he_changes_it_he_is_told_that_it_is_reviewed_again(member: Client, promise: Record) -> None:
    assert "改了群众能看到的内容的，提交后状态为“待审核”" in text(member.get(f"/desk/records/{promise.id}/adjust"))


@pytest.mark.parametrize(
    ("move", "state", "said"),
    [("fulfil", "fulfilled", {"result": "读了四次"}), ("adjust", "submitted", {"text": "每周四读报"})],
)
def test_what_the_form_did_not_ask_changes_nothing(
    member: Client, promise: Record, move: str, state: str, said: Mapping[str, str]
) -> None:
    before = values(promise)
    done = send(member, promise, move, promiser="organisation", topic="work", **said)
    assert (done.state, values(done)) == (state, {**before, **said})


def test_nor_does_it_when_the_organisation_fulfils(desk: Desk, promise: Record) -> None:
    done = send(
        desk.client(VILLAGE, "clerk"), promise, "fulfil", result="读了四次", promiser="organisation", text="别的"
    )
    assert values(done) == {**values(promise), "result": "读了四次"}


def test_the_public_reads_what_he_changed_once_it_was_reviewed(desk: Desk, member: Client, promise: Record) -> None:
    address = f"/promises/{promise.id}"
    assert "每周二读报" in text(Client(HTTP_HOST="127.0.0.1").get(address))
    changed = send(member, promise, "adjust", text="每周四读报")
    assert "每周四读报" not in text(Client(HTTP_HOST="127.0.0.1").get(address))
    town = Actor(kind=ActorKind.APPOINTMENT, id=1, organisation=desk.organisation(TOWN), role="reviewer")
    actions.move(by=town, record=changed.id, move="review", day=DAY.replace(day=4))
    assert "每周四读报" in text(Client(HTTP_HOST="127.0.0.1").get(address))
