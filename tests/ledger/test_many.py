"""Many records through the same door: everything or nothing, and every row's problem by its number."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.ledger.factories import DAY, World, package
from xianfeng.ledger import actions, rebuild
from xianfeng.ledger.actions import Row, Step
from xianfeng.ledger.models import Record
from xianfeng.log.append import head
from xianfeng.log.models import Entry, Posting
from xianfeng.problems import Problem, Problems


def row(world: World, number: int, **changed: object) -> Row:
    given: dict[str, object] = {
        "organisation": world.village if number % 2 else world.other_village,
        "day": DAY + dt.timedelta(days=number),
        "values": {"name": f"第{number}次", "count": number},
        "reference": f"r-{number}",
        "moves": (("hold", DAY + dt.timedelta(days=number)),),
        **changed,
    }
    return Row(**given)  # type: ignore[arg-type]


def file_many(world: World, rows: object) -> tuple[int, ...]:
    return actions.file_many(by=world.importer, scheme="trial-2012", kind="study", rows=rows)  # type: ignore[arg-type]


def test_every_row_is_a_record_in_the_order_of_the_rows(world: World) -> None:
    numbers = file_many(world, (row(world, number) for number in range(1, 31)))
    records = Record.objects.in_bulk(numbers)
    assert [json.loads(records[number].values)["count"] for number in numbers] == list(range(1, 31))
    assert {records[number].level for number in numbers} == {1}
    assert Entry.objects.filter(stream="record").count() == 60
    assert head() == Entry.objects.count()  # gapless
    assert list(rebuild.check()) == []


def test_history_that_led_there_is_entries_of_its_own(world: World) -> None:
    reviewed = DAY + dt.timedelta(days=9)
    steps = (Step("hold", DAY), ("check", reviewed, world.town), Step("archive", reviewed, None, {}, ""))
    by = world.of(world.city, "office")
    office = world.importer.__class__(kind=world.importer.kind, id=7, organisation=world.city, role="office")
    (number,) = actions.file_many(
        by=office, scheme="trial-2012", kind="study", rows=[row(world, 1, day=DAY, moves=steps)]
    )
    record = Record.objects.get(id=number)
    assert (record.state, record.level, record.reviewer) == ("closed", 3, by.organisation)
    entries = Entry.objects.filter(stream="record", about=number).order_by("seq")
    assert [(entry.action, entry.day, json.loads(entry.body)["acting"]) for entry in entries] == [
        ("file", DAY, world.city),
        ("hold", DAY, world.city),
        ("check", reviewed, world.town),
        ("archive", reviewed, world.city),
    ]
    signs = Posting.objects.filter(record=number).order_by("id").values_list("sign", "level", "reviewer")
    assert list(signs) == [
        (1, 1, None), (-1, 1, None), (1, 2, world.town), (-1, 2, world.town), (1, 3, world.city),
    ]  # fmt: skip


def test_an_import_names_only_organisations_under_its_own(world: World) -> None:
    for stranger in (world.other_town, world.province):
        steps = (Step("hold", DAY), Step("check", DAY, stranger))
        with pytest.raises(Problems) as refused:
            file_many(world, [row(world, 1, day=DAY, moves=steps)])
        assert refused.value.problems[0].code == "ledger.acting_for_another"
    with pytest.raises(Problems) as refused:
        file_many(world, [row(world, 1, day=DAY, moves=(Step("hold", DAY), Step("check", DAY, world.village)))])
    assert refused.value.problems[0].code == "ledger.wrong_actor"  # nobody reviews his own


def test_one_bad_row_stops_all_and_each_is_told_by_its_number(world: World) -> None:
    before = head()
    rows = [row(world, number) for number in range(1, 11)]
    rows[2] = row(world, 3, values={"name": "", "count": "三"})
    rows[6] = row(world, 7, organisation=999)
    rows[7] = row(world, 8, moves=(("hold", DAY),))
    with pytest.raises(Problems) as refused:
        file_many(world, rows)
    assert [(problem.place, problem.code) for problem in refused.value.problems] == [
        ("第 3 行 人数", "ledger.not_a_number"),
        ("第 7 行", "registry.unknown_organisation"),
        ("第 8 行", "ledger.too_early"),
    ]
    assert "全部 10 行都没有保存" in refused.value.message
    assert (head(), Record.objects.count()) == (before, 0)


def test_a_file_with_too_many_faults_is_counted_not_listed(world: World) -> None:
    with pytest.raises(Problems) as refused:
        file_many(world, [row(world, number, values={}) for number in range(250)])
    assert len(refused.value.problems) == 100
    assert "500 处" in refused.value.message  # no name and no count, in each row


def test_the_same_file_twice_is_once(world: World) -> None:
    rows = [row(world, number) for number in range(1, 11)]
    first = file_many(world, rows)
    assert file_many(world, [*rows, row(world, 11)])[:10] == first
    assert Record.objects.count() == 11
    with pytest.raises(Problems) as refused:
        file_many(world, [row(world, 5, values={"name": "另一次", "count": 1})])
    assert refused.value.problems[0].code == "ledger.reference_taken"


def test_a_reference_twice_in_one_file_is_one_record_or_refused(world: World) -> None:
    first, second = file_many(world, [row(world, 1), row(world, 1)])
    assert first == second
    with pytest.raises(Problems) as refused:
        file_many(world, [row(world, 2), row(world, 2, values={"name": "另一次", "count": 2})])
    assert refused.value.problems[0].place.startswith("第 2 行")


def test_personal_values_of_many_rows(world: World) -> None:
    values = {"name": "学党章", "count": 1, "phone": "13800001111"}
    numbers = file_many(world, [row(world, number, values=values) for number in range(1, 4)])
    held = {json.loads(record.personal)["phone"] for record in Record.objects.filter(id__in=numbers)}
    assert len(held) == 3  # each salted on its own
    assert list(rebuild.check()) == []


def test_reviewing_many_at_once_is_all_or_none(world: World) -> None:
    numbers = file_many(world, [row(world, number) for number in range(1, 6)])
    late = DAY + dt.timedelta(days=30)
    with pytest.raises(Problems) as refused:  # the town is not above the other town's village
        actions.move_many(by=world.of(world.town), records=numbers, move="check", day=late)
    assert {problem.code for problem in refused.value.problems} == {"ledger.wrong_actor"}
    assert not Record.objects.filter(state="checked").exists()
    assert actions.move_many(by=world.of(world.county), records=numbers, move="check", day=late) == 5
    assert set(Record.objects.values_list("state", "reviewer")) == {("checked", world.county)}
    with pytest.raises(Problem, match="unknown_record"):
        actions.move_many(by=world.of(world.county), records=[*numbers, 10**9], move="check", day=late)
    assert list(rebuild.check()) == []


ASKING = """
xianfeng: 1
scheme: asking-2012
title: 问得少
at: "350100"
include: [core]
runs: {from: 2012-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
kinds:
  plain:
    title: 平常
    basis: event
    fields:
      name: {type: text, title: 题目}
    flow: {initial: filed, states: {filed: {title: 已报, level: filed}}, moves: {}}
  again:
    title: 照前
    basis: event
    fields:
      name: {type: text, title: 题目}
      who: {type: text, title: 负责人, prefill: last}
      unit: {type: text, title: 单位, prefill: registry}
      led: {type: text, title: 上级负责人, prefill: parent}
    flow: {initial: filed, states: {filed: {title: 已报, level: filed}}, moves: {}}
  checked:
    title: 核对
    basis: event
    check: "organisation.level == 'village' and organisation.tier == 'village'"
    fields:
      name: {type: text, title: 题目}
      host: {type: organisation, title: 承办单位, check: "host.level == 'village'"}
      earlier: {type: record, of: plain, title: 上一次, check: "earlier.name == '题目'"}
    flow: {initial: filed, states: {filed: {title: 已报, level: filed}}, moves: {}}
"""


def asking(world: World) -> int:
    """A campaign whose kinds ask the registry and earlier records; the number of one of those."""
    actions.adopt(package(ASKING), by=world.importer)
    led = {"name": "题目", "led": "乡镇书记"}
    for organisation, kind in ((world.village, "plain"), (world.town, "again"), (world.other_town, "again")):
        actions.file(
            by=world.importer, scheme="asking-2012", kind=kind, organisation=organisation, day=DAY,
            values={"name": "题目"} if kind == "plain" else led,
        )  # fmt: skip
    return Record.objects.get(kind="plain").id


@pytest.mark.parametrize("kind", ["plain", "again", "checked"])
def test_the_number_of_queries_does_not_grow_with_the_rows(world: World, kind: str) -> None:
    earlier = asking(world)
    values: dict[str, object] = {"name": "题目"}
    if kind == "checked":
        values |= {"host": world.other_village, "earlier": earlier}
    asked = []
    for size in (5, 50):
        rows = [row(world, number, values=values, moves=(), reference=None, state="filed") for number in range(size)]
        with CaptureQueriesContext(connection) as queries:
            actions.file_many(by=world.importer, scheme="asking-2012", kind=kind, rows=rows)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 20


def test_rows_start_from_what_was_filed_before(world: World) -> None:
    asking(world)
    told = [
        row(world, number, values={"name": "题目", "who": who}, moves=(), reference=None)
        for number, who in ((1, "老张"), (3, "老李"))
    ]
    actions.file_many(by=world.importer, scheme="asking-2012", kind="again", rows=told)
    blank = [row(world, number, values={"name": "题目"}, moves=(), reference=None) for number in (2, 1, 4, 5, 7)]
    numbers = actions.file_many(by=world.importer, scheme="asking-2012", kind="again", rows=blank)
    assert [json.loads(Record.objects.get(id=number).values) for number in numbers] == [
        {"name": "题目", "led": "乡镇书记", "unit": "荆溪村"},
        {"name": "题目", "led": "乡镇书记", "unit": "青口村", "who": "老张"},
        {"name": "题目", "led": "乡镇书记", "unit": "荆溪村"},
        {"name": "题目", "led": "乡镇书记", "unit": "青口村", "who": "老李"},
        {"name": "题目", "led": "乡镇书记", "unit": "青口村", "who": "老李"},
    ]


def test_references_filled_in_on_the_way_are_asked_for_at_once(world: World) -> None:
    asked = []
    for size in (5, 50):
        rows = [
            row(
                world, number, reference=None, moves=(Step("hold", DAY + dt.timedelta(60), None, {"host": world.town}),)
            )
            for number in range(size)
        ]
        with CaptureQueriesContext(connection) as queries:
            file_many(world, rows)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 20
    with pytest.raises(Problems) as refused:
        file_many(world, [row(world, 1, moves=(Step("hold", DAY + dt.timedelta(9), None, {"host": 999}),))])
    assert [problem.place for problem in refused.value.problems] == ["第 1 行 承办单位"]
