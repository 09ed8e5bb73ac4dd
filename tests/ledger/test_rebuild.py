"""Whatever happens to records, their postings add up to them, and entries alone give them back."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger import factories
from tests.ledger.factories import DAY, SCHEME, World
from tests.log.tampering import unguarded
from xianfeng.ledger import actions, forms, rebuild, versions
from xianfeng.ledger.actions import Row
from xianfeng.ledger.models import Attachment, Record, SchemeVersion
from xianfeng.log.models import Posting
from xianfeng.problems import Problem
from xianfeng.registry import actions as registry

STEPS = ("hold", "check", "redo", "adjust", "archive", "expire", "amend", "withdraw", "hand_over", "file", "close")


def do(world: World, step: str, record: int, number: int) -> None:
    """One step, by whoever may do it; what is not possible now is refused and changes nothing."""
    day = DAY + dt.timedelta(days=number)
    holder = Record.objects.get(id=record).holder
    author, superior, office = world.of(holder), world.of(world.county), world.of(world.city, "office")
    if step == "amend":
        actions.amend(by=author, record=record, values={"count": number, "cost": number}, reason="核对", day=day)
    elif step == "withdraw":
        actions.withdraw(by=author, record=record, reason="重复", day=day)
    elif step == "hand_over":
        actions.hand_over(by=superior, record=record, to=world.other_village, day=day, reason="调整")
    elif step == "file":
        rows = [Row(organisation=holder, day=day, values={"name": "又一次", "count": number}, reference=f"n-{number}")]
        actions.file_many(by=world.importer, scheme="trial-2012", kind="study", rows=rows)
    elif step == "close":
        registry.close(organisation=world.village, successor=world.other_village, day=day, by=world.importer)
    else:
        by = {"check": superior, "redo": superior, "archive": office, "expire": office}.get(step, author)
        actions.move(by=by, record=record, move=step, day=day, reason="说明")


def image(record: Record) -> tuple[object, ...]:
    """What postings must add up to, read off the stored record."""
    values = json.loads(record.values)
    figures = {name: value for name, value in values.items() if name in ("count", "cost")}
    fields = json.dumps(figures, sort_keys=True, separators=(",", ":"))
    return (record.organisation, record.place, record.state, record.level, record.reviewer, record.entered, fields)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 3)), max_size=12))
def test_signs_never_lose_and_never_double(world: World, steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        records = [world.file(state=state, day=DAY).id for state in (None, "held")]
        for number, (step, which) in enumerate(steps, start=1):
            try:
                with transaction.atomic():
                    do(world, step, records[which % len(records)], number)
            except Problem:
                continue
        net: Counter[tuple[object, ...]] = Counter()
        columns = ("record", "organisation", "place", "state", "level", "reviewer", "entered", "fields")
        for sign, *posted in Posting.objects.exclude(scheme="").values_list("sign", *columns):
            net[tuple(posted)] += sign
        expected = Counter((record.id, *image(record)) for record in Record.objects.filter(level__gt=0))
        assert +net == expected
        assert min(net.values(), default=0) >= 0
        assert list(rebuild.check()) == []
        transaction.set_rollback(True)


def test_a_changed_record_is_named_with_its_column(world: World) -> None:
    record = world.file()
    world.file()
    Record.objects.filter(id=record.id).update(values='{"count":99,"name":"学党章"}', level=3)
    found = {(difference.about, difference.what) for difference in rebuild.check()}
    assert found == {(f"record {record.id}", "values"), (f"record {record.id}", "level")}


def test_a_lost_and_an_invented_record_are_named(world: World) -> None:
    lost, copied = world.file(), world.file()
    Record.objects.filter(id=lost.id).delete()
    copied.id = 10**6
    copied.save(force_insert=True)
    found = {(difference.about, difference.what) for difference in rebuild.check()}
    assert found == {(f"record {lost.id}", "row"), ("record 1000000", "row")}


def test_a_posting_too_many_is_named(world: World) -> None:
    record = world.file()
    with connection.cursor() as cursor:
        columns = "seq, sign, record, scheme, register, organisation, place, subject, day, state, level, reviewer"
        columns += ", entered, fields"
        cursor.execute(
            f"INSERT INTO log_posting ({columns}) SELECT {columns} FROM log_posting WHERE record = %s",  # noqa: S608
            [record.id],
        )
    assert [(difference.about, difference.what) for difference in rebuild.check()] == [
        (f"record {record.id}", "postings")
    ]


def test_a_changed_scheme_and_a_lost_attachment_are_named(world: World) -> None:
    record = world.file()
    actions.attach(by=world.author, record=record.id, field="files", name="a.txt", content="证明".encode())
    assert list(rebuild.check()) == []
    Attachment.objects.all().delete()
    assert [(each.about, each.what) for each in rebuild.check()] == [(f"record {record.id}", "attachments")]
    version = SchemeVersion.objects.get()
    files = json.loads(version.package)
    files["scheme.yaml"] += "\n# 加一行\n"
    with unguarded():
        SchemeVersion.objects.filter(hash=version.hash).update(package=json.dumps(files))
    found = {(difference.about, difference.what) for difference in rebuild.check()}
    assert found == {(f"entry {version.seq}", "ledger.version_altered")}


@pytest.mark.parametrize("package", ["{", "[]", "null", '"方案"', "{}"])
def test_a_package_that_is_none_is_named_and_other_versions_records_are_compared(world: World, package: str) -> None:
    world.file()
    newer = actions.adopt(factories.package(SCHEME.replace("试点活动", "试点")), by=world.importer)
    record = world.file()
    Record.objects.filter(id=record.id).update(level=3)
    with unguarded():
        SchemeVersion.objects.exclude(hash=newer.hash).update(package=package)
    versions.scheme.cache_clear()
    forms.form.cache_clear()
    found = {(difference.about, difference.what) for difference in rebuild.check()}
    assert found == {(f"entry {world.version.seq}", "ledger.version_altered"), (f"record {record.id}", "level")}
