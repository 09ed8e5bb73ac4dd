"""Opening a closed box: what the two sides handed over has to fit before anything of it is published."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from tests.ballots.closed import ANSWERS, Cast, Handed, hand_over
from tests.ballots.voter import fill_in
from xianfeng.ballots import lists, observing, opening, protocol
from xianfeng.ballots.lists import Line
from xianfeng.ballots.opening import Opener, Share
from xianfeng.ballots.protocol import Poll
from xianfeng.cli import ballots
from xianfeng.problems import Problem


@pytest.fixture
def handed(poll: Poll, shares: tuple[Share, ...], cast: Cast, tmp_path: Path) -> Handed:
    for share in shares:
        (tmp_path / f"{share.place}.txt").write_text(share.text)
    return hand_over(tmp_path, poll, cast)


def run(handed: Handed, *shares: int) -> Result:
    """`xianfeng ballots open`, as two observers type it."""
    app = typer.Typer()
    ballots.register(app)
    given = [word for place in shares for word in ("--share", str(handed.issued.with_name(f"{place}.txt")))]
    folders = ["ballots", "open", str(handed.published), "--from", str(handed.sealed)]
    result = CliRunner().invoke(app, [*folders, "--issuing", str(handed.issued), *given])
    if isinstance(result.exception, Problem):
        raise result.exception
    return result


def refused(handed: Handed, code: str) -> None:
    """And nothing of it is published."""
    with pytest.raises(Problem) as told:
        run(handed, 1, 3)
    assert told.value.code == code
    assert {path.name for path in handed.published.iterdir()} == {lists.POLL, lists.LIST_A}


def test_two_observers_open_what_was_handed_over(handed: Handed) -> None:
    assert "有效票12张，无效票0张" in run(handed, 1, 3).output
    counts = json.loads((handed.published / lists.COUNTS).read_text())
    assert (counts["signed"], counts["cast"], counts["refused"]) == (13, 12, 1)
    assert (handed.sealed / lists.TEXTS).read_text().splitlines() == ["您想说的话\t路灯"] * 4


def _edited(file: Callable[[Handed], Path], **changes: object) -> Callable[[Handed], None]:
    def edit(handed: Handed) -> None:
        path = file(handed)
        path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))

    return edit


def _written(file: Callable[[Handed], Path], text: str) -> Callable[[Handed], None]:
    def write(handed: Handed) -> None:
        file(handed).write_text(text)

    return write


def _issued(handed: Handed) -> Path:
    return handed.issued


def _box(handed: Handed) -> Path:
    return handed.sealed / lists.BOX


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        pytest.param(_edited(_issued, poll="0" * 64), "handed_other", id="the issuer's of another poll"),
        pytest.param(_edited(_box, poll="0" * 64), "handed_other", id="the box's of another poll"),
        pytest.param(_edited(_issued, signed="13"), "file", id="a number that is a text"),
        pytest.param(_edited(_issued, signed=True), "file", id="a number that is none"),
        pytest.param(_edited(_box, refused=-1), "file", id="fewer than none"),
        pytest.param(_edited(_issued, told="more"), "file", id="more than it says"),
        pytest.param(_written(_issued, "{"), "file", id="no JSON"),
        pytest.param(_written(_box, "[1]"), "file", id="another sort of JSON"),
        pytest.param(_edited(_issued, signed=11), "numbers", id="fewer signatures than ballots"),
        pytest.param(_edited(_issued, codes=14), "numbers", id="more used than there are codes"),
        pytest.param(_edited(_box, cast=11), "numbers", id="fewer ballots than are there"),
        pytest.param(_edited(_box, list_a="0" * 64), "list_a", id="another list than the box counted"),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_is_published(
    handed: Handed, edit: Callable[[Handed], None], code: str
) -> None:
    edit(handed)
    refused(handed, f"ballots.{code}")


def test_ballots_that_the_keeper_of_the_box_made_himself_are_not_opened(handed: Handed, poll: Poll) -> None:
    """With the observers' public key anybody seals answers to them; without the issuer nobody gets a signature."""
    made = [fill_in(poll, {"content": "满意"}) for _ in ANSWERS]
    own = [protocol.own(poll, each.message) for each in made]
    lists.write_sealed(handed.sealed, (Line(one, each.sealed()) for one, each in zip(own, made, strict=True)))
    refused(handed, "ballots.exchanged")
    list_a = lists.write_ballots(handed.published, (Line(one, secrets.token_bytes(384)) for one in own))
    _edited(_box, list_a=list_a)(handed)
    refused(handed, "ballots.list_a")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda lines: lines[:-1], id="one less"),
        pytest.param(lambda lines: [*lines, lines[-1]], id="one twice"),
        pytest.param(lambda lines: [lines[1], lines[0], *lines[2:]], id="two exchanged"),
    ],
)
def test_what_is_not_the_ballots_of_list_a_is_not_opened(
    handed: Handed, change: Callable[[list[str]], list[str]]
) -> None:
    path = handed.sealed / lists.SEALED
    path.write_text("".join(change(path.read_text().splitlines(keepends=True))))
    refused(handed, "ballots.exchanged")


@pytest.mark.parametrize("others", [0, 1])
def test_all_alike_is_told_as_nearly_all_alike(others: int, poll: Poll) -> None:
    """With or without one who differs the published list is the same, so that it gives nobody away."""
    column = tuple(["不满意"] * others + ["满意"] * (12 - others))
    opened = observing.Opened({"content": column, "service": ("五星",) * 6 + ("三星",) * 6}, (), 12, 0)
    answers = observing.shown(poll, opened)
    assert answers is not None
    assert answers.bands == {"content": "满意"}
    assert answers.columns.keys() == {"service"}


def test_two_who_differ_among_twelve_are_counted(poll: Poll) -> None:
    column = ("不满意",) * 2 + ("满意",) * 10
    answers = observing.shown(poll, observing.Opened({"content": column}, (), 12, 0))
    assert answers == lists.Answers({"content": column}, {})


def test_a_ballot_that_holds_something_else_than_it_is_bound_to_is_void(poll: Poll, opener: Opener, cast: Cast) -> None:
    (one, _), (other, _) = cast[0], cast[8]
    own = protocol.own(poll, one.message)
    exchanged = opening.sealed(other.content, public=poll.observers, message=one.message)
    opened = observing.open_all(poll, [Line(own, exchanged), Line(own, other.sealed())], opener)
    assert (opened.valid, opened.void) == (0, 2)
