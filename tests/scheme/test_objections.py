"""docs/objections.md tells every decision about somebody in the core library, and where it is heard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.scheme.spec.format import HEAD
from xianfeng.scheme.loader import load, load_package, with_libraries
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.types import FieldType

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "objections.md").read_text(encoding="utf-8")
SOMEBODY = (FieldType.ORGANISATION, FieldType.PERSON, FieldType.RECORD)


def core() -> Scheme:
    loaded = load_package(with_libraries({"scheme.yaml": f"{HEAD}include: [core]\n"}))
    assert isinstance(loaded, Scheme)
    return loaded


def rows(after: str) -> list[list[str]]:
    """The cells of the first table after a line of the page."""
    table = re.search(r"(?:^\|.*\n)+", PAGE[PAGE.index(after) :], re.MULTILINE)
    assert table is not None
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[0].splitlines()[2:]]


def named(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


HEARD = {named(row[1])[0]: (named(row[2]), row[3]) for row in rows("| decision |")}
UNHEARD = [name for row in rows("| kind | why") for name in named(row[0])]


def test_every_kind_with_a_subject_is_in_the_table() -> None:
    kinds = core().kinds.values()
    about = {kind.name for kind in kinds if kind.subject and kind.fields[kind.subject].type in SOMEBODY}
    assert {*HEARD, *UNHEARD} == about
    assert not {*HEARD} & {*UNHEARD}


def test_it_is_heard_where_and_for_as_long_as_the_table_says() -> None:
    told = {}
    for kind in core().kinds.values():
        spans = {name: state.heard for name, state in kind.flow.states.items() if state.heard is not None}
        if spans:
            told[kind.name] = list(spans), "、".join(sorted({f"{each.amount} {each.unit}" for each in spans.values()}))
    assert told == HEARD


@pytest.mark.parametrize("name", sorted(path.name for path in (PROJECT / "schemes").iterdir()))
def test_no_shipped_scheme_takes_a_hearing_away(name: str) -> None:
    scheme = load(PROJECT / "schemes" / name)
    assert isinstance(scheme, Scheme)
    for kind, (states, _) in HEARD.items():
        if kind in scheme.kinds:
            heard = {state.name for state in scheme.kinds[kind].flow.states.values() if state.heard is not None}
            assert heard >= {*states}, kind
