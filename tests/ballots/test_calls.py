"""Who is called afterwards falls by lot from what was used and what was not; what was used only observers learn."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ballots.conftest import prepared, sides
from tests.ballots.sides import fetch
from tests.ballots.voter import fill_in
from tests.registry.trees import refused
from xianfeng.ballots import calls, codes, lists
from xianfeng.ballots.calls import Drawn, Outcome, Used
from xianfeng.ballots.lists import Counts
from xianfeng.ballots.protocol import Poll

SECRET = bytes(range(32))


def folder(tmp_path: Path, poll: Poll, used: Used) -> Path:
    """A published folder whose counts bind the issuer."""
    lists.write_poll(tmp_path / "published", poll)
    counts = Counts(
        electors=20,
        codes=20,
        void=2,
        signed=9,
        refused=0,
        cast=9,
        unreadable=0,
        poll=poll.fingerprint,
        list_a="",
        list_b="",
        disputed=0,
        used=used.hash,
    )
    lists.write_counts(tmp_path / "published", counts)
    used.write(tmp_path / "used.json")
    return tmp_path / "published"


@pytest.fixture
def called(poll: Poll) -> Poll:
    return replace(poll, calls=3)


@pytest.fixture
def used(called: Poll) -> Used:
    return Used(called.fingerprint, 20, (1, 3, 4, 7, 8, 11, 12, 19, 20), (2, 5), (), SECRET)


def by_hand(sealed: str, value: str, numbers: tuple[int, ...], many: int) -> list[int]:
    """The draw again, from docs/ballots.md and docs/inspections.md alone."""
    seed = hashlib.sha256(b"xianfeng inspections seed\0" + bytes.fromhex(sealed) + SECRET + value.encode()).digest()
    ticket = {n: hmac.digest(seed, json.dumps([str(n)]).encode(), "sha256") for n in numbers}
    return sorted(sorted(numbers, key=lambda n: ticket[n])[:many])


def test_the_lot_falls_by_what_was_sealed_and_the_public_value(tmp_path: Path, called: Poll, used: Used) -> None:
    there = folder(tmp_path, called, used)
    sealed = hashlib.sha256((there / lists.COUNTS).read_bytes()).hexdigest()
    found = calls.drawn(there, tmp_path / "used.json", value="0 7 4 2")
    unused = (6, 9, 10, 13, 14, 15, 16, 17, 18)
    assert list(found.used) == by_hand(sealed, "0742", used.used, 3)
    assert list(found.unused) == by_hand(sealed, "0742", unused, 3)


def test_over_many_values_each_is_called_as_often(tmp_path: Path, called: Poll, used: Used) -> None:
    there, often = folder(tmp_path, called, used), dict.fromkeys(used.used, 0)
    for value in range(600):
        for number in calls.drawn(there, tmp_path / "used.json", value=f"{value:04}").used:
            often[number] += 1
    assert all(140 < times < 260 for times in often.values()), often  # 200 each, and 11.5 a standard deviation


def test_an_issuer_who_says_something_else_later_is_found(tmp_path: Path, called: Poll, used: Used) -> None:
    there = folder(tmp_path, called, used)
    replace(used, used=(*used.used[:-1], 6)).write(tmp_path / "used.json")
    with refused("ballots.used_other"):
        calls.drawn(there, tmp_path / "used.json", value="0742")


def test_where_fewer_are_there_all_are_called(tmp_path: Path, poll: Poll, used: Used) -> None:
    many = replace(poll, calls=50)
    there = folder(tmp_path, many, replace(used, poll=many.fingerprint))
    found = calls.drawn(there, tmp_path / "used.json", value="0742")
    assert (found.used, len(found.unused)) == (used.used, 9)


def test_what_is_heard_is_held_against_what_was_used() -> None:
    called = Drawn(used=(1, 4, 7), unused=(6, 9))
    answers = {1: "是", 4: "否", 7: "未通", 6: "否", 9: "是"}
    assert calls.outcomes(called, answers) == (Outcome(1, 1, 1), Outcome(1, 1, 0))
    with refused("ballots.called_others"):
        calls.outcomes(called, {**answers, 12: "是"})


def test_whoever_calls_is_told_numbers_and_not_whose_code_was_used(django_db_setup: None, tmp_path: Path) -> None:
    """From the printer to the caller, by everybody's own commands."""
    with sides(tmp_path) as (issuing, box):
        ground = prepared(tmp_path, issuing, box, electors=20)
        secret = (tmp_path / "printer.key").read_bytes()
        digests = {codes.digest(code, poll=ground.poll.fingerprint, key=secret): code for code in ground.codes}
        numbered = [digests[digest] for digest in sorted(digests)]
        issuing.serve()
        for place in (2, 17):
            assert "signature" in fetch(issuing, fill_in(ground.poll, {}), numbered[place - 1])
        issuing.do("void", ground.poll.fingerprint, numbered[4])
        issuing.do("close", ground.poll.fingerprint, tmp_path / "issued.json", "--used", tmp_path / "used.json")
        again = tmp_path / "again.json"
        issuing.do("close", ground.poll.fingerprint, again)
        assert again.read_text() == (tmp_path / "issued.json").read_text()
    found = json.loads((tmp_path / "used.json").read_text())
    assert (found["used"], found["void"], found["codes"]) == ([2, 17], [5], 20)
    assert (
        lists.issued(tmp_path / "issued.json", ground.poll).used
        == hashlib.sha256((tmp_path / "used.json").read_bytes()).hexdigest()
    )
    assert Drawn(used=(2, 17), unused=(1, 9)).numbers == (1, 2, 9, 17)
