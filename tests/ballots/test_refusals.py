"""What a voter is refused is told on his page: what happened and what to do, in Chinese and in English."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.ballots.conftest import Ground, prepared, sides
from tests.ballots.sides import cast, fetch, text
from tests.ballots.voter import fill_in

Asked = Callable[[str], dict[str, Any]]  # from a language to what was answered
YES = {"content": "满意"}
CHINESE = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def ground(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("refusals")
    with sides(folder) as (issuing, box):
        found = prepared(folder, issuing, box, electors=20)
        issuing.serve()
        box.serve()
        yield found


def code(ground: Ground, given: str) -> Asked:
    """Asking the issuer to sign."""
    kept, poll = fill_in(ground.poll, YES), ground.poll.fingerprint
    return lambda language: ground.issuing.ask(
        f"{poll}/sign", language=language, code=given, blinded=text(kept.blinded)
    )


def ballot(ground: Ground, message: bytes, signature: bytes, content: bytes, *, poll: str = "") -> Asked:
    """Casting."""
    sent = {"message": text(message), "signature": text(signature), "content": text(content)}
    return lambda language: ground.box.ask(f"{poll or ground.poll.fingerprint}/cast", language=language, **sent)


def misread(ground: Ground) -> Asked:
    return code(ground, "7K2M-9QX4-TB0W-3HZ80")


def of_nobody(ground: Ground) -> Asked:
    return code(ground, "0000-0000-0000-00000")


def used(ground: Ground) -> Asked:
    given = ground.codes.pop()
    assert "signature" in fetch(ground.issuing, fill_in(ground.poll, YES), given)
    return code(ground, given)


def disputed(ground: Ground) -> Asked:
    """Saying of a code that nobody used that somebody else used it."""
    given, poll = ground.codes.pop(), ground.poll.fingerprint
    return lambda language: ground.issuing.ask(f"{poll}/dispute", language=language, code=given)


def on_paper(ground: Ground) -> Asked:
    given = ground.codes.pop()
    ground.issuing.do("void", ground.poll.fingerprint, given)
    return code(ground, given)


def cast_twice(ground: Ground) -> Asked:
    """The same token with other answers."""
    kept = fill_in(ground.poll, YES)
    signed = fetch(ground.issuing, kept, ground.codes.pop())
    assert "receipt" in cast(ground.box, kept, signed)
    return ballot(ground, kept.message, kept.signature(b64decode(signed["signature"])), kept.sealed())


def forged(ground: Ground) -> Asked:
    kept = fill_in(ground.poll, YES)
    return ballot(ground, kept.message, bytes(384), kept.sealed())


def of_another_round(ground: Ground) -> Asked:
    kept = fill_in(replace(ground.poll, round=bytes([1]) * 32), YES)
    return ballot(ground, kept.message, bytes(384), kept.sealed())


def of_another_electorate(ground: Ground) -> Asked:
    kept = fill_in(replace(ground.poll, electorate=bytes(32)), YES)
    return ballot(ground, kept.message, bytes(384), kept.sealed())


def in_another_box(ground: Ground) -> Asked:
    kept = fill_in(ground.poll, YES)
    return ballot(ground, kept.message, bytes(384), kept.sealed(), poll="0" * 64)


@pytest.mark.parametrize(
    ("refused", "stable"),
    [
        (misread, "ballots.code_misread"),
        (of_nobody, "ballots.code_unknown"),
        (used, "ballots.code_used"),
        (disputed, "ballots.code_unused"),
        (on_paper, "ballots.code_void"),
        (cast_twice, "ballots.cast_twice"),
        (forged, "ballots.forged"),
        (of_another_round, "ballots.other_poll"),
        (of_another_electorate, "ballots.other_poll"),
        (in_another_box, "ballots.no_box"),
    ],
)
def test_a_refusal_is_told_in_the_language_of_the_page(
    ground: Ground, refused: Callable[[Ground], Asked], stable: str
) -> None:
    asked = refused(ground)
    chinese, english = asked("zh-Hans"), asked("en")
    assert chinese["code"] == english["code"] == stable
    for part in ("message", "hint"):
        assert CHINESE.search(chinese[part])
        assert english[part]
        assert not CHINESE.search(english[part]), english[part]
