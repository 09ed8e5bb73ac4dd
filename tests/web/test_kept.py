"""What pages keep until the next entry: nothing old after one, nothing of another reader, nothing undone."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from tests.databases import Database
from tests.web.conftest import founded
from tests.web.desk.conftest import OTHER_TOWN, TOWN, VILLAGE, Desk, text
from tests.web.desk.test_inbox import INBOX, visit
from xianfeng.accounts.reader import Reader
from xianfeng.ledger.models import Record
from xianfeng.web.kept import Kept, Recent, renew
from xianfeng.web.scope import Scope


@pytest.fixture
def committed(transactional: Database, settings: Settings) -> Desk:
    settings.XIANFENG_SYNTHETIC = True
    return Desk(founded())


def test_an_inbox_counts_once_an_entry_and_for_each_reader(committed: Desk) -> None:
    town, other = committed.client(TOWN, "reviewer"), committed.client(OTHER_TOWN, "reviewer")
    visit(committed, times=2)
    assert "共 2 条" in text(town.get(INBOX))
    with CaptureQueriesContext(connection) as asked:
        assert "共 2 条" in text(town.get(INBOX))
    assert not [query for query in asked if "COUNT(" in query["sql"] and "ledger_record" in query["sql"]]
    visit(committed, VILLAGE)
    assert "共 3 条" in text(town.get(INBOX))
    assert "没有等待办理的" in text(other.get(INBOX))


def test_what_is_seen_within_a_transaction_is_not_kept(committed: Desk) -> None:
    kept: Kept[str] = Kept()
    seen = Scope(Reader.public())
    with transaction.atomic():
        assert kept.of(seen, "question", lambda: "within") == "within"
    assert kept.of(seen, "question", lambda: "after") == "after"
    assert kept.of(seen, "question", lambda: "again") == "after"
    assert kept.of(seen, "another", lambda: "other") == "other"


def test_what_need_not_be_of_this_second_is_found_anew_after_a_while_or_beside_the_pages(committed: Desk) -> None:
    def asked(recent: Recent[int]) -> int:
        return recent.of("how many", Record.objects.count)

    slow, quick = Recent[int](3600), Recent[int](0)
    visit(committed)
    assert (asked(slow), asked(quick)) == (1, 1)
    visit(committed)
    assert (asked(slow), asked(quick)) == (1, 2)
    with transaction.atomic():
        assert asked(slow) == 2
    renew()
    assert asked(slow) == 2
