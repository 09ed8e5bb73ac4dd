"""Many seeded rounds through issuer and box, and somebody who tries to link voters to ballots by what lies about."""

from __future__ import annotations

import hashlib
import json
import random
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import sqrt
from pathlib import Path

from tests.ballots.conftest import Ground
from tests.ballots.sides import Side, text
from tests.ballots.voter import Kept, fill_in
from xianfeng.ballots import codes, protocol

ROUNDS, VOTERS = 8, 36  # each round has a key of its own, which takes longer than its voters
_FEW = 6  # of fewer ballots of a round an order says nothing
SURE = 5.0  # standard deviations: once in a million tries by chance

_KEYS = """
import sys
from base64 import b64encode
from xianfeng.ballots.issuing import keys
for _ in range(int(sys.argv[1])):
    print(b64encode(keys.make()).decode())
"""
_ISSUE = """
import json, sys
from base64 import b64decode, b64encode
from xianfeng.ballots import protocol
from xianfeng.ballots.issuing import actions
work = json.load(open(sys.argv[1]))
for poll, digests, requests in work:
    opened = protocol.Poll.read(poll)
    actions.open_poll(poll=opened, digests=digests)
    for request in requests:
        blinded = b64decode(request["blinded"])
        signed = actions.sign(fingerprint=opened.fingerprint, code=request["code"], blinded=blinded)
        request["signature"] = b64encode(signed).decode()
for poll, *_ in work:
    actions.close(fingerprint=protocol.Poll.read(poll).fingerprint)
json.dump([requests for *_, requests in work], open(sys.argv[1], "w"))
"""
_DISPUTE = """
import json, sys
from django.db import connections
from xianfeng.ballots import protocol
from xianfeng.ballots.issuing import actions
from xianfeng.ballots.issuing.models import Code
work, planted = json.load(open(sys.argv[1])), sys.argv[2]
with connections["issuing"].cursor() as cursor:
    for statement in planted.split(";CREATE", 1) if planted.startswith("CREATE") else ():
        cursor.execute(statement if statement.startswith("CREATE") else "CREATE" + statement)
for poll, turn in work:
    opened = protocol.Poll.read(poll)
    actions.open_poll(poll=opened, digests=[digest for digest, _ in turn])
    Code.objects.filter(poll_id=opened.fingerprint).update(request="r" * 64)
    for _, code in turn:
        actions.dispute(fingerprint=opened.fingerprint, code=code)
for poll, _ in work:
    actions.close(fingerprint=protocol.Poll.read(poll).fingerprint)
"""
_CAST = """
import json, shutil, sys
from base64 import b64decode, b64encode
from pathlib import Path
from django.db import connections
from xianfeng.ballots import lists, protocol
from xianfeng.ballots.box import actions
from xianfeng.ballots.box.models import Poll
work, planted, folder = json.load(open(sys.argv[1])), sys.argv[2], Path(sys.argv[3])
with connections["box"].cursor() as cursor:
    for statement in planted.split(";CREATE", 1) if planted.startswith("CREATE") else ():
        cursor.execute(statement if statement.startswith("CREATE") else "CREATE" + statement)
for poll, ballots in work:
    opened = protocol.Poll.read(poll)
    actions.open_poll(poll=opened)
    for ballot in ballots:
        given = {name: b64decode(value) for name, value in ballot.items()}
        actions.cast(fingerprint=opened.fingerprint, **given)
        name = protocol.name(given["message"])
        if planted == "log":
            with (folder / "access.log").open("a") as log:
                print("POST", name[:16], file=log)
        elif planted == "times":
            (folder / "receipts").mkdir(exist_ok=True)
            (folder / "receipts" / name).touch()
if planted == "backup":
    shutil.copy(folder / "box.sqlite3", folder / "yesterday.bak")
for poll, _ in work:
    fingerprint = protocol.Poll.read(poll).fingerprint
    if planted == "unwritten":
        Poll.objects.filter(fingerprint=fingerprint).update(is_open=False)
    else:
        actions.close(fingerprint=fingerprint)
    hash_ = lists.write_ballots(folder / fingerprint / "published", actions.lines(fingerprint))
    lists.write_sealed(folder / fingerprint / "handed", actions.sealed(fingerprint))
    lists.write_taken(folder / fingerprint / "handed", actions.counted(fingerprint, list_a=hash_))
"""
# Every order in which a database gives its ballots away: where rows lie, and what any table says beside their names.
_ORDERS = """
import json, sys
from django.db import connections
side, key = sys.argv[1:]
box, orders = connections[side], {}
with box.cursor() as cursor:
    def order(table, name, by):
        cursor.execute(f"SELECT {name} FROM {table} ORDER BY {by}")
        return [row[0] for row in cursor.fetchall()]
    for table in box.introspection.table_names(cursor):
        columns = [column.name for column in box.introspection.get_table_description(cursor, table)]
        if key in columns and table != "django_migrations":
            for by in ["rowid", *columns]:
                orders[f"{table} by {by}"] = order(table, key, by)
print(json.dumps(orders))
"""
# Everything that the issuer's database holds, as text.
_ROWS = """
from django.db import connections
with connections["issuing"].cursor() as cursor:
    for table in connections["issuing"].introspection.table_names(cursor):
        cursor.execute(f"SELECT * FROM {table}")
        for row in cursor.fetchall():
            print(*(bytes(each).hex() if isinstance(each, (bytes, memoryview)) else each for each in row))
"""


@dataclass(frozen=True)
class Artefacts:
    """What is left after closing, and the truth that only the test knows: the casting order of each round's ballots."""

    cast: tuple[tuple[str, ...], ...]  # by round: names of ballots in the order of casting
    orders: Mapping[str, tuple[str, ...]]  # what each place gives away: names of ballots, in some order
    issued: tuple[tuple[bytes, ...], ...] = ()  # by voter: what the issuer saw of him
    own: Mapping[str, bytes] = field(default_factory=dict)  # by ballot: what is published of it
    shared: frozenset[str] = frozenset()  # files of one side that hold a value of the other

    def leaks(self) -> set[str]:
        """The places whose order goes with that of casting, and 'id' where the two sides share a value."""
        found = {where for where, order in self.orders.items() if abs(self._deviation(order)) > SURE}
        shared = {window for seen in self.issued for value in seen for window in _derived(value)}
        return found | self.shared | ({"id"} if any(_windows(own) & shared for own in self.own.values()) else set())

    def _deviation(self, order: tuple[str, ...]) -> float:
        """How far the sum of rank correlations is from that of orders that have nothing to do with each other."""
        place = {name: rank for rank, name in reversed([*enumerate(order)])}  # where it stands first
        there = [[place[name] for name in names if name in place] for names in self.cast]
        told = [places for places in there if len(places) >= _FEW]
        chance = sqrt(sum(1 / (len(places) - 1) for places in told))
        return sum(map(_correlation, told)) / chance if told else 0.0


def _correlation(places: list[int]) -> float:
    """Spearman's, of a sequence with its own order."""
    ranks = {place: rank for rank, place in enumerate(sorted(places))}
    n = len(places)
    return 1 - 6 * sum((ranks[place] - k) ** 2 for k, place in enumerate(places)) / (n * (n * n - 1))


def _derived(value: bytes) -> Iterator[bytes]:
    """What somebody might make of a value and hide in a ballot: itself, and its hash, in pieces of eight bytes."""
    for form in (value, hashlib.sha256(value).digest()):
        yield from (form[start : start + 8] for start in range(0, len(form) - 7, 8))


def _windows(own: bytes) -> set[bytes]:
    return {own[start : start + 8] for start in range(len(own) - 7)}


def honest(code: str) -> bytes:
    return b""


def marked(code: str) -> bytes:
    """A page that hides the code's hash in the ballot's serial."""
    return hashlib.sha256(code.encode()).digest()[: protocol.SERIAL]


@dataclass(frozen=True)
class Voter:
    """One who has his signature: what the issuer saw of him, and what he will cast."""

    kept: Kept
    seen: tuple[bytes, ...]
    signature: bytes

    @property
    def name(self) -> str:
        return protocol.name(self.kept.message)

    @cached_property
    def ballot(self) -> dict[str, str]:
        made = self.kept.signature(self.signature)
        return {"message": text(self.kept.message), "signature": text(made), "content": text(self.kept.sealed())}

    @property
    def traces(self) -> tuple[bytes, ...]:
        """All by which a ballot can be told from others."""
        own = protocol.own(self.kept.poll, self.kept.message)
        values = [own, bytes.fromhex(self.name), *map(b64decode, self.ballot.values())]
        return (self.name[:16].encode(), *(spelt for value in values for spelt in _spelt(value)))


def issued(
    ground: Ground, *, chance: random.Random, page: Callable[[str], bytes] = honest, many: int = ROUNDS
) -> list[list[Voter]]:
    """By round, in the order in which they came to the issuer."""
    folder = ground.folder.parent
    secret, work, slips = (folder / "printer.key").read_bytes(), [], []
    for key in _done(ground.issuing, _KEYS, many).split():
        poll = replace(ground.poll, key=b64decode(key), electors=VOTERS)
        made = [codes.fresh() for _ in range(VOTERS)]
        digests = [codes.digest(code, poll=poll.fingerprint, key=secret) for code in made]
        kept = [fill_in(poll, _answers(poll, chance), serial=page(code)) for code in made]
        requests = [{"code": code, "blinded": text(each.blinded)} for code, each in zip(made, kept, strict=True)]
        work.append((poll.text, digests, requests))
        slips.append(list(zip(made, digests, kept, strict=True)))
    path = folder / "issue.json"
    path.write_text(json.dumps(work))
    _done(ground.issuing, _ISSUE, path)
    answers = [[b64decode(request["signature"]) for request in requests] for requests in json.loads(path.read_text())]
    return [
        [
            Voter(kept, (code.encode(), bytes.fromhex(digest), kept.blinded, signature), signature)
            for (code, digest, kept), signature in zip(of_round, signatures, strict=True)
        ]
        for of_round, signatures in zip(slips, answers, strict=True)
    ]


def cast(issuing: Side, box: Side, rounds: list[list[Voter]], *, chance: random.Random, plant: str = "") -> Artefacts:
    """All rounds cast, each in an order of its own, closed and written out; `plant` is what leaks on purpose."""
    (issuing.folder / "rows.txt").write_text(_done(issuing, _ROWS))
    turns = [chance.sample(voters, len(voters)) for voters in rounds]
    work = [(voters[0].kept.poll.text, [voter.ballot for voter in voters]) for voters in turns]
    path = box.folder.parent / "cast.json"
    path.write_text(json.dumps(work))
    box.do("--help")
    _done(box, _CAST, path, plant, box.folder)
    path.unlink()
    every = [voter for voters in turns for voter in voters]
    own = {voter.name: protocol.own(voter.kept.poll, voter.kept.message) for voter in every}
    of_box = {voter.name: voter.traces for voter in every}
    of_issuer = {voter.name: tuple(spelt for value in voter.seen for spelt in _spelt(value)) for voter in every}
    orders = json.loads(_done(box, _ORDERS, "box", "name"))
    return Artefacts(
        cast=tuple(tuple(voter.name for voter in voters) for voters in turns),
        orders={**orders, **dict(_in_files(box.folder, of_box))},
        issued=tuple(voter.seen for voter in every),
        own=own,
        shared=_holding(box.folder, of_issuer) | _holding(issuing.folder, of_box),
    )


def disputed(ground: Ground, *, chance: random.Random, plant: str = "") -> Artefacts:
    """Rounds in which everybody says that somebody else used his code, each in an order of its own; what is left at the
    issuer after closing. It is on SQLite, which keeps more than others."""
    secret, work = (ground.folder.parent / "printer.key").read_bytes(), []
    for key in _done(ground.issuing, _KEYS, ROUNDS).split():
        poll = replace(ground.poll, key=b64decode(key), electors=VOTERS)
        made = codes.numbered(VOTERS, poll=poll.fingerprint, key=secret)
        work.append((poll.text, chance.sample([*made.items()], VOTERS)))
    path = ground.folder.parent / "dispute.json"
    path.write_text(json.dumps(work))
    _done(ground.issuing, _DISPUTE, path, plant)
    path.unlink()
    turns = tuple(tuple(digest for digest, _ in turn) for _, turn in work)
    those = {digest: _spelt(bytes.fromhex(digest)) for turn in turns for digest in turn}
    orders = json.loads(_done(ground.issuing, _ORDERS, "issuing", "digest"))
    return Artefacts(turns, {**orders, **dict(_in_files(ground.issuing.folder, those))})


def _spelt(value: bytes) -> tuple[bytes, ...]:
    """As it is, and as it may stand in a text."""
    return value, value.hex().encode(), b64encode(value)


def _in_files(folder: Path, traces: Mapping[str, tuple[bytes, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The orders in which ballots lie in files, by each of their traces: database, log, whatever else; and in all files
    after each other, as they were written."""
    files = sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.stat().st_mtime_ns)
    contents = {path.name: path.read_bytes() for path in files}
    contents["times of files"] = b"".join(path.name.encode() + path.read_bytes() for path in files)
    for file, content in contents.items():
        for form in range(len(next(iter(traces.values())))):
            found = {name: content.find(spelt[form]) for name, spelt in traces.items()}
            lie = {name: at for name, at in found.items() if at >= 0}
            if lie:
                yield f"{file} {form}", tuple(sorted(lie, key=lie.__getitem__))


def _holding(folder: Path, traces: Mapping[str, tuple[bytes, ...]]) -> frozenset[str]:
    """The files in which a trace stands."""
    every = [spelt for those in traces.values() for spelt in those]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return frozenset(path.name for path in files if any(spelt in path.read_bytes() for spelt in every))


def _answers(poll: protocol.Poll, chance: random.Random) -> dict[str, str]:
    return {question.name: chance.choice(question.choices) for question in poll.form.counted}


def _done(side: Side, code: str, *arguments: object) -> str:
    done = side.script(code, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout
