"""Who voted what cannot be told from what is left after closing; and the test that says so finds planted leaks.

The adversary has both databases and all files, knows in which order voters came to the box, and looks for any order
that goes with it (rows, bytes, whatever any column says), and for any value that both sides hold.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.ballots import rounds
from tests.ballots.conftest import Ground, prepared, sides
from tests.ballots.rounds import Voter
from tests.ballots.sides import Side

_SEED = 20101108
Leaks = Callable[..., set[str]]
# A log that somebody adds to the box: when each ballot came.
_DIARY = (
    "CREATE TABLE box_diary (name text, taken integer);"
    "CREATE TRIGGER box_when AFTER INSERT ON box_ballot WHEN (SELECT is_open FROM box_poll WHERE fingerprint = "
    "NEW.poll_id) BEGIN INSERT INTO box_diary VALUES (NEW.name, (SELECT count(*) FROM box_diary)); END"
)


# The same at the issuer: when each code was said to have been used by somebody else.
_DISPUTES = (
    "CREATE TABLE issuing_diary (digest text, taken integer);"
    "CREATE TRIGGER issuing_when AFTER UPDATE OF is_disputed ON issuing_code WHEN NEW.is_disputed "
    "BEGIN INSERT INTO issuing_diary VALUES (NEW.digest, (SELECT count(*) FROM issuing_diary)); END"
)


@pytest.fixture(scope="module")
def ground(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("rounds")
    with sides(folder) as (issuing, box):
        yield prepared(folder, issuing, box, electors=3)


@pytest.fixture(scope="module")
def voters(ground: Ground) -> list[list[Voter]]:
    return rounds.issued(ground, chance=random.Random(_SEED))  # noqa: S311 -- to be repeated


@pytest.fixture
def box(django_db_setup: None, tmp_path: Path) -> Iterator[Side]:
    with sides(tmp_path) as (_, empty):
        yield empty


@pytest.fixture
def leaks(ground: Ground, box: Side, voters: list[list[Voter]]) -> Leaks:
    def found(plant: str = "", made: list[list[Voter]] = voters) -> set[str]:
        chance = random.Random(_SEED + 1)  # noqa: S311 -- to be repeated
        return rounds.cast(ground.issuing, box, made, chance=chance, plant=plant).leaks()

    return found


def test_nothing_that_is_left_goes_with_the_order_of_casting(leaks: Leaks) -> None:
    assert leaks() == set()


@pytest.mark.parametrize(
    ("plant", "where"),
    [
        pytest.param("unwritten", "box_ballot by rowid", id="a box that is not rewritten"),
        pytest.param(_DIARY, "box_diary by taken", id="a diary of when ballots came"),
        pytest.param("log", "access.log", id="a log of receipts"),
        pytest.param("times", "times of files", id="a file for each, whose times tell"),
        pytest.param("backup", "yesterday.bak", id="a copy of the box while it was open"),
    ],
)
def test_what_leaks_the_order_is_found(leaks: Leaks, plant: str, where: str) -> None:
    assert any(found.startswith(where) for found in leaks(plant))


def test_a_page_that_marks_its_ballots_is_found(ground: Ground, leaks: Leaks) -> None:
    chance = random.Random(_SEED)  # noqa: S311 -- to be repeated
    assert leaks(made=rounds.issued(ground, chance=chance, page=rounds.marked, many=2)) == {"id"}


def test_an_issuer_who_learns_of_a_ballot_is_found(ground: Ground, leaks: Leaks, voters: list[list[Voter]]) -> None:
    note = ground.issuing.folder / "who.txt"
    note.write_text(voters[3][5].name)
    assert leaks() == {"who.txt"}
    note.unlink()


@pytest.mark.parametrize(("plant", "found"), [("", False), (_DISPUTES, True)], ids=["as it is", "with a diary"])
def test_nothing_the_issuer_keeps_goes_with_the_order_of_disputes(tmp_path: Path, plant: str, found: bool) -> None:
    """Nor would that of a day on which somebody was seen at his telephone lead to his number."""
    with sides(tmp_path) as (issuing, box):
        if databases.POSTGRES:  # its log of changes is out of reach here
            issuing.url = f"sqlite://{tmp_path}/issuing.sqlite3"
        ground = prepared(tmp_path, issuing, box, electors=3)
        chance = random.Random(_SEED + 2)  # noqa: S311 -- to be repeated
        leaks = rounds.disputed(ground, chance=chance, plant=plant).leaks()
    assert ("issuing_diary by taken" in leaks) is found
    assert found or not leaks
