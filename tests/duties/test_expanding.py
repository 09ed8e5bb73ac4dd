"""Obligations become duties: whose, for which period, by when; twice is once."""

from __future__ import annotations

import pytest

from tests.databases import Database
from tests.duties.offices import Office, at, campaign, office
from xianfeng.clockwork import worker
from xianfeng.duties.models import Duty, Round
from xianfeng.log.models import Entry

VISITS = """
obligations:
  visits: {title: 走访群众, kind: visit, of: organisations, where: "category == 'village'", at_least: 1, every: month}
"""


@pytest.fixture
def villages(db: None) -> Office:
    return office(campaign(VISITS))


def test_each_that_is_bound_owes_the_period_of_the_day_and_the_next(villages: Office) -> None:
    villages.expand("2012-02-10")
    assert villages.owing("visits", "2012-02-01") == {"青口村": "open", "东台村": "open", "荆溪村": "open"}
    since = [str(one.since) for one in Round.objects.order_by("since")]
    assert since == ["2012-01-01", "2012-02-01", "2012-03-01"]


def test_expanding_twice_changes_nothing(villages: Office) -> None:
    villages.expand("2012-02-10")
    before = list(Duty.objects.order_by("id").values())
    entries = Entry.objects.count()
    assert villages.expand("2012-02-10") == ()
    assert list(Duty.objects.order_by("id").values()) == before
    assert Entry.objects.count() == entries


def test_a_record_meets_the_duty_of_its_organisation_and_period(villages: Office) -> None:
    villages.expand("2012-02-10")
    villages.file("visit", "青口村", "2012-02-12", {"people": {"villagers": 3}})
    villages.catch_up("2012-02-12 10:00")
    assert villages.owing("visits", "2012-02-01") == {"青口村": "met", "东台村": "open", "荆溪村": "open"}
    assert villages.owing("visits", "2012-03-01")["青口村"] == "open"


def test_a_campaign_is_expanded_when_the_worker_next_looks_after_its_adoption(transactional: Database) -> None:
    one = office(campaign(VISITS))
    worker.turn("w", now=at("2012-02-10 09:00"))
    one.adopt(campaign(VISITS.replace("month", "quarter")))
    worker.turn("w", now=at("2012-02-10 09:01"))
    assert one.owing("visits", "2012-04-01") == {"青口村": "open", "东台村": "open", "荆溪村": "open"}
