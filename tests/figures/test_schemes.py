"""Every measure of the schemes that come with the program can be asked, broken down and opened."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.figures.engines import ENGINES
from tests.figures.worlds import World
from xianfeng.figures.interface import Query
from xianfeng.scheme.loader import load
from xianfeng.scheme.nodes import Scheme

SCHEMES = Path(__file__).parents[2] / "schemes"


def campaign(name: str) -> Scheme:
    scheme = load(SCHEMES / name)
    assert isinstance(scheme, Scheme), scheme
    return scheme


@pytest.mark.parametrize("engine", list(ENGINES))
@pytest.mark.parametrize("name", sorted(path.parent.name for path in SCHEMES.glob("*/scheme.yaml")))
def test_every_measure_can_be_asked(name: str, engine: str, tmp_path: Path) -> None:
    scheme = campaign(name)
    world = World(scheme, epoch=name)
    root = world.found(None, level="city")
    world.organisations[root].code = scheme.at
    village = world.found(root, category="village")
    figures = ENGINES[engine](world, tmp_path)
    for measure in scheme.measures:
        query = Query(scheme=scheme.hash, measure=measure, organisation=root, until=scheme.until)
        assert figures.figure(query).records == 0
        assert [row.key for row in figures.breakdown(query, "children")][:1] == [village]
        assert all(each.record is None for each in figures.trace(query).records)


def party(name: str) -> World:
    """A city of 13 counties, each with a committee, a town with its own, and in the town a village and two communities
    with a branch each."""
    scheme = campaign(name)
    world = World(scheme, epoch=f"party of {name}")
    city = world.found(None, level="city")
    world.organisations[city].code = scheme.at
    for _ in range(13):
        county = world.found(city, level="county")
        town = world.found(county, level="township")
        for division, level in ((county, "county"), (town, "township")):
            world.found(division, type="body", level=level, category="party")
        for category in ("village", "community", "community"):
            division = world.found(town, category=category)
            world.found(division, type="body", level="branch", category="party")
    return world


OWED = {
    ("fuzhou-2010", "pairings_made"): 13,
    ("fuzhou-2010", "family_counties"): 13,
    ("fuzhou-2010", "letters_in_consultation"): 39,
    ("fuzhou-2012", "county_reports_made"): 13,
    ("fuzhou-2012", "township_reports_made"): 13,
    ("fuzhou-2012", "village_reports_made"): 39,
    ("fuzhou-2012", "communities_funded"): 26,
    ("jinwan-2010", "organisations_taking_part"): 39,
    ("jinwan-2010", "organisation_reviews"): 65,
    ("jinwan-2010", "member_reviews"): 39,
    ("jinwan-2010", "reviews"): 65,
    ("jinwan-2010", "comments"): None,
}


@pytest.mark.parametrize("engine", list(ENGINES))
@pytest.mark.parametrize("name", sorted({name for name, _ in OWED}))
def test_whoever_a_measure_is_owed_by_is_expected(name: str, engine: str, tmp_path: Path) -> None:
    world = party(name)
    figures = ENGINES[engine](world, tmp_path)
    for (_, measure), expected in ((each, count) for each, count in OWED.items() if each[0] == name):
        query = Query(scheme=world.campaign.hash, measure=measure, organisation=1, until=world.campaign.until)
        figure = figures.figure(query)
        assert (figure.expected, figure.missing) == (expected, expected), measure


@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_report_of_another_tier_is_no_report(engine: str, tmp_path: Path) -> None:
    world = party("fuzhou-2012")
    committees = [o.id for o in world.organisations.values() if o.type == "body" and o.level == "county"]
    figures = ENGINES[engine](world, tmp_path)
    query = Query(scheme=world.campaign.hash, measure="county_reports_made", organisation=1, until=world.campaign.until)
    world.file("duty_report", committees[0], dt.date(2012, 3, 1), tier="county")
    world.file("duty_report", committees[1], dt.date(2012, 3, 1), tier="township")
    figure = figures.figure(query)
    assert (figure.value, figure.expected, figure.missing) == (1, 13, 12)
    assert figures.missing(query) == tuple(committees[1:])
