"""A division with the bodies attached to it is one desk: who answers for whom, and which desks stand above."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.registry.trees import EARLY, LATER, unit
from xianfeng.log.actors import CLOCK
from xianfeng.registry import actions, desks


class County(NamedTuple):
    """A county and a town, each with its committee; under the town's committee a branch, under the town a firm."""

    county: int
    committee: int
    town: int
    town_committee: int
    league: int
    branch: int
    firm: int


@pytest.fixture
def county(db: None) -> County:
    county = unit("C", type_="division", founded=EARLY)
    committee = unit("C-P", county, EARLY, type_="body")
    town = unit("T", county, EARLY, type_="division")
    town_committee = unit("T-P", town, EARLY, type_="body")
    league = unit("T-L", town, EARLY, type_="body")
    branch = unit("T-P-1", town_committee, EARLY, type_="body")
    firm = unit("F", town, EARLY)
    return County(county, committee, town, town_committee, league, branch, firm)


def test_a_division_works_with_its_bodies_and_they_with_it_but_not_with_each_other(county: County) -> None:
    assert desks.of(county.town) == (county.town, county.town_committee, county.league)
    assert desks.of(county.town_committee) == (county.town_committee, county.town)
    assert desks.of(county.league) == (county.league, county.town)


def test_a_body_under_a_body_and_a_unit_without_any_stand_alone(county: County) -> None:
    assert desks.of(county.branch) == (county.branch,)
    assert desks.of(county.firm) == (county.firm,)


def test_a_body_that_has_ended_is_at_no_desk(county: County) -> None:
    actions.close(organisation=county.league, day=LATER, by=CLOCK)
    assert desks.of(county.town) == (county.town, county.town_committee)
    assert desks.at(county.league) is None


def test_above_a_body_is_not_its_own_division_but_the_next(county: County) -> None:
    above = desks.above([county.town_committee, county.town, county.branch, county.firm, county.county])
    assert above == {
        county.town_committee: (county.county,),
        county.town: (county.county,),
        county.branch: (county.town, county.county),
        county.firm: (county.town, county.county),
        county.county: (),
    }


def test_the_desk_of_a_body_is_its_divisions(county: County) -> None:
    assert desks.at(county.town_committee) == desks.at(county.town)
    desk = desks.at(county.town)
    assert desk is not None
    assert (desk.organisation, len(desk.attached)) == (county.town, 2)
