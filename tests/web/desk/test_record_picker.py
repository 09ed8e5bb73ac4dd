"""A field that points to a record: it is found by number, by its words, by whose it is, and only where one may read."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.ledger.factories import DAY, package
from tests.web.desk.conftest import OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, Desk, records, text, values
from xianfeng.ledger import actions

ADDRESS = "/desk/trial-2012/study/new"
PICK = "/pick/records?of=trial-2012/study&q="


@pytest.fixture
def trial(desk: Desk, settings: Settings) -> Client:
    settings.XIANFENG_SYNTHETIC = False
    actions.adopt(package(), by=desk.site.office)
    return desk.client(TOWN, "clerk")


def study(desk: Desk, code: str, name: str, times: int = 1, day: dt.date = DAY) -> list[int]:
    rows = [{"name": f"{name}{n}" if times > 1 else name, "count": 3} for n in range(times)]
    by, at = desk.site.office, desk.organisation(code)
    given = {"by": by, "scheme": "trial-2012", "kind": "study", "organisation": at, "day": day}
    return [actions.file(**given, values=row).id for row in rows]  # type: ignore[arg-type]


def picked(client: Client, asked: str) -> list[int]:
    return [int(code) for code in re.findall(r'data-code="(\d+)"', text(client.get(PICK + asked)))]


def test_by_number_by_words_and_by_organisation(desk: Desk, trial: Client) -> None:
    (first,) = study(desk, VILLAGE, "学党章")
    (second,) = study(desk, OTHER_VILLAGE, "学先进")
    assert picked(trial, str(first)) == [first]
    assert picked(trial, f"第{first}号") == [first]
    assert picked(trial, "先进") == [second]
    assert picked(trial, VILLAGE) == [first]
    assert picked(trial, "没有") == []
    assert text(trial.get(PICK + "先进")).count("学先进") == 2  # as its name, and to be put into the box


def test_what_one_may_not_read_is_not_offered(desk: Desk, trial: Client) -> None:
    (theirs,) = study(desk, OTHER_TOWN, "学党章")
    clerk = desk.client(VILLAGE, "clerk")
    for asked in (str(theirs), "党章", OTHER_TOWN):
        assert picked(trial, asked) == []
        assert picked(clerk, asked) == []
    assert trial.get("/pick/records?of=trial-2012/nothing&q=1").status_code == 404
    assert trial.get("/pick/records?of=nothing&q=1").status_code == 404


def test_few_are_listed_and_many_are_looked_for(desk: Desk, trial: Client) -> None:
    (number,) = study(desk, VILLAGE, "学党章")
    assert f'<option value="{number}">学党章' in text(trial.get(ADDRESS))
    study(desk, VILLAGE, "学", times=25)
    page = text(trial.get(ADDRESS))
    assert 'data-picker="/pick/records?of=trial-2012/study"' in page
    typed = {"reference": "t", "day": "2012-03-02", "f-name": "再学", "f-count": "3", "f-earlier": str(number)}
    refused = text(trial.post(ADDRESS, typed | {"f-count": "三", "do": "file:hold"}))
    assert f'data-value="{number}" data-shown="学党章' in refused
    assert trial.post(ADDRESS, typed | {"do": "file:hold"}).status_code == 302
    assert values(records("study")[-1])["earlier"] == number


def test_two_of_one_name_are_told_apart_by_their_days(desk: Desk, trial: Client) -> None:
    later = DAY + dt.timedelta(days=7)
    for name, day in (("学党章", DAY), ("学党章", later), ("学先进", DAY)):
        study(desk, VILLAGE, name, day=day)
    listed = re.findall(r'<option value="\d+">([^<]+)</option>', text(trial.get(ADDRESS)))
    titles = {title.strip() for title in listed if title.startswith("学")}
    assert titles == {"学先进", f"学党章 · {DAY}", f"学党章 · {later}"}
