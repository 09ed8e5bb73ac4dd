"""An advisory vote stands beside nominations: it opens no door, closes none, and orders no list."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.commendations import county
from tests.gradings.county import DAY, County
from xianfeng.ledger import actions
from xianfeng.ledger.actions import Row
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.scheme.faults import Faults
from xianfeng.scheme.loader import load_package, with_libraries

VOTED = county.SCHEME.replace(
    "\ncommendations:\n",
    """
evaluations:
  vote: {title: 推荐票, electorate: list, questions: {yes: {title: 推荐不推荐, ask: yes_no}}}
commendations:
""",
).replace("    noticed: noticed\n", "    advisory: vote\n    noticed: noticed\n")
HISTORICAL = VOTED.replace('at: "350121"\n', 'at: "350121"\nhistorical: true\n')
ELIGIBLE = "/office/judgement/commendations/graded-2012/yearly"


@pytest.fixture
def here(db: None) -> County:
    return county.here(HISTORICAL)


def counted(here: County, village: int, number: int, *, yes: int, no: int, nearly_all: bool = False) -> None:
    """As a published round has it."""
    house = Actor(kind=ActorKind.IMPORT, organisation=here.county)
    answers = [("yes", yes)] if nearly_all else [("yes", yes), ("no", no)]
    said = {"evaluation": "vote", "round": number, "question": "yes", "nearly_all": nearly_all}
    rows = [
        Row(organisation=here.villages[village], day=DAY, values={**said, "answer": answer, "count": count})
        for answer, count in answers
    ]
    actions.file_many(by=house, scheme="graded-2012", kind="evaluation_result", rows=rows)


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
    counted(here, 0, 1, yes=3, no=40)
    counted(here, 0, 2, yes=12, no=31)
    counted(here, 4, 2, yes=45, no=0, nearly_all=True)
    shown = [*rows(office, "eligible"), *rows(office, "lacking")]
    (first,) = (row for row in shown if ">第1村<" in row)
    (fifth,) = (row for row in shown if ">第5村<" in row)
    assert "是 12 票，否 31 票" in first
    assert "3 票" not in first.replace("31 票", "")
    assert "是至少 45 票" in fifth
    assert [row[row.index("/organisations/") :][:28] for row in rows(office, "lacking")] == before


def test_no_vote_makes_anybody_eligible_or_unfit(here: County) -> None:
    office = here.client(here.county, "office")
    counted(here, 0, 1, yes=0, no=43)
    counted(here, 4, 1, yes=43, no=0)
    fit, unfit = rows(office, "eligible"), rows(office, "lacking")
    able = next(n for n in range(len(here.villages)) if any(f">第{n + 1}村<" in row for row in fit))
    lacking = next(n for n in range(len(here.villages)) if any(f">第{n + 1}村<" in row for row in unfit))
    counted(here, able, 2, yes=0, no=60)
    counted(here, lacking, 2, yes=60, no=0)
    assert county.nominated(here, able).state == "nominated"
    with pytest.raises(Problem):
        county.nominated(here, lacking)
