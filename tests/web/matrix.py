"""The permission matrix as it is written in matrix.yaml: its blocks, what each says of a visitor, its tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ruamel.yaml import YAML

from tests.web import roles
from tests.web.roles import EVERYBODY, POSITIONS

Block = dict[str, Any]
MATRIX: list[Block] = YAML(typ="safe").load(Path(__file__).with_name("matrix.yaml"))
OPEN = (200, "part")
NONE = "none"


def address(block: Block) -> str:
    return str(block.get("get") or block["post"])


def secret(block: Block) -> str:
    """What may be read only where the outcome is 200; '' where there is nothing of that sort."""
    said = str(block.get("secret", NONE))
    return "" if said == NONE else said


def outcomes(block: Block, who: str) -> list[Any]:
    """One for each position."""
    lines = {name: outcome for names, outcome in block["outcomes"].items() for name in names.split()}
    assert set(lines) <= {*EVERYBODY, "others"}, block["route"]
    outcome = lines.get(who, lines.get("others"))
    assert outcome is not None, f"{block['route']}: 没有写 {who}"
    if isinstance(outcome, list):
        assert len(outcome) == len(POSITIONS), block["route"]
        return outcome
    places = roles.PLACES[roles.ROLES[who][0] if who in roles.ROLES else "town"]
    return [outcome if position in places else "-" for position in POSITIONS]


def opens(block: Block) -> bool:
    """Whether anybody sees a page of it."""
    return any(outcome in OPEN for outcome in _all(block))


def family(table: str) -> str:
    """Of tables that a page numbers or names by what is in them (part-2, fields-visit): what they are."""
    return table.partition("-")[0]


def tables() -> set[tuple[str, str]]:
    """The tables that leave as a workbook and have a block: route and family."""
    found = set()
    for block in MATRIX:
        asked = parse_qs(urlsplit(address(block)).query)
        if asked.get("format") == ["xlsx"]:
            found.add((block["route"], family(asked.get("table", ["*"])[0])))
    return found


def _all(block: Block) -> Iterator[Any]:
    for outcome in block["outcomes"].values():
        yield from outcome if isinstance(outcome, list) else [outcome]
