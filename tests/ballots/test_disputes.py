"""Whoever finds his code used by somebody else says so, once; above the rate that was sealed nothing is counted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.ballots.closed import Cast, Handed, hand_over
from tests.ballots.conftest import Ground, prepared, sides
from tests.ballots.sides import fetch
from tests.ballots.voter import fill_in
from tests.registry.trees import refused
from xianfeng.ballots import calls, lists, observing
from xianfeng.ballots.calls import Used
from xianfeng.ballots.opening import Opener, Share
from xianfeng.ballots.protocol import Poll
from xianfeng.ballots.recount import recount
from xianfeng.cli.ballots import disputes, open_

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


def published(folder: Path, poll: Poll, opener: Opener, cast: Cast, *, disputed: int, refuted: int = 0) -> Path:
    """Thirteen codes were used."""
    handed = hand_over(folder, poll, cast)
    issued = replace(lists.issued(handed.issued, poll), disputed=disputed)
    opened = observing.open_all(poll, lists.sealed(handed.sealed), opener)
    observing.publish(handed.published, handed.sealed, issued=issued, opened=opened, refuted=refuted)
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


DISPUTED = (4, 9, 13)


@dataclass
class Box:
    """A closed poll in which some are called, as it lies before the observers: of thirteen used codes three are
    disputed."""

    folder: Path
    handed: Handed
    shares: list[Path]

    @property
    def used(self) -> Path:
        return self.folder / "used.json"

    def asked(self) -> list[int]:
        """The numbers that whoever calls is handed."""
        out = self.folder / "numbers.txt"
        disputes(self.handed.published, used=self.used, issuing=self.handed.issued, out=out)
        return [int(line) for line in out.read_text().split()]

    @property
    def poll(self) -> Poll:
        return lists.poll(self.handed.published)

    def bind(self, used: Used) -> None:
        """The issuer hands this over."""
        used.write(self.used)
        issued = replace(lists.issued(self.handed.issued, self.poll), disputed=len(used.disputed), used=used.hash)
        lists.write_issued(self.handed.issued, issued)

    def open(self, **heard: Path) -> None:
        sides = {"sealed": self.handed.sealed, "share": self.shares, "issuing": self.handed.issued}
        open_(self.handed.published, **sides, **heard)

    def heard(self, **others: str) -> Path:
        """Whoever did not vote says so, and whoever complained, unless `others`, by `n4`, tell otherwise."""
        path = self.folder / "heard.txt"
        said = {f"n{n}": "是" for n in range(1, 14) if n not in DISPUTED} | others
        path.write_text("\n".join(f"{n} {said.get(f'n{n}', '否')}" for n in self.asked()))
        return path

    @property
    def counts(self) -> lists.Counts:
        return lists.counts(self.handed.published)


@pytest.fixture
def box(resealed: tuple[Poll, Cast], shares: tuple[Share, ...], signer: Any, tmp_path: Path) -> Box:
    poll = replace(resealed[0], calls=3)
    kept = [fill_in(poll, YES) for _ in range(12)]
    handed = hand_over(tmp_path, poll, [(each, each.signature(signer[0].sign(each.blinded))) for each in kept])
    paths = [tmp_path / f"share-{share.place}.txt" for share in shares[:2]]
    for path, share in zip(paths, shares, strict=False):
        path.write_text(share.text)
    found = Box(tmp_path, handed, paths)
    found.bind(Used(poll.fingerprint, 20, tuple(range(1, 14)), (14, 15), DISPUTED, secret=bytes(32)))
    return found


def test_above_the_rate_those_who_complain_are_called_before_the_poll_is_opened(box: Box) -> None:
    with refused("ballots.disputes_uncalled"):
        box.open()
    assert not (box.handed.published / lists.COUNTS).exists()
    numbers = box.asked()
    used_by_whom_nobody_complains = {n for n in numbers if n <= 13} - {*DISPUTED}
    assert {*DISPUTED} <= {*numbers}
    assert len(used_by_whom_nobody_complains) == len([n for n in numbers if n > 15]) == 3
    assert numbers == sorted(numbers) == box.asked()


@pytest.mark.parametrize(
    ("used_", "disputed", "used_besides", "unused"),
    [
        (range(1, 16), DISPUTED, 6, 0),  # everybody voted
        (range(1, 15), DISPUTED, 5, 1),
        ((*DISPUTED, 5), DISPUTED, 1, 5),
    ],
)
def test_whoever_calls_cannot_tell_who_complains_where_nearly_all_voted_or_nearly_nobody(
    box: Box, used_: Iterable[int], disputed: tuple[int, ...], used_besides: int, unused: int
) -> None:
    box.bind(Used(box.poll.fingerprint, 15, tuple(used_), (), disputed, secret=bytes(32)))
    others = {*box.asked()} - {*disputed}
    assert (len(others & {*used_}), len(others - {*used_})) == (used_besides, unused)


def test_that_nobody_can_be_hidden_is_said(box: Box, capsys: pytest.CaptureFixture[str]) -> None:
    box.bind(Used(box.poll.fingerprint, 4, (1, 2, 3, 4), (), (2, 3, 4), secret=bytes(32)))
    assert box.asked() == [1, 2, 3, 4]
    assert "猜得出" in capsys.readouterr().out
    box.bind(Used(box.poll.fingerprint, 20, (1, 2, 3, 4), (), (2, 3, 4), secret=bytes(32)))
    box.asked()
    assert "猜得出" not in capsys.readouterr().out


def test_a_dispute_falls_only_where_its_elector_says_that_he_voted(box: Box) -> None:
    """Whoever knows codes of others, as the printer does, annuls nothing by disputing them."""
    box.open(used=box.used, answers=box.heard(n4="是", n13="是"))
    assert (box.counts.disputed, box.counts.refuted) == (3, 2)
    found = recount(box.handed.published)
    assert (found.faults, found.is_annulled) == ((), False)


def test_who_is_not_reached_or_says_that_he_did_not_vote_annuls(box: Box) -> None:
    box.open(used=box.used, answers=box.heard(n9="未通", n13="是"))
    assert (box.counts.disputed, box.counts.refuted) == (3, 1)
    found = recount(box.handed.published)
    assert (found.faults, found.is_annulled) == ((), True)
    assert not (box.handed.published / lists.LIST_B).exists()


def test_an_unused_code_whose_elector_says_that_he_voted_refutes_nothing(box: Box) -> None:
    decoys = {f"n{n}": "是" for n in box.asked() if n not in DISPUTED}
    box.open(used=box.used, answers=box.heard(**decoys))
    assert box.counts.refuted == 0
    assert recount(box.handed.published).is_annulled


def test_a_used_code_of_which_nobody_complained_and_whose_elector_says_he_did_not_vote_is_told_and_counts_nothing(
    box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    silent = next(n for n in box.asked() if n <= 13 and n not in DISPUTED)
    box.open(used=box.used, answers=box.heard(n4="是", n13="是", **{f"n{silent}": "否"}))
    assert "1个说没投" in capsys.readouterr().out
    assert (box.counts.disputed, box.counts.refuted) == (3, 2)


def test_nobody_refutes_disputes_that_were_not_said_or_without_calls(
    box: Box, resealed: tuple[Poll, Cast], opener: Opener, tmp_path: Path
) -> None:
    box.open(used=box.used, answers=box.heard(n4="是", n13="是"))
    lists.write_counts(box.handed.published, replace(box.counts, refuted=4))
    assert any("回访" in fault for fault in recount(box.handed.published).faults)
    poll, cast = resealed
    with refused("ballots.numbers"):
        published(tmp_path / "uncalled", poll, opener, cast, disputed=2, refuted=1)


def test_an_issuer_who_hands_over_other_disputes_is_found(box: Box) -> None:
    Used(box.poll.fingerprint, 20, tuple(range(1, 14)), (14, 15), (1, 2, 3), secret=bytes(32)).write(box.used)
    with refused("ballots.used_other"):
        box.asked()


def test_the_issuer_tells_observers_which_numbers_are_disputed(ground: Ground, tmp_path: Path) -> None:
    mine, _ = used(ground), used(ground)
    dispute(ground, mine)
    ground.issuing.do("close", ground.poll.fingerprint, tmp_path / "issued.json", "--used", tmp_path / "used.json")
    issued = lists.issued(tmp_path / "issued.json", ground.poll)
    drawn = calls.disputed(ground.poll, tmp_path / "used.json", issued=issued)
    found = json.loads((tmp_path / "used.json").read_text())
    assert (len(found["used"]), len(found["disputed"])) == (2, 1)
    assert drawn.disputed == tuple(found["disputed"])
    assert (len(drawn.others.used), len(drawn.others.unused)) == (1, 1)


def test_counts_that_were_published_before_anybody_was_called_are_read(
    resealed: tuple[Poll, Cast], opener: Opener, tmp_path: Path
) -> None:
    folder = published(tmp_path, *resealed[:1], opener, resealed[1], disputed=1)
    said = json.loads((folder / lists.COUNTS).read_text())
    del said["refuted"]
    (folder / lists.COUNTS).write_text(json.dumps(said))
    assert recount(folder).faults == ()
