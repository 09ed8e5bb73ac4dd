"""What observers do with a closed box: open each ballot, hold it against its commitment, and write the columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from xianfeng.ballots import protocol
from xianfeng.ballots.lists import Answers, Columns, Line
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


def shown(poll: Poll, opened: Opened) -> Answers | None:
    """What may be published: nothing of too few, and of a question that nearly all answered alike no numbers.

    All alike would tell what everybody answered; so up to a tenth who differ, or one, are told in the same words.
    """
    if poll.electors < poll.least_electors or opened.valid < poll.least_cast:
        return None
    bands = {}
    for name, column in opened.columns.items():
        (answer, times), *_ = Counter(column).most_common(1)
        if opened.valid - times <= most_that_differ(opened.valid):
            bands[name] = answer
    return Answers({name: column for name, column in opened.columns.items() if name not in bands}, bands)


def most_that_differ(valid: int) -> int:
    return max(1, valid // 10)
