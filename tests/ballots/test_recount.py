"""Counting again from published files: a poll that was counted honestly stands, and each change of a file is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ballots.conftest import FORM
from tests.ballots.voter import Kept, fill_in
from xianfeng.ballots import blind, lists, observing, opening, protocol
from xianfeng.ballots.lists import Line
from xianfeng.ballots.opening import Opener
from xianfeng.ballots.protocol import Poll
from xianfeng.ballots.recount import recount
from xianfeng.problems import Problem

ANSWERS = [{"content": "满意"}] * 7 + [{"content": "不满意", "service": "三星", "words": "路灯"}] * 4 + [{}]


@pytest.fixture(scope="module")
def signer() -> tuple[blind.Signer, bytes]:
    private, public = blind.fresh()
    return blind.Signer.load(private), public


@pytest.fixture(scope="module")
def poll(signer: tuple[blind.Signer, bytes]) -> tuple[Poll, Opener]:
    observers, shares = opening.fresh()
    found = Poll(
        title="某村",
        round=bytes(32),
        electorate=bytes(32),
        electors=20,
        form=FORM,
        key=signer[1],
        observers=observers,
        least_electors=20,
        least_cast=10,
    )
    return found, Opener(*shares[:2], public=observers)


@pytest.fixture(scope="module")
def cast(poll: tuple[Poll, Opener], signer: tuple[blind.Signer, bytes]) -> list[tuple[Kept, bytes]]:
    kept = [fill_in(poll[0], answers) for answers in ANSWERS]
    return [(each, each.signature(signer[0].sign(each.blinded))) for each in kept]


@pytest.fixture
def published(poll: tuple[Poll, Opener], cast: list[tuple[Kept, bytes]], tmp_path: Path) -> Path:
    return publish(tmp_path, *poll, cast)


def publish(folder: Path, poll: Poll, opener: Opener, cast: list[tuple[Kept, bytes]]) -> Path:
    own = [protocol.own(poll, kept.message) for kept, _ in cast]
    opened = observing.open_all(
        poll, (Line(each, kept.sealed()) for each, (kept, _) in zip(own, cast, strict=True)), opener
    )
    lists.write_poll(folder, poll)
    hash_ = lists.write_ballots(folder, (Line(each, sign) for each, (_, sign) in zip(own, cast, strict=True)))
    answers = observing.shown(poll, opened)
    list_b = lists.write_answers(folder, answers) if answers else ""
    counts = lists.Counts(
        electors=20,
        codes=20,
        void=2,
        signed=13,
        refused=1,
        cast=len(cast),
        unreadable=opened.void,
        poll=poll.fingerprint,
        list_a=hash_,
        list_b=list_b,
    )
    lists.write_counts(folder, counts)
    return folder


@pytest.mark.parametrize("processes", [1, 2])
def test_what_was_counted_honestly_stands(published: Path, processes: int) -> None:
    found = recount(published, processes=processes)
    assert found.faults == ()
    assert found.ballots == 12
    assert found.tallies["content"] == {"满意": 7, "不满意": 4, "": 1}
    assert found.tallies["service"] == {"三星": 4, "": 8}
    assert "words" not in found.tallies


def test_nothing_published_holds_a_word_that_was_written(published: Path) -> None:
    assert [path.name for path in published.iterdir() if "路灯" in path.read_text()] == []


def test_columns_have_lost_the_rows_they_came_from(published: Path) -> None:
    columns = json.loads((published / lists.LIST_B).read_text())["columns"]
    assert all(column == sorted(column) for column in columns.values())


def test_too_few_ballots_are_counted_and_not_shown(
    poll: tuple[Poll, Opener], cast: list[tuple[Kept, bytes]], tmp_path: Path
) -> None:
    folder = publish(tmp_path, *poll, cast[:9])
    found = recount(folder)
    assert found.faults == ()
    assert found.ballots == 9
    assert not found.tallies


@pytest.mark.parametrize("others", [0, 1])
def test_all_alike_is_told_as_nearly_all_alike(others: int, poll: tuple[Poll, Opener]) -> None:
    """With or without one who differs the published list is the same, so that it gives nobody away."""
    column = tuple(["不满意"] * others + ["满意"] * (12 - others))
    opened = observing.Opened({"content": column, "service": ("五星",) * 6 + ("三星",) * 6}, (), 12, 0)
    answers = observing.shown(poll[0], opened)
    assert answers is not None
    assert answers.bands == {"content": "满意"}
    assert answers.columns.keys() == {"service"}


def test_two_who_differ_among_twelve_are_counted(poll: tuple[Poll, Opener]) -> None:
    column = ("不满意",) * 2 + ("满意",) * 10
    answers = observing.shown(poll[0], observing.Opened({"content": column}, (), 12, 0))
    assert answers == lists.Answers({"content": column}, {})


def _edit(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        (folder / name).write_text(change((folder / name).read_text()))

    return edit


def _without_the_first(text: str) -> str:
    return text.partition("\n")[2]


def _first_twice(text: str) -> str:
    return text.partition("\n")[0] + "\n" + text


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        pytest.param(_edit(lists.LIST_A, _without_the_first), "校验码", id="a ballot taken away"),
        pytest.param(_edit(lists.LIST_A, _first_twice), "重复", id="a ballot twice"),
        pytest.param(
            _edit(lists.LIST_B, lambda text: text.replace("不满意", "满意")), "清单B与公布", id="an answer changed"
        ),
        pytest.param(_edit(lists.LIST_B, lambda text: text.replace("三星", "九星")), "选项以外", id="no answer at all"),
        pytest.param(_edit(lists.LIST_B, lambda text: text.replace('"满意",', "", 1)), "不等于", id="an answer less"),
        pytest.param(_edit(lists.COUNTS, lambda text: text.replace('"cast":12', '"cast":13')), "公布", id="more cast"),
        pytest.param(
            _edit(lists.COUNTS, lambda text: text.replace('"signed":13', '"signed":9')), "多于", id="unsigned"
        ),
        pytest.param(_edit(lists.COUNTS, lambda text: text.replace('"codes":20', '"codes":21')), "名单", id="codes"),
        pytest.param(_edit(lists.POLL, lambda text: text.replace("某村", "某镇")), "场次文件", id="the title"),
        pytest.param(_edit(lists.POLL, lambda text: text.replace('"limit":90', '"limit":93')), "签名", id="the form"),
    ],
)
def test_each_change_of_a_published_file_is_found(published: Path, edit: Callable[[Path], None], told: str) -> None:
    edit(published)
    found = recount(published)
    assert any(told in fault for fault in found.faults), found.faults


def test_a_file_that_is_missing_or_broken_is_named(published: Path) -> None:
    (published / lists.LIST_A).write_text("nonsense\n")
    with pytest.raises(Problem, match=lists.LIST_A):
        recount(published)
    (published / lists.COUNTS).unlink()
    with pytest.raises(Problem, match=lists.COUNTS):
        recount(published)


def test_a_ballot_that_holds_something_else_than_it_is_bound_to_is_void(
    poll: tuple[Poll, Opener], cast: list[tuple[Kept, bytes]]
) -> None:
    (one, _), (other, _) = cast[0], cast[8]
    own = protocol.own(poll[0], one.message)
    exchanged = opening.sealed(other.content, public=poll[0].observers, message=one.message)
    opened = observing.open_all(poll[0], [Line(own, exchanged), Line(own, other.sealed())], poll[1])
    assert (opened.valid, opened.void) == (0, 2)
