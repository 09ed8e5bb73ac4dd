"""Whoever finds his code used by somebody else says so, once; above the rate that was sealed nothing is counted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.ballots.closed import Cast, hand_over
from tests.ballots.conftest import Ground, prepared, sides
from tests.ballots.sides import fetch
from tests.ballots.voter import fill_in
from xianfeng.ballots import lists, observing
from xianfeng.ballots.opening import Opener
from xianfeng.ballots.protocol import Poll
from xianfeng.ballots.recount import recount

YES = {"content": "满意"}
_MARKS = """
from xianfeng.ballots.issuing.models import Code
print(Code.objects.filter(is_disputed=True).count())
"""


@pytest.fixture
def ground(django_db_setup: None, tmp_path: Path) -> Iterator[Ground]:
    with sides(tmp_path) as (issuing, box):
        found = prepared(tmp_path, issuing, box, electors=20)
        issuing.serve()
        yield found


def dispute(ground: Ground, code: str, **how: str) -> dict[str, Any]:
    return ground.issuing.ask(f"{ground.poll.fingerprint}/dispute", code=code, **how)


def used(ground: Ground) -> str:
    code = ground.codes.pop()
    assert "signature" in fetch(ground.issuing, fill_in(ground.poll, YES), code)
    return code


def closed(ground: Ground, folder: Path) -> dict[str, Any]:
    """What the issuer hands over."""
    ground.issuing.do("close", ground.poll.fingerprint, folder / "issued.json")
    found: dict[str, Any] = json.loads((folder / "issued.json").read_text())
    return found


def test_a_code_is_said_to_be_used_by_somebody_else_and_counts_once(ground: Ground, tmp_path: Path) -> None:
    mine, other = used(ground), used(ground)
    first, again, lower = dispute(ground, mine), dispute(ground, mine), dispute(ground, mine.lower())
    assert first["disputed"] is again["disputed"] is lower["disputed"] is True
    assert dispute(ground, other)["disputed"] is True
    assert (
        fetch(ground.issuing, fill_in(ground.poll, YES), mine)["code"] == "ballots.code_used"
    )  # it gives no new ballot
    assert closed(ground, tmp_path)["disputed"] == 2


def test_what_nobody_used_cannot_have_been_used_by_somebody_else(ground: Ground, tmp_path: Path) -> None:
    fresh, on_paper, late = ground.codes.pop(), ground.codes.pop(), used(ground)
    ground.issuing.do("void", ground.poll.fingerprint, on_paper)
    assert dispute(ground, fresh)["code"] == "ballots.code_unused"
    assert dispute(ground, on_paper, language="en")["code"] == "ballots.code_unused"
    assert dispute(ground, "0000-0000-0000-00000")["code"] == "ballots.code_unknown"
    assert closed(ground, tmp_path)["disputed"] == 0
    assert dispute(ground, late)["code"] == "ballots.issuing_closed"


def test_once_all_is_destroyed_nothing_says_who_did(ground: Ground, tmp_path: Path) -> None:
    dispute(ground, used(ground))
    assert closed(ground, tmp_path)["disputed"] == 1
    assert ground.issuing.script(_MARKS).stdout.strip() == "1"
    ground.issuing.do("destroy", ground.poll.fingerprint)
    assert ground.issuing.script(_MARKS).stdout.strip() == "0"


def published(folder: Path, poll: Poll, opener: Opener, cast: Cast, *, disputed: int) -> Path:
    """Thirteen codes were used."""
    handed = hand_over(folder, poll, cast)
    issued = replace(lists.issued(handed.issued, poll), disputed=disputed)
    opened = observing.open_all(poll, lists.sealed(handed.sealed), opener)
    observing.publish(handed.published, handed.sealed, issued=issued, opened=opened)
    return handed.published


@pytest.fixture
def resealed(poll: Poll, opener: Opener, signer: Any) -> tuple[Poll, Cast]:
    """A poll of a rate of fifteen percent: of thirteen used codes one is below it, two above."""
    strict = replace(poll, annulled_above=15)
    kept = [fill_in(strict, {"content": "满意" if n % 3 else "不满意"}) for n in range(12)]
    return strict, [(each, each.signature(signer[0].sign(each.blinded))) for each in kept]


def test_above_the_rate_nothing_is_counted_and_the_number_is_published(
    resealed: tuple[Poll, Cast], opener: Opener, tmp_path: Path
) -> None:
    poll, cast = resealed
    folder = published(tmp_path, poll, opener, cast, disputed=2)
    found = recount(folder)
    assert (found.faults, found.is_annulled, found.tallies) == ((), True, {})
    assert not (folder / lists.LIST_B).exists()
    assert json.loads((folder / lists.COUNTS).read_text())["disputed"] == 2


def test_up_to_the_rate_all_is_counted(resealed: tuple[Poll, Cast], opener: Opener, tmp_path: Path) -> None:
    poll, cast = resealed
    found = recount(published(tmp_path, poll, opener, cast, disputed=1))
    assert (found.faults, found.is_annulled) == ((), False)
    assert found.tallies["content"] == {"满意": 8, "不满意": 4}


def test_observers_who_count_all_the_same_are_found(
    resealed: tuple[Poll, Cast], opener: Opener, tmp_path: Path
) -> None:
    poll, cast = resealed
    folder = published(tmp_path, poll, opener, cast, disputed=1)
    counts = lists.counts(folder)
    lists.write_counts(folder, replace(counts, disputed=2))
    assert any("作废" in fault for fault in recount(folder).faults)
    lists.write_counts(folder, replace(counts, disputed=14))
    assert any("14" in fault for fault in recount(folder).faults)
