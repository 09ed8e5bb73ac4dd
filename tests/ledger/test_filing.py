"""Filing one record: what it needs, who may, and what the books then hold."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from tests.ledger.factories import DAY, SCHEME, World, package
from xianfeng.ledger import actions, rebuild
from xianfeng.ledger.actions import Row
from xianfeng.ledger.models import Record
from xianfeng.log.actors import CLOCK, Actor, ActorKind
from xianfeng.log.models import Entry, Posting
from xianfeng.problems import Problem, Problems
from xianfeng.registry import actions as registry
from xianfeng.vault import values as vault


def codes(refused: pytest.ExceptionInfo[Problem]) -> set[str]:
    return {problem.code for problem in getattr(refused.value, "problems", [refused.value])}


def test_a_record_is_an_entry_and_a_posting(world: World) -> None:
    record = world.file(values={"cost": "1200", "text": "逐条学习"}, reference="2012-1")
    assert (record.state, record.level, record.holder) == ("held", 1, world.village)
    filed, held = Entry.objects.filter(stream="record", about=record.id).order_by("seq")
    assert (filed.seq, filed.action, filed.day, filed.actor) == (record.id, "file", DAY, f"appointment:{world.village}")
    assert json.loads(filed.body)["changes"]["cost"] == [None, "1200.00"]
    assert json.loads(held.body)["state"] == ["draft", "held"]
    (posting,) = Posting.objects.filter(record=record.id)
    assert (posting.seq, posting.sign) == (held.seq, 1)
    assert (posting.register, posting.scheme) == ("trial-2012.study", "trial-2012")
    assert json.loads(posting.fields) == {"cost": "1200.00", "count": 12}  # no text
    assert json.loads(posting.entered) == {"draft": "2012-03-01", "held": "2012-03-01"}


def test_a_draft_is_in_no_figure_and_may_be_unfinished(world: World) -> None:
    draft = world.file(state=None, values={"name": None, "count": None})
    assert draft.level == 0
    assert not Posting.objects.filter(record=draft.id).exists()


def test_everything_wrong_is_told_at_once_with_its_field(world: World) -> None:
    before = Entry.objects.count()
    with pytest.raises(Problems) as refused:
        world.file(values={"hours": "25", "form": "讲课", "started": "2012-02-30", "typo": 1, "host": 999, "old": "x"})
    assert {(problem.code, problem.place) for problem in refused.value.problems} == {
        ("ledger.above_maximum", "学时"),
        ("ledger.not_a_choice", "形式"),
        ("ledger.not_a_date", "开始"),
        ("ledger.unknown_field", "typo"),
        ("ledger.no_such_reference", "承办单位"),
        ("ledger.retired", "旧项"),
    }
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": ""}, "ledger.required"),
        ({"name": " \n"}, "ledger.required"),
        ({"name": "\u3000"}, "ledger.required"),
        ({"name": "\u200b"}, "ledger.required"),
        ({"name": "\u3164"}, "ledger.required"),
        ({"count": 5001}, "ledger.check"),
        ({"started": "2012-02-02", "ended": "2012-02-01"}, "ledger.check"),
        ({"count": None}, "ledger.needs"),
        ({"speaker": 999}, "ledger.no_such_reference"),
        ({"earlier": 999}, "ledger.no_such_reference"),
        ({"spot": 999}, "registry.unknown_organisation"),
    ],
)
def test_a_record_that_counts_is_complete(world: World, values: dict[str, object], code: str) -> None:
    with pytest.raises(Problem) as refused:
        world.file(values=values)
    assert codes(refused) == {code}


def test_references_lead_somewhere(world: World) -> None:
    person = registry.enter(code="p-1", name="林某", day=DAY, by=world.importer)
    first = world.file()
    record = world.file(values={"speaker": person, "earlier": first.id, "host": world.town, "spot": world.town})
    assert record.subject == world.town
    visit = actions.file(
        by=world.author, scheme="trial-2012", kind="seminar", organisation=world.village, day=DAY, values={}
    )
    with pytest.raises(Problem, match="no_such_reference"):  # a seminar is not a study
        world.file(values={"earlier": visit.id})


def test_the_day_is_not_in_the_future_and_the_organisation_existed(world: World) -> None:
    with pytest.raises(Problem, match="in_the_future"):
        world.file(day=dt.date(2999, 1, 1))
    with pytest.raises(Problem, match="unknown_organisation"):
        world.file(organisation=999)
    registry.close(
        organisation=world.other_village, successor=world.other_town, day=dt.date(2012, 5, 1), by=world.importer
    )
    with pytest.raises(Problem, match=r"registry\.not_any_more"):
        world.file(organisation=world.other_village, by=world.of(world.other_village), day=dt.date(2012, 5, 1))
    late = world.file(organisation=world.other_village, by=world.of(world.other_village), day=dt.date(2012, 4, 30))
    assert late.organisation == world.other_village


def test_work_counts_where_its_organisation_stood_on_that_day(world: World) -> None:
    before = world.file(day=dt.date(2012, 2, 1))
    registry.move(organisation=world.village, parent=world.other_town, day=dt.date(2012, 3, 1), by=world.importer)
    after = world.file(day=dt.date(2012, 3, 1))
    assert before.place != after.place
    assert world.file(day=dt.date(2012, 2, 2)).place == before.place


def test_only_the_organisation_itself_files_or_its_superior_in_its_name(world: World) -> None:
    for stranger in (
        world.of(world.other_village),
        world.of(world.town),
        CLOCK,
        Actor(kind=ActorKind.COUNTERFOIL, id=3),
    ):
        with pytest.raises(Problem, match="wrong_actor"):
            world.file(by=stranger)
    with pytest.raises(Problem, match="wrong_actor"):
        world.file(by=world.of(world.other_town), for_=world.village)
    with pytest.raises(Problem, match="on_behalf_of_another"):
        world.file(by=world.of(world.town), for_=world.other_village)
    record = world.file(by=world.of(world.town), for_=world.village)
    entry = Entry.objects.get(seq=record.id)
    assert (entry.actor, entry.on_behalf) == (f"appointment:{world.town}", world.village)
    assert world.file(by=world.importer).organisation == world.village
    assert world.file(by=Actor(kind=ActorKind.LINK, id=4, organisation=world.village)).id


def test_a_scheme_binds_only_what_is_under_its_root(world: World) -> None:
    with pytest.raises(Problem, match="outside_scheme"):
        world.file(organisation=world.province, by=world.of(world.province))


def test_the_same_reference_is_the_same_record_and_never_another(world: World) -> None:
    first = world.file(reference="甲-1")
    assert world.file(reference="甲-1") == first
    with pytest.raises(Problem, match="reference_taken"):
        world.file(reference="甲-1", values={"count": 13})
    other = world.file(reference="甲-1", organisation=world.other_village, by=world.of(world.other_village))
    assert other.id != first.id
    actions.amend(by=world.author, record=first.id, values={"count": 13}, reason="数错了")
    assert world.file(reference="甲-1").id == first.id  # a file brought in twice does not undo what was corrected


def test_a_state_that_others_bring_about_is_not_filed_directly(world: World) -> None:
    with pytest.raises(Problem, match="not_by_the_author"):
        world.file(state="checked")
    with pytest.raises(Problem, match="unknown_state"):
        world.file(state="chekced")


def test_unknown_scheme_and_kind_name_what_there_is(world: World) -> None:
    with pytest.raises(Problem, match="unknown_scheme"):
        world.file(scheme="nothing")
    with pytest.raises(Problem, match="unknown_kind"):
        world.file(kind="nothing")


def test_a_personal_value_is_only_in_the_vault(world: World) -> None:
    record = world.file(values={"phone": "13800001111"}, reference="p")
    commitment = json.loads(record.personal)["phone"]
    assert vault.read(commitment, by=world.author) == "13800001111"
    stored = [
        *Entry.objects.values_list("body", flat=True),
        *Posting.objects.values_list("fields", flat=True),
        *Record.objects.values_list("values", flat=True),
    ]
    assert not any("13800001111" in text for text in stored)
    assert world.file(values={"phone": "13800001111"}, reference="p").id == record.id
    with pytest.raises(Problem, match="reference_taken"):
        world.file(values={"phone": "13800002222"}, reference="p")


def test_erasing_leaves_the_books_sound_and_the_value_unreadable(world: World) -> None:
    record = world.file(values={"phone": "13800001111"})
    first = world.of(world.county)
    second = Actor(kind=ActorKind.APPOINTMENT, id=99, organisation=world.county, person=2)
    actions.erase(by=(first, second), record=record.id, reason="本人申请")
    with pytest.raises(Problem, match=r"vault\.erased"):
        vault.read(json.loads(record.personal)["phone"], by=first)
    assert list(rebuild.check()) == []


def test_what_is_known_is_prefilled_and_said_to_be(world: World) -> None:
    text = SCHEME.replace("count: {type: integer,", "count: {type: integer, prefill: last,")
    text = text.replace("host: {type: organisation,", "host: {type: organisation, prefill: registry,")
    actions.adopt(package(text), by=world.importer)
    world.file(values={"count": 40})
    given = {"by": world.author, "scheme": "trial-2012", "kind": "study", "organisation": world.village, "day": DAY}
    record = actions.file(**given, values={"name": "学党章"}, state="held")
    assert json.loads(record.values) == {"name": "学党章", "count": 40, "host": world.village}
    assert json.loads(Entry.objects.get(seq=record.id).body)["prefilled"] == ["count", "host"]
    blank = actions.file(**given, values={"name": "学党章", "count": ""})
    assert "count" not in json.loads(blank.values)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"day": "2012-03-01"}, "ledger.not_a_date"),
        ({"day": dt.datetime(2012, 3, 1, tzinfo=dt.UTC)}, "ledger.not_a_date"),
        ({"day": dt.date(1, 1, 1)}, "ledger.too_long_ago"),
        ({"day": dt.date(1949, 9, 30)}, "ledger.too_long_ago"),
        ({"organisation": 10**30}, "ledger.unknown_organisation"),
        ({"organisation": "1"}, "ledger.unknown_organisation"),
    ],
)
def test_a_row_without_a_day_or_an_organisation_is_refused(world: World, changed: dict[str, Any], code: str) -> None:
    with pytest.raises(Problem) as refused:
        world.file(**changed)
    assert refused.value.code == code
    rows = [{"organisation": world.village, "day": DAY, **change} for change in ({}, changed, {})]
    with pytest.raises(Problems) as many:
        actions.file_many(
            by=world.importer,
            scheme="trial-2012",
            kind="study",
            rows=[Row(values={"name": "学党章"}, **row) for row in rows],
        )
    assert [(problem.code, problem.place) for problem in many.value.problems] == [(code, "第 2 行")]


def test_work_entered_long_after_it_was_done_is_taken(world: World) -> None:
    assert world.file(day=dt.date(1949, 10, 1)).day == dt.date(1949, 10, 1)
