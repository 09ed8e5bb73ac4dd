"""Texts that are there already come under random keys, none lost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

BEFORE, AFTER = ("evaluations", "0002_written_answers"), ("evaluations", "0003_texts_under_random_keys")


def migrated(to: tuple[str, str]) -> StateApps:
    executor = MigrationExecutor(connection)
    executor.migrate([to])
    return MigrationExecutor(connection).loader.project_state([to]).apps


@pytest.mark.usefixtures("transactional")
def test_texts_keep_their_box_under_keys_that_do_not_count() -> None:
    old = migrated(BEFORE)
    try:
        round_ = old.get_model("evaluations", "EvaluationRound").objects.create(
            id=1, scheme="s", evaluation="e", since="2012-01-01", until="2012-12-31", stage="published", version="v"
        )
        box = old.get_model("evaluations", "Electorate").objects.create(
            round=round_, number=1, title="第1村", organisation=1, electors=40, salt=b"s"
        )
        held = old.get_model("evaluations", "WrittenAnswer")
        for n in range(20):
            held.objects.create(electorate=box, question="advice", text=f"{n:02}", shown=n % 2 == 0)
    finally:
        new = migrated(AFTER)
    found = new.get_model("evaluations", "WrittenAnswer").objects.filter(electorate_id=box.id)
    assert sorted(found.values_list("text", "shown")) == [(f"{n:02}", n % 2 == 0) for n in range(20)]
    by_key = list(found.order_by("id").values_list("text", flat=True))
    assert by_key != sorted(by_key)
