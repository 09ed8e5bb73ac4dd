"""Each organisation judged is told what was published of it, objects to that, and is answered by a day."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evaluations.polling import Sides, poll
from tests.evaluations.polling import closed as closed_online
from tests.evaluations.test_correcting import correct
from tests.evaluations.test_online import handed
from tests.evaluations.towns import NOW, Towns, closed, counted, frozen, twice
from tests.registry.trees import refused
from xianfeng.evaluations import polls, results
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.ledger import actions, objecting
from xianfeng.ledger.models import Record
from xianfeng.matters import objecting as matters


def published(here: Towns) -> EvaluationRound:
    """The first village alone; the second and third too few, together; the others nobody."""
    row = closed(here, (40, 12, 12), {1: 40, 2: 24})
    twice(here, row, 1, counted(20, 12, 8, 0, kept=(30, 10, 0)))
    twice(here, row, 2, counted(12, 8, 4, 0, kept=(24, 0, 0)))
    return results.publish(number=row.id, by=here.office())


def notices() -> dict[int, dict[str, object]]:
    """By the organisation judged."""
    return {one.organisation: json.loads(one.values) for one in Record.objects.filter(kind="evaluation_notice")}


def notice(here: Towns, at: int = 0) -> Record:
    return Record.objects.get(kind="evaluation_notice", organisation=here.villages[at])


def test_each_judged_organisation_is_told_what_was_published_of_it_and_why(here: Towns) -> None:
    row = published(here)
    found = notices()
    assert found.keys() == {*here.villages[:3]}
    first, second, third = (found[here.villages[at]] for at in range(3))
    assert (first["judged"], first["round"], first["evaluation"]) == (here.villages[0], row.id, "yearly")
    assert first["told"] == "是否满意：满意20票、基本满意12票、不满意8票。\n承诺兑现了没有：是30票、否10票。"
    assert "40人" in str(first["grounds"])
    assert second["told"] == third["told"]
    assert "几乎一致，是至少" in str(second["told"])
    assert "第2村、第3村" in str(second["grounds"])
    assert "24票" not in str(second["told"])


def test_it_objects_once_and_is_answered_by_a_day(here: Towns) -> None:
    published(here)
    record, by = notice(here), here.village(0)
    assert objecting.concerned(record, by=by)
    assert not objecting.concerned(record, by=here.village(1))
    with refused("matters.no_objection"):
        matters.raise_(by=here.village(1), record=record, grounds="不对", reference="o-0")
    raised = matters.raise_(by=by, record=record, grounds="有十张票没有算进去", reference="o-1")
    said = json.loads(raised.values)
    assert said["about"] == record.id
    assert said["due"] == "2012-07-05", "ten working days from a Wednesday before the Dragon Boat holiday"
    assert raised.holder == here.county
    with refused("ledger.objected_already"):
        matters.raise_(by=by, record=record, grounds="还是不对", reference="o-2")


def test_nobody_files_or_alters_a_notice_by_hand(here: Towns) -> None:
    published(here)
    with refused("ledger.not_by_hand"):
        actions.amend(by=here.office(), record=notice(here).id, values={"told": "很好"}, reason="改一改")


def test_a_correction_alters_it_and_can_be_objected_to_anew(here: Towns) -> None:
    row = published(here)
    before, other = notice(here), notice(here, 1)
    matters.raise_(by=here.village(0), record=before, grounds="数错了", reference="o-1")
    correct(here, row, counted(24, 10, 6, 0, kept=(30, 10, 0)))
    after = notice(here)
    assert after.id == before.id
    assert "满意24票" in json.loads(after.values)["told"]
    assert notice(here, 1).values == other.values
    later = replace(here.village(0), at=NOW + dt.timedelta(days=1))
    assert matters.raise_(by=later, record=after, grounds="还是不对", reference="o-2")


@pytest.mark.parametrize(("disputed", "told"), [(1, "是否满意：满意8票"), (2, "作废")])
def test_what_the_rule_annuls_is_told_as_well(
    here: Towns, keys: Sides, tmp_path: Path, disputed: int, told: str
) -> None:
    row = frozen(here, 25)
    files = handed(keys, poll(here, row, keys), tmp_path, disputed=disputed)
    closed_online(here, row, {1: 0}, {1: 0})
    polls.take(number=row.id, folder=files, by=here.office())
    results.publish(number=row.id, by=here.office())
    (found,) = notices().values()
    assert told in str(found["told"])
    assert ("10%" in str(found["grounds"])) is (disputed == 2)
