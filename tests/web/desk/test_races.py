"""Two reviewers at once, each on a connection of his own: one is done, the other is told who was first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from tests.databases import Database
from tests.web.conftest import founded
from tests.web.desk.conftest import TOWN, Desk, text
from tests.web.desk.test_inbox import visit
from xianfeng.ledger import rebuild
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry


@pytest.fixture
def committed(transactional: Database, settings: Settings) -> Desk:
    settings.XIANFENG_SYNTHETIC = True
    return Desk(founded())


def at_once(clients: list[Client], sent: list[tuple[str, dict[str, object]]]) -> list[tuple[int, str]]:
    start = Barrier(len(clients))

    def send(client: Client, address: str, data: dict[str, object]) -> tuple[int, str]:
        try:
            start.wait()
            response = client.post(address, data)
            return response.status_code, text(response)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(lambda one: send(one[0], *one[1]), zip(clients, sent, strict=True)))


def test_of_two_reviewers_of_the_same_records_one_is_done_and_one_is_told(committed: Desk) -> None:
    clients = [committed.client(TOWN, "reviewer"), committed.client(TOWN, "secretary")]
    numbers = visit(committed, times=3)
    chosen = {"n": [f"{number}:{number}" for number in numbers], "day": "2010-06-05"}
    moves = ["review", "send_back"]
    answers = at_once(clients, [(f"/desk/inbox/{move}", chosen | {"reason": "核对"}) for move in moves])
    assert sorted(status for status, _ in answers) == [302, 409]
    done = moves[[status for status, _ in answers].index(302)]
    assert {record.state for record in Record.objects.filter(id__in=numbers)} == {
        {"review": "reviewed", "send_back": "returned"}[done]
    }
    late = next(page for status, page in answers if status == 409)
    assert f"青口镇办理了“{ {'review': '审核', 'send_back': '退回'}[done] }”" in late
    assert Entry.objects.filter(about__in=numbers).count() == 6
    assert list(rebuild.check()) == []


def test_of_a_correction_and_a_withdrawal_one_is_done(committed: Desk) -> None:
    clients = [committed.client(TOWN, "reviewer"), committed.client(TOWN, "secretary")]
    (number,) = visit(committed)
    same: dict[str, object] = {"seq": number, "reason": "核对"}
    fields = {"f-people.villagers": "4", "f-people.members": "3", "f-households": "21", "confirmed": "yes"}
    answers = at_once(
        clients,
        [
            (f"/desk/records/{number}/correction", same | fields),
            (f"/desk/records/{number}/withdrawal", same),
        ],
    )
    assert sorted(status for status, _ in answers) == [302, 409]
    assert Entry.objects.filter(about=number).count() == 2
    assert list(rebuild.check()) == []
