"""Who comes, goes or moves within a period; a calendar that is edited; a scheme that changes."""

from __future__ import annotations

import pytest

from tests.duties.offices import OPERATOR, Office, at, campaign, day, office
from xianfeng.duties import check, expanding
from xianfeng.duties.models import Duty
from xianfeng.registry import actions as registry
from xianfeng.registry.models import Place
from xianfeng.scheme.loader import load_package, with_libraries
from xianfeng.scheme.nodes import Scheme

VISITS = """
obligations:
  visits:
    {{title: 走访, kind: visit, of: organisations, where: "category == 'village'", at_least: 4, every: quarter{more}}}
"""


def villages(more: str = "") -> Office:
    one = office(campaign(VISITS.format(more=more)))
    one.expand("2012-01-05")
    return one


def quarter(one: Office) -> dict[str, int]:
    return {one.name_of(duty.organisation): duty.least for duty in one.duties("visits", "2012-01-01")}


@pytest.mark.parametrize(
    ("more", "least"),
    [
        pytest.param("", None, id="from the next period"),
        pytest.param(", joining: at_once", 4, id="at once"),
        pytest.param(", joining: pro_rata", 2, id="in proportion to 45 of 91 days, rounded up"),
    ],
)
def test_a_village_founded_within_a_period(db: None, more: str, least: int | None) -> None:
    one = villages(more)
    one.found("350121101299", "新村", "荆溪镇", "2012-02-16")
    one.expand("2012-02-20")
    assert quarter(one).get("新村") == least
    assert one.owing("visits", "2012-04-01")["新村"] == "open"
    assert one.owing("visits", "2012-01-01")["青口村"] == "open"


@pytest.mark.parametrize(
    ("more", "state", "holder"),
    [
        pytest.param("", "void", None, id="falls away"),
        pytest.param(", leaving: superior", "open", "荆溪镇", id="goes up"),
    ],
)
def test_a_village_that_is_dissolved(db: None, more: str, state: str, holder: str | None) -> None:
    one = villages(more)
    registry.close(organisation=one.number["荆溪村"], day=day("2012-02-16"), by=OPERATOR)
    one.expand("2012-02-20")
    (duty,) = [row for row in one.duties("visits", "2012-01-01") if row.organisation == one.number["荆溪村"]]
    assert one.owing("visits", "2012-01-01")["荆溪村"] == state
    assert (duty.holder and one.name_of(duty.holder)) == holder
    assert list(check.check()) == []


def test_a_village_that_moves_owes_under_its_new_superior(db: None) -> None:
    one = villages()
    registry.move(organisation=one.number["荆溪村"], parent=one.number["青口镇"], day=day("2012-02-16"), by=OPERATOR)
    one.expand("2012-02-20")
    (duty,) = [row for row in one.duties("visits", "2012-01-01") if row.organisation == one.number["荆溪村"]]
    parent = Place.objects.get(id=duty.place).parent
    assert parent is not None
    assert one.name_of(parent.organisation_id) == "青口镇"


def test_a_successor_takes_the_duty_over(db: None) -> None:
    one = office(
        campaign(
            "roles: {leading_official: {title: 领导干部}}\n"
            "obligations:\n  points: {title: 联系点, kind: contact_point, of: leading_official, every: year}\n"
        )
    )
    held = one.appoint("前任", "青口镇", "leading_official", "2011-01-01")
    one.expand("2012-01-05")
    one.end(held, "2012-02-16")
    heir = one.appoint("后任", "青口镇", "leading_official", "2012-02-16")
    one.expand("2012-02-20")
    (duty,) = one.duties("points")
    assert (duty.appointment, duty.answers, duty.holder) == (held, heir, None)
    values = {"leader": one.people["后任"], "rank": "township", "target": one.number["青口村"]}
    one.file("contact_point", "青口镇", "2012-03-01 10:00", values)
    one.catch_up("2012-03-02")
    assert one.owing("points") == {"青口镇": "met"}


def test_a_new_version_says_what_it_would_change_and_then_does(db: None) -> None:
    one = villages()
    text = campaign(VISITS.format(more="").replace("at_least: 4", "at_least: 2"))
    loaded = load_package(with_libraries({"scheme.yaml": text}))
    assert isinstance(loaded, Scheme)
    before = list(Duty.objects.order_by("id").values())
    told = expanding.preview(loaded, now=at("2012-02-20"))
    assert [(row.added, row.changed, row.voided) for row in told] == [(0, 3, 0), (0, 3, 0)]
    assert list(Duty.objects.order_by("id").values()) == before
    one.adopt(text)
    done = one.expand("2012-02-20")
    assert done == told
    assert set(quarter(one).values()) == {2}


def test_what_a_new_version_drops_is_void(db: None) -> None:
    one = villages()
    one.adopt(campaign(""))
    one.expand("2012-02-20")
    assert set(one.owing("visits").values()) == {"void"}


def test_after_an_event_whoever_is_meant_on_its_day_owes_what_follows(db: None) -> None:
    """The campaign's office is the office of its root: what happens below it makes nobody's office owe anything."""
    rule = "after: commitment.published, due: 5 workdays, every: event"
    one = office(
        campaign(
            f"""
obligations:
  checked: {{title: 公布后核查, kind: visit, of: office, {rule}}}
  visited: {{title: 公布后走访, kind: visit, of: organisations, where: "level == 'township'", {rule}}}
"""
        )
    )
    for name, superior in (("青口镇", "闽侯县"), ("青口村", "青口镇")):
        values = {"promiser": "organisation", "text": "修路"}
        record = one.file("commitment", name, "2012-03-01 10:00", values, state="submitted")
        one.move(record, "review", superior, "2012-03-02 10:00")
    one.catch_up("2012-03-05 09:00")
    assert (list(one.owing("checked")), list(one.owing("visited"))) == ([], ["青口镇"])
