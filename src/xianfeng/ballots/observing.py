"""What observers do with a closed box: open each ballot, hold it against its commitment, and publish the columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from xianfeng.ballots import lists, protocol, recount
from xianfeng.ballots.alike import nearly_all
from xianfeng.ballots.lists import Answers, Columns, Counts, Issued, Line, Taken
from xianfeng.ballots.opening import Opener
from xianfeng.ballots.protocol import Poll
from xianfeng.problems import Problem
from xianfeng.sentences import say


@dataclass(frozen=True)
class Opened:
    """`void`: ballots that held something else than they are bound to."""

    columns: Columns
    texts: tuple[tuple[str, str], ...]  # question and text, sorted; for whoever may read them, never published
    valid: int
    void: int


def handed_over(folder: Path, sealed: Path, *, processes: int = 1) -> Iterator[Line]:
    """The box's ballots under their answers, each of which stands in list A with its signature.

    Problem where the list is not the one that the box counted, or not signed, or where other ballots were handed over
    than it has: whoever keeps the box could have made those himself.
    """
    poll = lists.poll(folder)
    _, faults = recount.list_a(poll, folder, hash_=lists.taken(sealed, poll).list_a, processes=processes)
    if faults:
        raise Problem("ballots.list_a", faults[0], hint="票箱移交的与公布的不符，不能开票。请两位监票人当场记录。")
    return _matched(folder, sealed)


def _matched(folder: Path, sealed: Path) -> Iterator[Line]:
    both = zip_longest(lists.ballots(folder), lists.sealed(sealed))
    for row, (published, ballot) in enumerate(both, start=1):
        if published is None or ballot is None or Line.read(published).own != ballot.own:
            told = say("{file}第{row}行不是清单A里的那张票。", file=lists.SEALED, row=row)
            raise Problem("ballots.exchanged", told, hint="移交的票换过。不能开票，请两位监票人当场记录。", row=row)
        yield ballot


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


def publish(folder: Path, sealed: Path, *, issued: Issued, opened: Opened, refuted: int = 0) -> Answers | None:
    """List B and the counts; None where no answers are shown. Nothing is written of what a recount would not let stand.

    `sealed`: the folder that the box handed over, where the texts stay. `refuted`: of the disputed codes, those whose
    electors said on the telephone that they had voted.
    """
    poll = lists.poll(folder)
    is_annulled = poll.annuls(used=issued.signed, disputed=issued.disputed - refuted)
    taken, answers = lists.taken(sealed, poll), None if is_annulled else shown(poll, opened)
    counts = replace(_counts(poll, issued, taken, opened), refuted=refuted)
    if fault := next(recount.numbers(poll, counts, opened.valid + opened.void), ""):
        raise Problem("ballots.numbers", fault, hint="请与领票处和票箱核对，查清以前不能公布结果。")
    lists.write_texts(sealed, poll, opened.texts)
    list_b = lists.write_answers(folder, answers) if answers else ""
    lists.write_counts(folder, replace(counts, list_b=list_b))
    return answers


def _counts(poll: Poll, issued: Issued, taken: Taken, opened: Opened) -> Counts:
    return Counts(
        electors=poll.electors,
        codes=issued.codes,
        void=issued.void,
        signed=issued.signed,
        refused=issued.refused + taken.refused,
        cast=taken.cast,
        unreadable=opened.void,
        poll=poll.fingerprint,
        list_a=taken.list_a,
        list_b="",
        disputed=issued.disputed,
        used=issued.used,
    )


def shown(poll: Poll, opened: Opened) -> Answers | None:
    """What may be published: nothing of too few, and of a question that nearly all answered alike no numbers."""
    if poll.electors < poll.least_electors or opened.valid < poll.least_cast:
        return None
    bands = {}
    for name, column in opened.columns.items():
        if alike := nearly_all(Counter(column), least_cast=poll.least_cast):
            bands[name], _ = alike
    return Answers({name: column for name, column in opened.columns.items() if name not in bands}, bands)
