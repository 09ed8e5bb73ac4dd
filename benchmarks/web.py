"""`make bench-web`: every page of the demonstration city at 20 requests a second arriving, two workers.

    python -m benchmarks.web [SECONDS]

The pages are found by following links as each of the demonstration's visitors. Of each route several addresses are
asked, most of them for the first time, while a record is filed every few seconds: what a page remembers from the last
time is told apart from what it takes to find out. Requests arrive by the clock whether or not earlier ones were
answered, and a time counts from when its request was due: a server that falls behind shows it. An answer of 500 or
more, while the pages are found or under load, fails the run. Files (DOCX, PDF, Excel) are asked for afterwards, one at
a time.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen

from benchmarks import _visits
from benchmarks._visits import NOBODY, Page

RATE, SECONDS, ASKED = 20, 300, 150  # requests a second, how long, milliseconds at p95
SEVERAL = 60  # addresses of a route
PAUSE = 5  # seconds between two records that are filed
WORKERS, THREADS = 2, 4
BIN = Path(sys.executable).parent
FACES = {"public": (NOBODY, "/"), "desk": ("xingyuan", "/desk/"), "dashboard": ("fuzhou", "/office/fuzhou-2010/")}
LARGEST = {"public": 300, "desk": 300, "dashboard": 600}  # KB, compressed


@dataclass
class Times:
    """Of a page's addresses, in milliseconds: `first`, asked for by nobody before, and `again`."""

    page: Page
    first: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    refused: int = 0
    broken: list[str] = field(default_factory=list)
    turn: int = 0

    @property
    def taken(self) -> list[float]:
        return [*self.first, *self.again]

    def next(self) -> tuple[str, bool]:
        """The address whose turn it is; whether nobody has asked for it. The first was, when it was found."""
        self.turn += 1
        known = len(self.page.addresses)
        return self.page.addresses[self.turn % known], self.turn < known


def main() -> int:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "data") as (site, passwords):
        _setup()
        found = _visits.find(site, passwords, several=SEVERAL)
        read = [page for page in found.pages if not page.file]
        conditions = f"{WORKERS} workers with {THREADS} threads each, load on the machine {os.getloadavg()[0]:.1f}"
        print(f"{len(read)} routes by {sum(len(page.addresses) for page in read)} addresses, {conditions}")
        print(f"{RATE} requests/s for {seconds} s, a record filed every {PAUSE} s", flush=True)
        every = asyncio.run(arrivals(site, read, seconds))
        _told(every)
        print("\nfiles, one at a time:")
        files = [asyncio.run(one_by_one(site, page)) for page in found.pages if page.file]
        for times in files:
            print(f"  {times.page.route:24}{share(times.again, 50)} ms")
        _first_loads(site, passwords)
        print(f"load on the machine at the end: {os.getloadavg()[0]:.1f}")
        broken = [*found.broken, *(line for times in (*every, *files) for line in times.broken)]
        print("\n".join([*broken, "", verdict(every, broken)]))
        return 1 if broken else 0


def _setup() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "xianfeng.config.settings"
    import django

    django.setup()


def share(taken: Sequence[float], part: int) -> str:
    if not taken:
        return f"{'–':>7}"
    return f"{statistics.quantiles([*taken, *taken[-1:]], n=100, method='inclusive')[part - 1]:7.0f}"


def _told(every: Sequence[Times]) -> None:
    """A line for each page, the slowest first: its times when nobody had asked for the address, and again."""
    print(f"\n{'milliseconds':36}{'first time':^22}{'again':^22}{'together':>10}")
    print(f"{'page':24}{'visitor':12}" + f"{'p50':>7}{'p95':>7}{'times':>7} " * 2 + f"{'p95':>10}")
    for times in sorted(every, key=lambda times: -_p95(times)):
        name = f"{times.page.route:24}{times.page.visitor.name or 'nobody':12}"
        shares = "".join(f"{share(one, 50)}{share(one, 95)}{len(one):7} " for one in (times.first, times.again))
        refused = f"  {times.refused} not answered with 200" if times.refused else ""
        print(f"{name}{shares}{share(times.taken, 95):>10}{'  *' if _p95(times) >= ASKED else ''}{refused}")
    for words, taken in (
        ("first time", [ms for times in every for ms in times.first]),
        ("again", [ms for times in every for ms in times.again]),
        ("together", [ms for times in every for ms in times.taken]),
    ):
        shares = ", ".join(f"p{part} {share(taken, part).strip()}" for part in (50, 95, 99))
        print(f"all pages, {words}: {shares} ms ({len(taken)} requests)")


def _p95(times: Times) -> float:
    return float(share(times.taken, 95)) if times.taken else 0


def verdict(every: Sequence[Times], broken: Sequence[str]) -> str:
    """Whether what was asked holds, in one line."""
    slow = [f"{times.page.route} {_p95(times):.0f}" for times in every if _p95(times) >= ASKED]
    held = f"p95 < {ASKED} ms for each of {len(every)} pages at {RATE} requests/s"
    missed = f"{len(slow)} of {len(every)} pages with p95 of {ASKED} ms or more at {RATE} requests/s: {', '.join(slow)}"
    failed = f"; {len(broken)} answers broke" if broken else ""
    return f"not held: {missed}{failed}" if slow else f"{'not held' if broken else 'held'}: {held}{failed}"


@contextmanager
def serving(data: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The demonstration on a port of its own, made here; `BENCH_DEMO` names a folder in which it is ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        site = f"http://127.0.0.1:{free.getsockname()[1]}"
    os.environ |= {"XIANFENG_DATA": os.environ.get("BENCH_DEMO", str(data)), "XIANFENG_SITE": site}
    os.environ.pop("DATABASE_URL", None)
    prepare = [BIN / "xianfeng", "demo", "prepare", "--out", data.with_name("papers")]
    subprocess.run(prepare, check=True, stdout=subprocess.DEVNULL)
    command = [BIN / "gunicorn", "xianfeng.config.wsgi", "--bind", site.removeprefix("http://")]
    command += ["--workers", str(WORKERS), "--threads", str(THREADS), "--log-level", "warning"]
    server = subprocess.Popen([str(part) for part in command])
    try:
        _wait(site, server)
        yield site, json.loads((Path(os.environ["XIANFENG_DATA"]) / "demo_accounts.json").read_text())
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(site: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        try:
            urlopen(f"{site}/account/sign-in", timeout=60).close()  # noqa: S310 -- our own address
            return
        except URLError:
            if server.poll() is not None:
                sys.exit("the server stopped")
            time.sleep(0.25)
    sys.exit("the server did not answer")


async def one_by_one(site: str, page: Page) -> Times:
    """Five times with nothing else to do, both workers having seen it."""
    times = Times(page)
    for _ in range(2 * WORKERS + 5):
        await _asked(site, times, time.perf_counter())
    times.again = times.again[2 * WORKERS :]
    return times


async def arrivals(site: str, pages: Sequence[Page], seconds: int) -> list[Times]:
    every = [Times(page) for page in pages]
    filing = await asyncio.create_subprocess_exec(sys.executable, "-m", "benchmarks._filing", str(PAUSE), str(seconds))
    begun = time.perf_counter()
    under_way = []
    for number, times in zip(range(seconds * RATE), _turns(every), strict=False):
        due = begun + number / RATE
        await asyncio.sleep(max(0, due - time.perf_counter()))
        under_way.append(asyncio.create_task(_asked(site, times, due)))
    await asyncio.gather(*under_way)
    if await filing.wait():
        raise SystemExit("Records could not be filed meanwhile: the answers are of books that stood still.")
    return every


def _turns(every: Sequence[Times]) -> Iterator[Times]:
    """Each once, then each again in another order: no page always comes after the same slow one, or after a filing."""
    chance, order = random.Random(_visits.SEED), list(every)  # noqa: S311 -- an order, nothing secret
    while True:
        chance.shuffle(order)
        yield from order


async def _asked(site: str, times: Times, due: float) -> None:
    host, port = site.removeprefix("http://").split(":")
    address, first = times.next()
    reader, writer = await asyncio.open_connection(host, int(port))
    lines = [f"GET {address} HTTP/1.1", f"Host: {host}:{port}", f"Cookie: {times.page.visitor.cookie}"]
    writer.write("\r\n".join([*lines, "Accept-Encoding: gzip", "Connection: close", "", ""]).encode())
    answer = await reader.read(-1)
    writer.close()
    (times.first if first else times.again).append((time.perf_counter() - due) * 1000)
    status = int(answer[9:12] or 599)  # nothing at all is as bad
    times.refused += status != 200
    if status >= 500:
        times.broken.append(f"{status} {address} ({times.page.visitor.name or 'nobody'})")


def _first_loads(site: str, passwords: Mapping[str, str]) -> None:
    """What a browser that has nothing yet fetches for the first page of a face."""
    print("\nfirst load, compressed:")
    for face, (who, path) in FACES.items():
        opener = _visits.signed_in(site, who, passwords).opener
        opener.addheaders = [("Accept-Encoding", "br, gzip")]
        page = opener.open(site + path)
        sent = page.read()
        text = gzip.decompress(sent) if page.headers["Content-Encoding"] == "gzip" else sent
        named = set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css|woff2|svg))"', text.decode()))
        whole = len(sent) + sum(len(opener.open(urljoin(site, name)).read()) for name in named)
        print(f"  {face}: {whole / 1000:.0f} KB in {len(named) + 1} files (asked: < {LARGEST[face]} KB)")


if __name__ == "__main__":
    sys.exit(main())
