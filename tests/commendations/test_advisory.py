"""An advisory vote stands beside nominations: it opens no door, closes none, and orders no list."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client

from tests.commendations import county
from tests.gradings.county import DAY, County
from xianfeng.evaluations import freezing, results, sheets, slips
from xianfeng.evaluations.batches import Counted
from xianfeng.evaluations.models import JudgedUnit
from xianfeng.problems import Problem
from xianfeng.scheme.faults import Faults
from xianfeng.scheme.loader import load_package, with_libraries

VOTED = county.SCHEME.replace(
    "\ncommendations:\n",
    """
evaluations:
  vote: {title: 推荐票, electorate: list, every: quarter, questions: {yes: {title: 推荐不推荐, ask: yes_no}}}
commendations:
""",
).replace("    noticed: noticed\n", "    advisory: vote\n    noticed: noticed\n")
HISTORICAL = VOTED.replace('at: "350121"\n', 'at: "350121"\nhistorical: true\n')
NINE = dt.time(9, tzinfo=dt.UTC)
ELIGIBLE = "/office/judgement/commendations/graded-2012/yearly"


@pytest.fixture
def here(db: None) -> County:
    return county.here(HISTORICAL)


def voted(here: County, day: dt.date, **yes: int) -> None:
    """A round in which so many of fifty of each village say yes, on paper, counted by two and published."""
    office = [replace(here.office, id=person, person=person, at=dt.datetime.combine(day, NINE)) for person in (1, 2)]
    asked = {int(village[1:]): most for village, most in yes.items()}
    lists = {code: tuple(f"{code}-{n:02}" for n in range(50)) for code in map(code_of, range(len(here.villages)))}
    row = freezing.begin(scheme="graded-2012", evaluation="vote", day=day, by=office[0])
    freezing.freeze(number=row.id, roll=lists, by=office[0])
    electorates = {unit.code: unit.electorate.number for unit in JudgedUnit.objects.filter(electorate__round=row)}
    slips.issue(number=row.id, issued=dict.fromkeys(electorates.values(), 50), by=office[0])
    returned = {electorates[code_of(n)]: 50 if n in asked else 0 for n in range(len(here.villages))}
    slips.close(number=row.id, returned=returned, by=office[0])
    for n, most in asked.items():
        sheet = Counted(slips=50, invalid=0, counts={"yes": {"yes": most, "no": 50 - most, "": 0}})
        for by in office:
            sheets.enter(number=row.id, pool=electorates[code_of(n)], batch=1, counted=sheet, by=by)
    results.publish(number=row.id, by=office[0])


def code_of(village: int) -> str:
    return f"35012110{village // 3}20{village % 3}"


def rows(office: Client, show: str) -> list[str]:
    page = office.get(f"{ELIGIBLE}?show={show}").content.decode()
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    return body.split("<tr")[1:]


def test_a_living_scheme_holds_no_vote_not_even_as_advice() -> None:
    loaded = load_package(with_libraries({"scheme.yaml": VOTED}))
    assert isinstance(loaded, Faults)
    (fault,) = loaded
    assert fault.code == "law_advisory_vote"
    assert "historical: true" in fault.hint


def test_votes_of_the_latest_round_stand_beside_and_order_nothing(here: County) -> None:
    office = here.client(here.county, "office")
    before = [row[row.index("/organisations/") :][:28] for row in rows(office, "lacking")]
    voted(here, dt.date(2012, 2, 20), v0=20, v3=25)
    voted(here, DAY, v0=18, v4=50)
    shown = [*rows(office, "eligible"), *rows(office, "lacking")]
    (first,) = (row for row in shown if ">第1村<" in row)
    (fifth,) = (row for row in shown if ">第5村<" in row)
    (fourth,) = (row for row in shown if ">第4村<" in row)
    assert "是 18 票，否 32 票" in first
    assert "20 票" not in first
    assert "是至少 45 票" in fifth
    assert "是 " not in fourth, "voted on in an earlier round alone"
    assert [row[row.index("/organisations/") :][:28] for row in rows(office, "lacking")] == before


def test_no_vote_makes_anybody_eligible_or_unfit(here: County) -> None:
    office = here.client(here.county, "office")
    voted(here, dt.date(2012, 2, 20), v0=0, v4=50)
    fit, unfit = rows(office, "eligible"), rows(office, "lacking")
    able = next(n for n in range(len(here.villages)) if any(f">第{n + 1}村<" in row for row in fit))
    lacking = next(n for n in range(len(here.villages)) if any(f">第{n + 1}村<" in row for row in unfit))
    voted(here, DAY, **{f"v{able}": 0, f"v{lacking}": 50})
    assert county.nominated(here, able).state == "nominated"
    with pytest.raises(Problem):
        county.nominated(here, lacking)
