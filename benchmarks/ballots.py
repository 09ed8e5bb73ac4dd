"""Secret ballots: blind signatures a core, counting a million again, and how long casting takes.

    python -m benchmarks.ballots [BALLOTS | --full]

BALLOTS are really signed, verified and tallied (10 000 unless told; --full is a million, and to sign them takes ten
minutes or more); the time for a million is that of these, scaled, for verifying takes as long for each. The processors'
seconds stand beside it, which do not grow when others use the machine. Casting is asked of a box that is served.
"""

from __future__ import annotations

import json
import os
import resource
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from xianfeng.ballots import blind, lists, opening, protocol
from xianfeng.ballots.forms import Form, Question
from xianfeng.ballots.lists import Counts, Line
from xianfeng.ballots.protocol import Poll
from xianfeng.ballots.recount import recount

BALLOTS = 10_000
MILLION = 1_000_000
AT_ONCE = 1_000
PROCESSES = 2
SIGNATURES = 500
CASTS = 400
FORM = Form(tuple(Question(f"q{n}", f"q{n}", choices=("满意", "基本满意", "不满意")) for n in range(3)))
_ISSUER = """
import django; django.setup()
import secrets, sys, time
from django.core.management import call_command
from benchmarks.ballots import FORM
from xianfeng.ballots import codes, opening, protocol
from xianfeng.ballots.issuing import actions, keys
call_command("migrate", database="issuing", verbosity=0)
many, public, (observers, _) = int(sys.argv[1]), keys.make(), opening.fresh()
said = {"title": "bench", "round": bytes(32), "electorate": bytes(32), "least_electors": 20, "least_cast": 10}
poll = protocol.Poll(electors=many, form=FORM, key=public, observers=observers, **said)
made = codes.numbered(many, poll=poll.fingerprint, key=keys.under_codes())
actions.open_poll(poll=poll, digests=list(made))
signer = keys.signer(poll)
blinded = [secrets.randbelow(signer.modulus).to_bytes(signer.size) for _ in made]
busy, wall = time.process_time(), time.perf_counter()
for code, each in zip(made.values(), blinded, strict=True):
    actions.sign(fingerprint=poll.fingerprint, code=code, blinded=each)
print(many / (time.process_time() - busy), many / (time.perf_counter() - wall))
"""
_PSS = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=blind.SALT)


def main(many: int) -> int:
    private, public = blind.fresh()
    observers, _ = opening.fresh()
    poll = Poll(
        title="bench",
        round=bytes(32),
        electorate=bytes(32),
        electors=many,
        form=FORM,
        key=public,
        observers=observers,
        least_electors=20,
        least_cast=10,
    )
    rate = _signing(blind.Signer.load(private))
    _issuing()
    seconds = _counting(poll, private, many)
    slow = _casting(poll, _loaded(private))
    return 0 if rate >= 300 and seconds < 40 and slow < 0.1 else 1


def _signing(signer: blind.Signer) -> float:
    requests = [secrets.randbelow(signer.modulus).to_bytes(signer.size) for _ in range(SIGNATURES)]
    began = time.process_time()
    for request in requests:
        signer.sign(request)
    rate = SIGNATURES / (time.process_time() - began)
    print(f"blind signatures at {blind.BITS} bits: {rate:,.0f}/s a core (asked: at least 300)", flush=True)
    return rate


def _issuing() -> None:
    """The same by the issuer's own way: a code looked up, its row written and committed, in SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XIANFENG_DATA": folder, "DJANGO_SETTINGS_MODULE": "xianfeng.config.issuing"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-c", _ISSUER, str(SIGNATURES)]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    busy, seconds = map(float, done.stdout.split())
    print(f"  with code, row and commit: {busy:,.0f}/s a core, {seconds:,.0f}/s one after the other", flush=True)


def _counting(poll: Poll, private: bytes, many: int) -> float:
    """Seconds that a million take on two processors."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lists.write_poll(folder, poll)
        list_a = lists.write_ballots(folder, _lines(poll, private, many))
        column = ("满意",) * (many // 2) + ("不满意",) * (many - many // 2)
        columns = {question.name: column for question in FORM.questions}
        list_b = lists.write_answers(folder, lists.Answers(columns, {}))
        counts = Counts(many, many, 0, many, 0, many, 0, poll.fingerprint, list_a, list_b, 0, "0" * 64)
        lists.write_counts(folder, counts)
        found = []
        before = _busy()
        seconds = _seconds(lambda: found.append(recount(folder, processes=PROCESSES)))
        busy = _busy() - before
        assert found[0].stands, found[0].faults  # noqa: S101 -- what is measured has to be right
    scaled = seconds * MILLION / many
    print(
        f"{many:,} ballots verified and tallied on {PROCESSES} processors: {seconds:.1f} s; "
        f"a million, scaled: {scaled:.0f} s (asked: under 40); "
        f"{busy / many * 1e6:.0f} µs of a processor a ballot (asked: under 80)",
        flush=True,
    )
    return scaled


def _casting(poll: Poll, key: rsa.RSAPrivateKey) -> float:
    """The 95th percentile of a ballot's way into a box that is served, one after the other."""
    ballots = []
    for _ in range(CASTS):
        message, line = _ballot(poll, key)
        content = secrets.token_bytes(protocol.SALT + FORM.size + opening.ADDED)
        sent = {"message": message, "signature": line.beside, "content": content}
        ballots.append(json.dumps({name: b64encode(value).decode() for name, value in sent.items()}).encode())
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        lists.write_poll(Path(folder), poll)
        environment = {**os.environ, "XIANFENG_DATA": folder, "DJANGO_SETTINGS_MODULE": "xianfeng.config.box"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "xianfeng.cli.box", "open", str(Path(folder) / lists.POLL)]
        subprocess.run(command, env=environment, check=True, capture_output=True)
        serve = ["gunicorn", "django.core.wsgi:get_wsgi_application()", "-b", f"127.0.0.1:{port}", "--threads", "4"]
        with subprocess.Popen([sys.executable, "-m", *serve], env=environment, stderr=subprocess.DEVNULL) as server:
            try:
                _await(port)
                address = f"http://127.0.0.1:{port}/polls/{poll.fingerprint}/cast"
                times = sorted(_seconds(lambda sent=sent: _post(address, sent)) for sent in ballots)
            finally:
                server.terminate()
    slow = times[int(len(times) * 0.95)]
    half = times[len(times) // 2]
    print(f"casting, {CASTS} ballots: p50 {half * 1000:.1f}, p95 {slow * 1000:.1f} ms (asked: under 100)")
    return slow


def _lines(poll: Poll, private: bytes, many: int) -> Iterator[Line]:
    """Signed by as many processes as count them again."""
    sizes = (min(AT_ONCE, many - start) for start in range(0, many, AT_ONCE))
    with ProcessPoolExecutor(PROCESSES) as pool:
        for batch in pool.map(partial(_batch, poll, private), sizes):
            yield from batch


def _batch(poll: Poll, private: bytes, many: int) -> list[Line]:
    return [_ballot(poll, _loaded(private))[1] for _ in range(many)]


@lru_cache(maxsize=1)
def _loaded(private: bytes) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(private, password=None)
    assert isinstance(key, rsa.RSAPrivateKey)  # noqa: S101 -- made here
    return key


def _ballot(poll: Poll, key: rsa.RSAPrivateKey) -> tuple[bytes, Line]:
    """Signed with the whole key: what comes out is the same as by the way of a blinded message."""
    own = secrets.token_bytes(protocol.OWN)
    message = protocol.whole(poll, own)
    return message, Line(own, key.sign(message, _PSS, hashes.SHA384()))


def _await(port: int) -> None:
    for _ in range(600):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit("the box does not answer")


def _post(address: str, sent: bytes) -> None:
    with urllib.request.urlopen(address, data=sent) as answer:  # noqa: S310 -- this machine
        answer.read()


def _busy() -> float:
    """Seconds that processors worked for this process and those it waited for."""
    found = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in found)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    asked = sys.argv[1] if len(sys.argv) > 1 else str(BALLOTS)
    sys.exit(main(MILLION if asked == "--full" else int(asked)))
