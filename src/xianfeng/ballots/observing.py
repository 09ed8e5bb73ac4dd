"""What observers do with a closed box: open each ballot, hold it against its commitment, and write the columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xianfeng.ballots import protocol
from xianfeng.ballots.lists import Columns, Line
from xianfeng.ballots.opening import Opener
from xianfeng.ballots.protocol import Poll


@dataclass(frozen=True)
class Opened:
    """`void`: ballots that held something else than they are bound to."""

    columns: Columns
    texts: tuple[tuple[str, str], ...]  # question and text, sorted; for whoever may read them, never published
    valid: int
    void: int


def open_all(poll: Poll, ballots: Iterable[Line], opener: Opener) -> Opened:
    columns: dict[str, list[str]] = {question.name: [] for question in poll.form.questions}
    valid = void = 0
    for ballot in ballots:
        answers = _answers(poll, ballot, opener)
        if answers is None:
            void += 1
            continue
        valid += 1
        for name, answer in answers.items():
            columns[name].append(answer)
    counted = {question.name for question in poll.form.counted}
    return Opened(
        {name: tuple(sorted(column)) for name, column in columns.items() if name in counted},
        tuple(sorted((name, text) for name in columns.keys() - counted for text in columns[name] if text)),
        valid,
        void,
    )


def _answers(poll: Poll, ballot: Line, opener: Opener) -> dict[str, str] | None:
    content = opener.opened(ballot.beside, message=protocol.whole(poll, ballot.own))
    if content is None:
        return None
    salt, packed = content[: protocol.SALT], content[protocol.SALT :]
    if protocol.commitment(salt, packed) != ballot.own[-protocol.HASH :]:
        return None
    try:
        return poll.form.unpacked(packed)
    except ValueError:
        return None


def may_be_shown(poll: Poll, cast: int) -> bool:
    return poll.electors >= poll.least_electors and cast >= poll.least_cast
