"""What several threads ask for is found once, and remembered as far as there is room."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from xianfeng.remembered import Remembered, once_a_page, one_page

WAIT = 10.0  # seconds, in which everything happens


def test_threads_that_ask_at_once_find_once() -> None:
    remembered: Remembered[str] = Remembered(10)
    finding, asked = threading.Event(), threading.Event()
    found = []

    def find() -> str:
        found.append("looked")
        finding.set()
        assert asked.wait(WAIT)
        return "answer"

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(remembered.of, "question", find)
        assert finding.wait(WAIT)
        second = threads.submit(remembered.of, "question", find)
        assert remembered.of("another question", lambda: "is not waited with") == "is not waited with"
        asked.set()
        assert (first.result(WAIT), second.result(WAIT)) == ("answer", "answer")
    assert found == ["looked"]


def test_who_could_not_find_leaves_it_to_the_next() -> None:
    remembered: Remembered[str] = Remembered(10)

    def find() -> str:
        raise LookupError

    with pytest.raises(LookupError):
        remembered.of("question", find)
    assert remembered.of("question", lambda: "answer") == "answer"


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    remembered: Remembered[list[str]] = Remembered(3, len)
    for name in ("a", "b", "c", "a", "d"):
        remembered.of(name, lambda name=name: [name])  # type: ignore[misc]
    assert remembered.of("a", lambda: ["again"]) == ["a"]
    assert remembered.of("b", lambda: ["again"]) == ["again"]


def test_what_is_too_heavy_to_remember_is_found_each_time_and_drives_nothing_out() -> None:
    remembered: Remembered[list[str]] = Remembered(3, len)
    remembered.of("light", lambda: ["light"])
    assert remembered.of("heavy", lambda: ["x"] * 4) == ["x"] * 4
    assert remembered.of("heavy", lambda: ["y"] * 4) == ["y"] * 4
    assert remembered.of("light", lambda: ["again"]) == ["light"]


def test_a_page_that_only_reads_looks_up_once_what_its_parts_ask() -> None:
    looked: list[str] = []

    @once_a_page
    def find(name: str) -> int:
        looked.append(name)
        return len(looked)

    with one_page():
        assert [find("a"), find("a"), find("b")] == [1, 1, 2]
    with one_page():
        assert find("a") == 3
    assert [find("a"), find("a")] == [4, 5]
