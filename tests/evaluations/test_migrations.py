"""What is there already goes along: texts under random keys, sheets in their counts."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from tests.evaluations.towns import NOW
from xianfeng.log.models import Entry

WRITTEN, REKEYED, NEWEST = (
    ("evaluations", name) for name in ("0002_written_answers", "0003_texts_under_random_keys", "0004_counts_of_a_batch")
)


def migrated(to: tuple[str, str]) -> StateApps:
    executor = MigrationExecutor(connection)
    executor.migrate([to])
    return MigrationExecutor(connection).loader.project_state([to]).apps


def boxed(old: StateApps) -> Any:
    """The box of a round that was published."""
    round_ = old.get_model("evaluations", "EvaluationRound").objects.create(
        id=1, scheme="s", evaluation="e", since="2012-01-01", until="2012-12-31", stage="published", version="v"
    )
    return old.get_model("evaluations", "Electorate").objects.create(
        round=round_, number=1, title="第1村", organisation=1, electors=40, salt=b"s"
    )


@pytest.mark.usefixtures("transactional")
def test_texts_keep_their_box_under_keys_that_do_not_count() -> None:
    old = migrated(WRITTEN)
    try:
        box = boxed(old)
        held = old.get_model("evaluations", "WrittenAnswer")
        for n in range(20):
            held.objects.create(electorate=box, question="advice", text=f"{n:02}", shown=n % 2 == 0)
    finally:
        new = migrated(NEWEST)
    found = new.get_model("evaluations", "WrittenAnswer").objects.filter(electorate_id=box.id)
    assert sorted(found.values_list("text", "shown")) == [(f"{n:02}", n % 2 == 0) for n in range(20)]
    by_key = list(found.order_by("id").values_list("text", flat=True))
    assert by_key != sorted(by_key)


A, B, C = 1, 2, 3  # invalid slips of a sheet: what readings agree or differ in


@pytest.mark.usefixtures("transactional")
def test_sheets_belong_to_the_counts_that_their_order_told() -> None:
    old = migrated(REKEYED)
    read = {
        1: (A, A),
        2: (A, B, C),
        3: (A, A, B),  # counted anew, once so far
        4: (A, B, B, C, C, A),  # settled by a third look, counted anew, and begun again
        5: (A, A, B, C),  # corrected by one reading; then counted anew, once so far
    }
    try:
        box = boxed(old)
        for batch, readings in read.items():
            for reading, invalid in enumerate(readings, start=1):
                old.get_model("evaluations", "CountingSheet").objects.create(
                    electorate=box, batch=batch, reading=reading, slips=20, invalid=invalid, counts={}
                )
        Entry.objects.create(
            seq=1, stream="evaluation", about=1, action="correct", day=NOW.date(), at=NOW, actor="clock", scheme="",
            body='{"batch":5,"pool":1,"reading":3}', postings=b"", leaf=b"",
        )  # fmt: skip
    finally:
        new = migrated(NEWEST)
    found = new.get_model("evaluations", "CountingSheet").objects.order_by("batch", "reading")
    counts = {batch: tuple(found.filter(batch=batch).values_list("count", flat=True)) for batch in read}
    assert counts == {1: (1, 1), 2: (1, 1, 1), 3: (1, 1, 2), 4: (1, 1, 1, 2, 2, 3), 5: (1, 1, 1, 2)}
