"""A sample drawn by hand: numbers of the sealed list, typed by one who names witnesses, confirmed by another, once."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from tests.evaluations.test_sampling import SAMPLED, later
from tests.evaluations.towns import NOW, VILLAGES, Towns, counted, roll, towns, twice
from tests.registry.trees import refused
from xianfeng import paths
from xianfeng.evaluations import drawing, freezing, results, slips, stages, witnessed
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sample import Lot
from xianfeng.ledger import sheets
from xianfeng.log.actors import Actor
from xianfeng.log.models import Entry
from xianfeng.vault import erasure

HAND = Lot(value="", known=NOW.date(), by_hand=True)
MET = tuple(range(2, 62, 2))  # every other of the first sixty
LINES = f"{VILLAGES[0]} {' '.join(map(str, MET))}"
WATCHED = "王五（村民代表）、赵六"
SIGNED = ("王五监督抽签.pdf", b"%PDF-1.7 ")


@pytest.fixture
def here(db: None) -> Towns:
    return towns(SAMPLED)


@pytest.fixture
def row(here: Towns) -> EvaluationRound:
    """Of the first village thirty are drawn of eighty, all twenty-five of the second are asked."""
    made = freezing.begin(scheme="judged-2012", evaluation="yearly", day=NOW.date(), by=here.office())
    freezing.freeze(number=made.id, roll=roll(80, 25), lot=HAND, by=here.office())
    made.refresh_from_db()
    return made


def typed(here: Towns, row: EvaluationRound, lines: str = LINES, *, by: Actor | None = None) -> None:
    by = by or here.office(1)
    witnessed.enter(number=row.id, lines=lines, witnesses=WATCHED, scan=SIGNED, roll=roll(80, 25), by=by)


def confirm(row: EvaluationRound, by: Actor) -> None:
    """Of what is typed there now, if anything is."""
    step = witnessed.typed(row)
    witnessed.confirm(number=row.id, seen=step.seq if step else 0, by=by)


def test_who_was_drawn_before_witnesses_is_asked(here: Towns, row: EvaluationRound) -> None:
    assert witnessed.listed(number=row.id, roll=roll(80, 25), by=here.office()) == {VILLAGES[0]: roll(80)[VILLAGES[0]]}
    typed(here, row)
    with refused("evaluations.undrawn"):
        slips.issue(number=row.id, issued={1: 30, 2: 25}, by=here.office())
    confirm(row, here.office(2))
    found = drawing.listed(number=row.id, roll=roll(80, 25), by=here.office())
    assert found[VILLAGES[0]] == tuple(f"{VILLAGES[0]}-{n - 1:03}" for n in MET)
    assert found[VILLAGES[1]] == roll(0, 25)[VILLAGES[1]]
    slips.issue(number=row.id, issued={1: 30, 2: 25}, by=here.office())


def test_who_was_drawn_and_who_watched_stand_in_no_entry_until_the_end(here: Towns, row: EvaluationRound) -> None:
    typed(here, row)
    confirm(row, here.office(2))
    slips.issue(number=row.id, issued={1: 30, 2: 25}, by=here.office())
    slips.close(number=row.id, returned={1: 25, 2: 0}, by=here.office())
    twice(here, EvaluationRound.objects.get(id=row.id), 1, counted(15, 5, 5, 0, kept=(15, 10, 0)))
    assert not any("王五" in one.body or "[2,4" in one.body for one in Entry.objects.all())
    assert witnessed.told(row, here.office(2)) == ({VILLAGES[0]: list(MET)}, WATCHED)
    results.publish(number=row.id, by=here.office())
    assert stages.last(row, "reveal").body["numbers"] == {VILLAGES[0]: list(MET)}
    assert not any("王五" in one.body for one in Entry.objects.all())


def test_whoever_typed_does_not_confirm_and_what_is_wrong_is_typed_again(here: Towns, row: EvaluationRound) -> None:
    with refused("evaluations.nothing_typed"):
        confirm(row, here.office(2))
    typed(here, row)
    for person in (1, None):
        with refused("lots.own_typing"):
            confirm(row, replace(here.office(1), person=person))
    with refused("evaluations.drawn"):
        typed(here, row, by=here.office(3))
    with refused("evaluations.no_reason"):
        witnessed.send_back(number=row.id, reason=" ", by=here.office(2))
    witnessed.send_back(number=row.id, reason="第三个号看错", by=here.office(2))
    with refused("evaluations.nothing_typed"):
        confirm(row, here.office(2))
    typed(here, row, f"{VILLAGES[0]} {' '.join(map(str, range(1, 31)))}", by=here.office(2))
    confirm(row, here.office(1))
    with refused("evaluations.nothing_typed"):
        witnessed.send_back(number=row.id, reason="换一批", by=here.office(2))
    with refused("evaluations.drawn"):
        typed(here, row)
    found = drawing.listed(number=row.id, roll=roll(80, 25), by=here.office())
    assert found[VILLAGES[0]] == roll(30)[VILLAGES[0]]


def test_who_confirms_has_seen_what_he_confirms(here: Towns, row: EvaluationRound) -> None:
    typed(here, row)
    seen = witnessed.typed(row)
    witnessed.send_back(number=row.id, reason="第三个号看错", by=here.office(1))
    typed(here, row, f"{VILLAGES[0]} {' '.join(map(str, range(1, 31)))}")
    before = Entry.objects.count()
    for shown in (seen.seq if seen else 0, 0):
        with refused("lots.typed_anew"):
            witnessed.confirm(number=row.id, seen=shown, by=here.office(2))
    assert Entry.objects.count() == before
    assert drawing.drawn(row) is None
    confirm(row, here.office(2))


def test_the_sheet_that_the_witnesses_signed_is_kept(here: Towns, row: EvaluationRound) -> None:
    typed(here, row)
    step = witnessed.typed(row)
    assert step is not None
    assert sheets.read(step, by=here.office(2), purpose="核对") == ("application/pdf", SIGNED[1])
    witnessed.send_back(number=row.id, reason="第三个号看错", by=here.office(2))
    with refused("ledger.file_size"):
        witnessed.enter(
            number=row.id, lines=LINES, witnesses=WATCHED, scan=("空.pdf", b""), roll=roll(80, 25), by=here.office()
        )
    assert witnessed.typed(row) is None


def test_who_has_the_draw_erased_has_the_sheet_erased(here: Towns, row: EvaluationRound) -> None:
    typed(here, row)
    step = witnessed.typed(row)
    assert step is not None
    erasure.erase(by=(here.office(1), here.office(2)), reason="见证人申请", record=row.id)
    with refused("vault.erased"):
        sheets.read(step, by=here.office(2), purpose="核对")
    assert not [path for path in paths.room("attachments").rglob("*") if path.is_file()], "no copy lies elsewhere"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("", "evaluations.drawn_count"),
        (f"{VILLAGES[0]} 1 2 3", "evaluations.drawn_count"),
        (f"{LINES} 80", "evaluations.drawn_count"),
        (LINES.replace(" 2 ", " 81 "), "lots.slip"),
        (LINES.replace(" 2 ", " 0 "), "lots.slip"),
        (LINES.replace(" 2 ", " 4 "), "lots.slip"),
        (LINES.replace(" 2 ", " 二 "), "lots.slip"),
        (f"{LINES}\n{LINES}", "evaluations.drawn_whose"),
        (f"{LINES}\n{VILLAGES[1]} 1 2", "evaluations.drawn_whose"),
        (f"{LINES}\n999 1", "evaluations.drawn_whose"),
    ],
)
def test_what_cannot_have_been_drawn_is_refused(here: Towns, row: EvaluationRound, lines: str, code: str) -> None:
    with refused(code):
        typed(here, row, lines)
    assert witnessed.typed(row) is None


def test_lists_witnesses_and_hands_are_asked_for(here: Towns, row: EvaluationRound) -> None:
    by = here.office()
    with refused("evaluations.other_list"):
        witnessed.enter(number=row.id, lines=LINES, witnesses=WATCHED, scan=SIGNED, roll=roll(79, 25), by=by)
    with refused("evaluations.other_list"):
        witnessed.listed(number=row.id, roll=roll(79, 25), by=by)
    with refused("evaluations.no_list"):
        witnessed.enter(number=row.id, lines=LINES, witnesses=WATCHED, scan=SIGNED, roll=None, by=by)
    with refused("lots.no_witness"):
        witnessed.enter(number=row.id, lines=LINES, witnesses=" ", scan=SIGNED, roll=roll(80, 25), by=by)
    with refused("lots.no_person"):
        typed(here, row, by=replace(by, person=None))
    with refused("ledger.wrong_actor"):
        typed(here, row, by=here.village(0))
    with refused("evaluations.by_hand"):
        drawing.draw(number=row.id, value="1", roll=roll(80, 25), by=later(here))


def test_how_it_is_drawn_and_from_which_day_is_sealed(here: Towns) -> None:
    day = NOW.date() + dt.timedelta(days=3)
    made = freezing.begin(scheme="judged-2012", evaluation="yearly", day=NOW.date(), by=here.office())
    freezing.freeze(number=made.id, roll=roll(80, 25), lot=replace(HAND, known=day), by=here.office())
    made.refresh_from_db()
    assert json.loads(made.frozen)["sample"]["value"] == ""
    with refused("lots.too_early"):
        typed(here, made)
    typed(here, made, by=later(here))


def test_a_sample_by_value_is_not_typed(here: Towns) -> None:
    made = freezing.begin(scheme="judged-2012", evaluation="yearly", day=NOW.date(), by=here.office())
    lot = Lot(value="某期号码", known=NOW.date() + dt.timedelta(days=3))
    freezing.freeze(number=made.id, roll=roll(80), lot=lot, by=here.office())
    with refused("evaluations.by_value"):
        typed(here, made)
