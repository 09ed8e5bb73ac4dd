"""What a round online is told beside its results: disputed codes, calls; and what the one judged reads of it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests.evaluations import polling, towns
from tests.evaluations.polling import Sides, closed, poll
from tests.evaluations.test_online import handed
from tests.evaluations.towns import NOW, SCHEME, VILLAGES, Towns, frozen
from tests.web.office.conftest import Desk
from tests.web.office.test_evaluation import desk_of
from xianfeng.accounts.models import Account
from xianfeng.ballots.calls import Outcome
from xianfeng.evaluations import calls as calling
from xianfeng.evaluations import polls, results
from xianfeng.evaluations.calls import Calls
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sample import Lot
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry.actions import appoint, enter

DUE = NOW.date() + dt.timedelta(days=1)
HEARD = {
    "used_confirmed": "2",
    "used_denied": "0",
    "used_unreached": "1",
    "unused_confirmed": "1",
    "unused_denied": "2",
    "unused_unreached": "0",
}


@pytest.fixture(scope="module")
def keys() -> Sides:
    return polling.sides()


@pytest.fixture
def here(db: None) -> Towns:
    return towns.towns(SCHEME.replace("merged: superior", "merged: superior\n    annulled_above: 15\n    calls: 3"))


def taken(here: Towns, keys: Sides, folder: Path, *, disputed: int) -> EvaluationRound:
    row = frozen(here, 25)
    files = handed(keys, poll(here, row, keys), folder, disputed)
    closed(here, row, {1: 0}, {1: 0})
    polls.take(number=row.id, folder=files, by=here.office())
    return row


def secretary(here: Towns) -> Desk:
    """Of the village that is judged."""
    by, day = Actor(kind=ActorKind.IMPORT, id=1), dt.date(2012, 1, 4)
    person = enter(code="village", name="王村", day=day, by=by)
    appoint(person=person, organisation=here.villages[0], role="secretary", day=day, by=by)
    client = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="127.0.0.1")
    account = Account.objects.create(username="village", person_id=person)
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return Desk(client)


def test_two_people_type_what_was_heard_and_everybody_reads_it(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = taken(here, keys, tmp_path, disputed=1)
    first, second = desk_of(here, "first", "甲"), desk_of(here, "second", "乙")
    at = f"/office/judgement/evaluations/{row.id}/polls"
    assert "用哪个将来公布的数" in first.get(at)
    assert "没有写那个数哪一天公布" in first.client.post(at, {"do": "announce"}, follow=True).content.decode()
    lot = Lot(value="某期号码", known=DUE)
    calling.announce(number=row.id, lot=lot, by=here.office())
    assert "某期号码" in first.get(at)
    assert "六个数都要填" in first.client.post(at, {"do": "called", "electorate": "1"}, follow=True).content.decode()
    typed = {"do": "called", "electorate": "1", **HEARD}
    assert "请另一个人" in first.client.post(at, typed, follow=True).content.decode()
    assert "两个人录的一致" in second.client.post(at, typed, follow=True).content.decode()
    results.publish(number=row.id, by=here.office())
    page = public(row)
    for told in ("电话回访", "反映被别人用了", "用过的：没打通"):
        assert told in page
    assert calls(page) == ["6", "2", "0", "1", "1", "2", "0", "0"]
    assert note(page) == f"抽谁由 {DUE} 公布的数决定：某期号码。抽到谁不公开，只有监票人能重算。"


def calls(page: str) -> list[str]:
    """Of the one village: how many were to be called, what was heard of both halves, how many are left."""
    (row,) = re.findall(r'id="calls".*?<tbody>\n<tr>(.*?)</tr>\n</tbody>', page, re.DOTALL)
    return re.findall(r"<td[^>]*>(?:<span[^>]*>)?([^<]*)", row)


def note(page: str) -> str:
    (told,) = re.findall(r'id="calls-title">.*?<span class="note">(.*?)</span>', page, re.DOTALL)
    return told


def public(row: EvaluationRound) -> str:
    return Client(HTTP_HOST="127.0.0.1").get(f"/evaluations/{row.id}").content.decode()


def test_where_nobody_arranged_the_calls_everybody_reads_that(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = taken(here, keys, tmp_path, disputed=1)
    results.publish(number=row.id, by=here.office())
    assert calls(public(row)) == ["6", *["没有登记"] * 6, "6"]
    assert "还没有写明用哪个数抽取，一个人也没有回访" in note(public(row))


def test_calls_that_were_due_and_not_made_stand_beside_the_result(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = taken(here, keys, tmp_path, disputed=1)
    results.publish(number=row.id, by=here.office())
    calling.announce(number=row.id, lot=Lot(value="某期号码", known=DUE), by=here.office())
    assert f"抽谁由 {DUE} 公布的数决定：某期号码。从那一天起就该回访，还有 6 人没有结果。" in note(public(row))
    assert calls(public(row)) == ["6", *["没有登记"] * 6, "6"]
    heard = Calls(used=Outcome(2, 0, 1), unused=Outcome(1, 2, 0))
    by = replace(here.office(), at=NOW + dt.timedelta(days=2))
    calling.enter(number=row.id, electorate=1, called=heard, by=by)
    assert calls(public(row)) == ["6", *["只录过一遍"] * 6, "6"]
    assert "还有 6 人没有结果" in note(public(row))


def test_calls_that_are_not_due_yet_say_from_when(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = taken(here, keys, tmp_path, disputed=1)
    results.publish(number=row.id, by=here.office())
    ahead = timezone.localdate() + dt.timedelta(days=1)
    calling.announce(
        number=row.id, lot=Lot(value="某期号码", known=ahead), by=replace(here.office(), at=timezone.now())
    )
    assert f"抽谁由 {ahead} 公布的数决定：某期号码。到那一天才能抽取、回访。" in note(public(row))


def test_the_day_on_which_the_value_is_known_lies_ahead(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = taken(here, keys, tmp_path, disputed=1)
    desk, at = desk_of(here, "first", "甲"), f"/office/judgement/evaluations/{row.id}/polls"
    said = {"do": "announce", "value": "某期号码"}
    known = desk.client.post(at, {**said, "known": timezone.localdate().isoformat()}, follow=True)
    assert "已经产生" in known.content.decode()
    ahead = timezone.localdate() + dt.timedelta(days=1)
    sealed = desk.client.post(at, {**said, "known": ahead.isoformat()}, follow=True).content.decode()
    assert f"要到 {ahead}" in sealed
    assert "登记回访的人数" not in sealed


def test_whom_the_rule_annuls_everybody_reads(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = taken(here, keys, tmp_path, disputed=2)
    desk = desk_of(here, "first", "甲")
    assert "按规定作废" in desk.get(f"/office/judgement/evaluations/{row.id}/polls")
    results.publish(number=row.id, by=here.office())
    assert "超过 15%，按规定作废" in public(row)
    assert "一并不公布：第1村" in public(row)


def test_the_one_judged_reads_what_it_was_told_and_objects(here: Towns, keys: Sides, tmp_path: Path) -> None:
    row = taken(here, keys, tmp_path, disputed=1)
    results.publish(number=row.id, by=here.office())
    notice = Record.objects.get(kind="evaluation_notice")
    own, at = secretary(here), f"/records/{notice.id}"
    assert at in own.get(f"/evaluations/{row.id}")
    assert at in own.get(f"/organisations/{VILLAGES[0]}")
    page = own.get(at)
    assert "满意8票" in page
    assert "参评人员25人" in page
    assert "提异议" in page
    outside = Client(HTTP_HOST="127.0.0.1")
    assert at not in outside.get(f"/evaluations/{row.id}").content.decode()
    assert at not in outside.get(f"/organisations/{VILLAGES[0]}").content.decode()
    assert outside.get(at).status_code == 404
