"""Pages ask the database no more when there is more."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.web.desk.conftest import GRID, TOWN, VILLAGE, VISIT, Desk, records, text
from xianfeng.accounts import links
from xianfeng.log.actors import Actor, ActorKind


def asked(client: Client, address: str, data: dict[str, str] | None = None) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.post(address, data) if data else client.get(address)
    assert response.status_code in (200, 302)
    return len(queries)


def test_the_desk_asks_the_same_of_one_record_and_of_fifty(desk: Desk, clerk: Client) -> None:
    def filed(visits: int, promises: int) -> tuple[int, int]:
        """Of the first visit, which takes what was filed since the one before, and of the next."""
        desk.site.file("visit", VILLAGE, times=visits, people={"villagers": 1})
        desk.site.file("commitment", VILLAGE, times=promises, promiser="organisation", text=f"修路{visits}-{{n}}")
        return asked(clerk, "/desk/"), asked(clerk, "/desk/")

    filed(1, 1)
    assert filed(1, 1) == filed(50, 15)


def test_a_form_asks_the_same_however_much_was_filed(desk: Desk, clerk: Client) -> None:
    asked(clerk, VISIT)
    few = asked(clerk, VISIT)
    desk.site.file("visit", VILLAGE, times=50, people={"villagers": 1})
    assert asked(clerk, VISIT) == few


def test_a_grid_asks_the_same_of_two_rows_and_of_twenty(town: Client, clerk: Client) -> None:
    def rows(count: int) -> dict[str, str]:
        pasted = "".join(f"{VILLAGE}\t2010-06-01\t村口{n}\t3\n" for n in range(count))
        return {"day": "2010-06-01", "do": "check", "pasted": pasted, "reference": f"s{count}"}

    asked(town, GRID, rows(1))
    assert asked(town, GRID, rows(2)) == asked(town, GRID, rows(20))
    few = asked(town, GRID, rows(2) | {"do": "file:"})
    assert asked(town, GRID, rows(20) | {"do": "file:"}) <= few + 2


def test_ten_megabytes_are_refused_and_nothing_is_filed(desk: Desk, clerk: Client, town: Client) -> None:
    expires = timezone.now() + dt.timedelta(days=1)
    (link,) = links.make_links(
        organisations=[desk.organisation(VILLAGE)],
        scheme="fuzhou-2010",
        kind="visit",
        many=True,
        expires=expires,
        by=Actor(kind=ActorKind.APPOINTMENT, organisation=desk.organisation(TOWN), role="clerk"),
    )
    pasted = {"do": "file:", "day": "2010-06-01", "pasted": "2010-06-01\t村口\t3\n" * (5 * 2**17)}
    noted = {"do": "file:", "day": "2010-06-01", "f-people.villagers": "3", "f-note": "字" * (4 * 2**20)}
    for address, data in ((GRID, pasted), (VISIT, noted), (f"/l/{link.token}?many=1", pasted)):
        response = clerk.post(address, data)
        assert response.status_code == 413
        assert "送来的内容太大" in text(response)
        assert "内容还在" not in text(response)
    assert not records()


def test_the_form_knows_what_is_too_large_before_it_is_sent(clerk: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 4_711_000
    for address in (VISIT, GRID):
        assert 'data-most="4711000"' in text(clerk.get(address))
