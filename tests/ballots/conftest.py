"""A poll with its two sides running, on either database."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import databases
from tests.ballots.closed import ANSWERS, Cast
from tests.ballots.sides import Side
from tests.ballots.voter import fill_in
from tests.conftest import session
from xianfeng.ballots import blind, codes, lists, opening
from xianfeng.ballots.forms import Form, Question
from xianfeng.ballots.protocol import Poll

FORM = Form(
    (
        Question("content", "您对支部的工作满意吗？", choices=("满意", "基本满意", "不满意")),
        Question("service", "窗口服务打几星？", choices=("一星", "二星", "三星", "四星", "五星")),
        Question("code", "您想说的话", limit=90),  # a name that the page has a field of its own for
    )
)
Signed = tuple[blind.Signer, bytes]  # a key and its public half
_OBSERVERS = opening.fresh()


@dataclass
class Ground:
    """A poll that is open on both sides, with the codes of its electors and the observers' shares."""

    poll: Poll
    codes: list[str]
    shares: tuple[opening.Share, ...]
    issuing: Side
    box: Side
    folder: Path

    def stop(self) -> None:
        self.issuing.stop()
        self.box.stop()


@contextlib.contextmanager
def _database(name: str, folder: Path) -> Iterator[str]:
    """An empty one's address; a box has no other than SQLite."""
    if name == "box" or not databases.POSTGRES:
        yield f"sqlite://{folder / name}.sqlite3"
        return
    database = session.fresh()
    session.make(database)
    try:
        yield database.url
    finally:
        session.remove(database)


@contextlib.contextmanager
def sides(folder: Path) -> Iterator[tuple[Side, Side]]:
    with contextlib.ExitStack() as stack:
        found = []
        for name in ("issuing", "box"):
            (folder / name).mkdir()
            found.append(Side(name, folder / name, stack.enter_context(_database(name, folder / name))))
        issuing, box = found
        try:
            yield issuing, box
        finally:
            issuing.stop()
            box.stop()


def prepared(folder: Path, issuing: Side, box: Side, *, electors: int, title: str = "某村") -> Ground:
    """What stands before the first slip: keys, the poll sealed, codes, both sides open."""
    issuing.do("key", folder / "poll.pub")
    issuing.do("printer-key", folder / "printer.key")
    public, shares = opening.fresh()
    poll = Poll(
        title=title,
        round=bytes(32),
        electorate=hashlib.sha256(title.encode()).digest(),
        electors=electors,
        form=FORM,
        key=(folder / "poll.pub").read_bytes(),
        observers=public,
        least_electors=20,
        least_cast=10,
    )
    out = folder / "published"
    lists.write_poll(out, poll)
    secret = (folder / "printer.key").read_bytes()
    printed = [codes.fresh() for _ in range(electors)]
    digests = [codes.digest(code, poll=poll.fingerprint, key=secret) for code in printed]
    (folder / "digests.txt").write_text("\n".join(digests))
    issuing.do("open", out / lists.POLL, folder / "digests.txt")
    box.do("open", out / lists.POLL)
    return Ground(poll, printed, shares, issuing, box, out)


@pytest.fixture(scope="module")
def ground(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """Both sides serve; a module's tests use codes of their own (`ground.codes.pop()`)."""
    folder = tmp_path_factory.mktemp("poll")
    with sides(folder) as (issuing, box):
        found = prepared(folder, issuing, box, electors=40)
        issuing.serve()
        box.serve()
        yield found


@pytest.fixture(scope="session")
def signer() -> Signed:
    private, public = blind.fresh()
    return blind.Signer.load(private), public


@pytest.fixture(scope="session")
def shares() -> tuple[opening.Share, ...]:
    return _OBSERVERS[1]


@pytest.fixture(scope="session")
def opener() -> opening.Opener:
    return opening.Opener(*_OBSERVERS[1][:2], public=_OBSERVERS[0])


@pytest.fixture(scope="session")
def poll(signer: Signed) -> Poll:
    """Of a village whose two sides nobody serves; `cast` are the ballots in its box."""
    return Poll(
        title="某村",
        round=bytes(32),
        electorate=bytes(32),
        electors=20,
        form=FORM,
        key=signer[1],
        observers=_OBSERVERS[0],
        least_electors=20,
        least_cast=10,
    )


@pytest.fixture(scope="session")
def cast(poll: Poll, signer: Signed) -> Cast:
    kept = [fill_in(poll, answers) for answers in ANSWERS]
    return [(each, each.signature(signer[0].sign(each.blinded))) for each in kept]
