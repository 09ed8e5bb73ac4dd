"""Every answer is the one that matrix.yaml says; none bears what is not public of a place out of the visitor's reach.

What is asked for is real and lies at each place (things.py). A block without a secret gives its reason in words, and
every table that some page offers as a workbook has a block of its own.
"""

from __future__ import annotations

import contextlib
import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from django.conf import settings
from django.http import HttpResponseBase

from tests import databases
from tests.demo.city import undone
from tests.web import matrix, roles
from tests.web.matrix import MATRIX, Block
from tests.web.roles import EVERYBODY, POSITIONS, World

_BOOK = "application/vnd.openxmlformats-officedocument."
_OFFERED = re.compile(r"""href="[^"]*format=xlsx(?:&amp;|&)table=([\w-]+)""")
_TAG = re.compile("<[^>]+>")
TABLES = matrix.tables()


def _name(block: Block) -> str:
    table = parse_qs(urlsplit(matrix.address(block)).query).get("table", [])
    return "-".join([block["route"], *table, "post" if "post" in block else "get"])


@pytest.mark.parametrize("block", MATRIX, ids=_name)
def test_a_page_that_opens_names_what_must_not_leave_it(block: Block) -> None:
    told = f"{block['route']}：写明 secret；确实没有的写 secret: none 和 why"
    assert matrix.secret(block) or block.get("why") or not matrix.opens(block), told


@pytest.fixture(scope="module")
def _built(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[tuple[databases.Database, World]]:
    from tests.conftest import session

    database = session.fresh()
    with django_db_blocker.unblock(), session.copy(database):  # type: ignore[attr-defined]
        with databases.using(database), pytest.MonkeyPatch.context() as patch:
            patch.setenv("XIANFENG_DATA", str(database.data))
            built = roles.build()
        yield database, built


@pytest.fixture
def world(
    block: Block,
    _built: tuple[databases.Database, World],
    django_db_blocker: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[World]:
    database, built = _built
    monkeypatch.setenv("DATABASE_URL", database.url)
    monkeypatch.setenv("XIANFENG_DATA", str(database.data))
    monkeypatch.setattr(settings, "XIANFENG_SYNTHETIC", False)
    monkeypatch.setattr(settings, "XIANFENG_COMMENTS", frozenset({"*"}))
    # What reads does so as in use, outside a transaction: what pages keep for one visitor is there when the next comes.
    taken_back = undone() if "post" in block else contextlib.nullcontext()
    with django_db_blocker.unblock(), databases.using(database), taken_back:  # type: ignore[attr-defined]
        yield built


@pytest.mark.parametrize("block", MATRIX, ids=_name)
def test_the_answer_is_the_one_written(world: World, block: Block) -> None:
    wrong = [line for who in _visitors(block) for line in _answers(world, block, who)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def _visitors(block: Block) -> tuple[str, ...]:
    """Where nothing depends on who it is, some will do; and on PostgreSQL those of each reach: which rows are whose is
    asked of the database, what a role may do with them is not."""
    if set(block["outcomes"]) == {"others"}:
        return roles.NOBODY, roles.IDLE, "clerk"
    return (roles.NOBODY, "campaign", "office", "clerk") if databases.POSTGRES else EVERYBODY


def _answers(world: World, block: Block, who: str) -> Iterator[str]:
    """What is not as written, for one visitor from each position."""
    client, written, address = world.client(who), matrix.outcomes(block, who), matrix.address(block)
    positions = POSITIONS if "{" in address else POSITIONS[:1]
    asked = set()
    for position, outcome in zip(positions, written, strict=False):
        names = world.names(who, position)
        assert (names is None) == (outcome == "-"), f"{block['route']}: {who} {position}"
        if names is None:
            continue
        data = {key: str(value).format(**names) for key, value in block.get("data", {}).items()}
        there = address.format(**names)
        if there in asked:
            continue
        asked.add(there)
        response = client.get(there) if "get" in block else client.post(there, data)
        secret = matrix.secret(block).format(**names)
        hidden = world.hidden(who, finds=block.get("finds", False))
        marks = () if block.get("holder") else [mark for mark in hidden if mark not in unquote(there)]
        for wrong in (*_unlike(response, outcome, secret, marks), *_unlisted(block, response)):
            yield f"{who} {position} {there}: {wrong}"


def _unlike(response: HttpResponseBase, outcome: object, secret: str, marks: Iterable[str]) -> Iterator[str]:
    if response.status_code != (200 if outcome == "part" else outcome):
        yield f"{response.status_code}, written {outcome}"
    text = _text(response)
    if secret and (secret in text) != (outcome == 200):
        yield f"{'shows' if outcome != 200 else 'lacks'} {secret}"
    yield from (f"shows {mark}" for mark in marks if mark in text or quote(mark) in text)


def _unlisted(block: Block, response: HttpResponseBase) -> Iterator[str]:
    """The tables that a page offers and nobody has written of."""
    found = _OFFERED.findall(_text(response)) if "get" in block else ()
    offered = {(block["route"], matrix.family(table)) for table in found}
    yield from (f"offers tables called {table}, which has no block" for _, table in offered - TABLES)


def _text(response: HttpResponseBase) -> str:
    """What a reader can find in it: of a workbook or a document, in its parts."""
    content = response.getvalue()
    if not response.headers.get("Content-Type", "").startswith(_BOOK):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = (book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
        return "\n".join(html.unescape(_TAG.sub("", part)) for part in parts)
