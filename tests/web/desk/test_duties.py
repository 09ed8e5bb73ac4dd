"""What the desk owes, as the page shows it: by organisation or campaign, of one organisation, of one round."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.test import Client
from django.utils import timezone

from tests.web.desk.conftest import OTHER_TOWN, TOWN, Desk, text
from xianfeng.duties.expanding import expand
from xianfeng.duties.models import Duty, Round
from xianfeng.ledger import versions
from xianfeng.registry import tree

SCHEME = """
xianfeng: 1
scheme: owing-2010
title: 应办试点
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2010-01-31, timezone: Asia/Shanghai}
obligations:
  yearly: {title: 走访一次, kind: visit, of: organisations, where: "level != 'city'", exactly: 1, every: year}
"""


def lines(page: str) -> list[str]:
    return re.findall(r'href="/desk/duties/\d+"', page)


def adopted(desk: Desk) -> int:
    desk.site.adopt(SCHEME)
    expand(versions.current("owing-2010"), now=timezone.now())
    return Round.objects.get(scheme="owing-2010").id


def test_orders_are_links_that_keep_what_was_chosen_and_each_line_says_whose_it_is(desk: Desk, town: Client) -> None:
    adopted(desk)
    page = text(town.get("/desk/duties/?scheme=owing-2010"))
    for order in ("organisation", "campaign"):
        assert f'href="/desk/duties/?scheme=owing-2010&amp;by={order}"' in page
        assert lines(text(town.get(f"/desk/duties/?scheme=owing-2010&by={order}"))) == lines(page) != []
    own = desk.organisation(TOWN)
    assert f">{tree.named([own], timezone.localdate())[own].name}<" in page.partition("<tbody>")[2]


PHASED = SCHEME.replace("to: 2010-01-31", "to: 2099-12-31").replace(
    "exactly: 1, every: year", "at_least: 1, every: month"
)


def test_work_for_a_period_that_is_over_is_dated_by_whoever_did_it(desk: Desk, town: Client) -> None:
    """What is done today counts for today's period, whatever the form was opened for."""
    desk.site.adopt(PHASED)
    expand(versions.current("owing-2010"), now=timezone.now())
    own = desk.organisation(TOWN)
    first, last = (Duty.objects.filter(organisation=own).order_by(order).first() for order in ("due", "-due"))
    assert first is not None
    assert last is not None
    (act,) = re.findall(r'href="([^"]+)">去办理', text(town.get(f"/desk/duties/{first.id}")))
    form = text(town.get(act.replace("&amp;", "&")))
    assert "日期填当时办的那一天" in form
    assert 'name="day" value=""' in form
    refused = text(town.post(act.partition("?")[0], {"day": "", "duty": first.id, "do": "submit"}))
    assert "日期填当时办的那一天" in refused, "it still says so"
    for number in (last.id, "0", "x" * 40, ""):
        assert "日期填当时办的那一天" not in text(town.get(f"{act.partition('?')[0]}?duty={number}"))


def test_of_one_round_those_below_are_listed_too_and_nobody_else_s(desk: Desk, town: Client) -> None:
    number = adopted(desk)
    page = text(town.get(f"/desk/duties/?scheme=owing-2010&round={number}"))
    assert len(lines(page)) > len(lines(text(town.get("/desk/duties/?scheme=owing-2010"))))
    other = desk.organisation(OTHER_TOWN)
    assert tree.named([other], timezone.localdate())[other].name not in page.partition("<tbody>")[2]
    assert all(town.get(address[6:-1]).status_code == 200 for address in lines(page))


def test_the_file_has_what_the_page_shows(desk: Desk, town: Client) -> None:
    number = adopted(desk)
    page = text(town.get(f"/desk/duties/?scheme=owing-2010&round={number}&by=organisation"))
    (file,) = re.findall(r'href="(\?[^"]*format=xlsx[^"]*)"', page)
    assert f"round={number}" in file
    assert "by=organisation" in file


def test_an_organisation_of_another_desk_is_no_choice(desk: Desk, town: Client) -> None:
    assert town.get(f"/desk/duties/?at={desk.organisation(OTHER_TOWN)}").status_code == 404
    assert town.get(f"/desk/duties/?by={quote('期限')}").status_code == 404
