"""How much one address, and everybody, may send on a day; and that no address is kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.voice.conftest import ELSEWHERE, Square
from xianfeng import paths
from xianfeng.problems import Problem
from xianfeng.voice import flood, senders
from xianfeng.voice.flood import Limits
from xianfeng.voice.models import Comment, Sending

DAY = dt.date(2026, 3, 1)


def test_one_address_may_say_so_much_about_one_thing(square: Square, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "COMMENTS", Limits(of_sender=9, of_sender_on_thing=2, on_thing=9))
    square.comment()
    square.comment()
    with pytest.raises(Problem) as problem:
        square.comment()
    assert problem.value.code == "voice.too_many"
    square.comment(subject=ELSEWHERE)
    square.comment(address="192.0.2.2")
    assert Comment.objects.count() == 4


def test_one_address_may_say_so_much_altogether(square: Square, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "COMMENTS", Limits(of_sender=2, of_sender_on_thing=9, on_thing=9))
    square.comment()
    square.comment(subject=ELSEWHERE)
    with pytest.raises(Problem) as problem:
        square.comment()
    assert problem.value.code == "voice.too_many"


def test_about_one_thing_so_much_is_taken_from_everybody(square: Square, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "COMMENTS", Limits(of_sender=9, of_sender_on_thing=9, on_thing=2))
    square.comment(address="192.0.2.1")
    square.comment(address="192.0.2.2")
    with pytest.raises(Problem) as problem:
        square.comment(address="192.0.2.3")
    assert problem.value.code == "voice.flood"
    square.comment(address="192.0.2.3", subject=ELSEWHERE)


def test_what_was_refused_is_not_counted(square: Square, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "COMMENTS", Limits(of_sender=1, of_sender_on_thing=1, on_thing=1))
    with pytest.raises(Problem):
        square.comment("")
    square.comment()


def test_complaints_do_not_use_up_comments(square: Square, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "COMMENTS", Limits(of_sender=1, of_sender_on_thing=1, on_thing=1))
    square.complain()
    square.comment()


def test_no_address_is_kept(square: Square) -> None:
    square.comment(address="192.0.2.77")
    kept = [str(row) for model in (Comment, Sending) for row in model.objects.values()]
    assert kept
    assert not any("192.0.2.77" in row for row in kept)


def test_the_salt_is_not_in_the_database_and_goes_with_its_day(square: Square) -> None:
    yesterday = dt.date(2000, 1, 1)
    senders.sender("192.0.2.1", yesterday)
    Sending.objects.create(day=yesterday, sender="x", thing="y", count=3)
    square.comment()
    assert not Sending.objects.filter(day=yesterday).exists()
    assert not [path for path in salts() if "2000-01-01" in path.name]
    assert len(salts()) == 1


def salts() -> list[Path]:
    return sorted(paths.room("passing").glob("*"))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIANFENG_DATA", str(tmp_path))


@pytest.mark.usefixtures("here")
def test_an_address_is_another_sender_every_day_and_the_same_all_day() -> None:
    assert senders.sender("192.0.2.1", DAY) == senders.sender("192.0.2.1", DAY)
    assert senders.sender("192.0.2.1", DAY) != senders.sender("192.0.2.1", DAY + dt.timedelta(days=1))


@pytest.mark.usefixtures("here")
def test_one_customer_of_many_addresses_is_one_sender() -> None:
    assert senders.sender("2001:db8:1:2::1", DAY) == senders.sender("2001:db8:1:2:ffff::9", DAY)
    assert senders.sender("2001:db8:1:2::1", DAY) != senders.sender("2001:db8:1:3::1", DAY)
    assert senders.sender("::ffff:192.0.2.1", DAY) == senders.sender("192.0.2.1", DAY)
