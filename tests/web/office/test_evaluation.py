"""The office counts a batch of a published round again: the page says what it means, and tells what does not add up."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from tests.evaluations import towns
from tests.evaluations.towns import Towns, closed, counted, twice
from tests.web.office.conftest import Desk
from xianfeng.accounts.models import Account
from xianfeng.evaluations import published, results
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry.actions import appoint, enter

FIGURES = {"slips": "30", "invalid": "0", "satisfied-0": "10", "satisfied-1": "15", "satisfied-2": "5"}
SHEET = {**FIGURES, "satisfied-3": "0", "kept-0": "20", "kept-1": "10", "kept-2": "0"}


@pytest.fixture
def here(db: None) -> Towns:
    return towns.towns()


@pytest.fixture
def row(here: Towns) -> EvaluationRound:
    made = closed(here, (40,), {1: 30})
    twice(here, made, 1, counted(20, 5, 5, 0, kept=(20, 10, 0)))
    return results.publish(number=made.id, by=here.office())


@pytest.fixture
def desk(here: Towns) -> Desk:
    by, day = Actor(kind=ActorKind.IMPORT, id=1), dt.date(2012, 1, 4)
    person = enter(code="third", name="张三", day=day, by=by)
    appoint(person=person, organisation=here.county, role="office", day=day, by=by)
    client = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="127.0.0.1")
    account = Account.objects.create(username="third", person_id=person)
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return Desk(client)


def test_a_published_batch_is_counted_again_with_a_reason(desk: Desk, row: EvaluationRound) -> None:
    at = f"/office/judgement/evaluations/{row.id}"
    counting = f"{at}/counting"
    assert counting in desk.get(at)
    sheet = f"{counting}/1/1"
    assert sheet in desk.get(counting)
    assert "更正的理由" in desk.get(sheet)
    refused = desk.client.post(sheet, SHEET)
    assert refused.status_code == 422
    assert "更正要写明理由" in refused.content.decode()
    done = desk.client.post(sheet, {**SHEET, "reason": "两个选项录反"}, follow=True)
    assert "已更正" in done.content.decode()
    assert "两个选项录反" in desk.get(at)
    found = published.read(row)
    assert found is not None
    assert found.total["satisfied"].at_least["good"] == 10
