"""`make bench-web`: every page of the demonstration city at 20 requests a second arriving, two workers.

    python -m benchmarks.web [SECONDS]

The pages are found by following links as each of the demonstration's visitors, one address for each route of the site
map. Requests arrive by the clock whether or not earlier ones were answered, and a time counts from when its request was
due: a server that falls behind shows it. Files (DOCX, PDF, Excel) are asked for afterwards, one at a time.
"""

from __future__ import annotations

import asyncio
import http.cookiejar
import json
import os
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
from html import unescape
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener, urlopen

RATE, SECONDS, ASKED = 20, 60, 150  # requests a second, how long, milliseconds at p95
WORKERS, THREADS = 2, 4
BIN = Path(sys.executable).parent
NOBODY = ""
STARTS = ("/", "/search?q=突击", "/promises", "/desk/", "/office/dashboard", "/office/registry/", "/account/")
FACES = {"public": (NOBODY, "/"), "desk": ("xingyuan", "/desk/"), "dashboard": ("fuzhou", "/office/fuzhou-2010/")}
LARGEST = {"public": 300, "desk": 300, "dashboard": 600}  # KB, compressed
NEVER = {"account_logout"}


@dataclass(frozen=True)
class Page:
    route: str
    who: str
    address: str
    cookie: str
    file: bool


@dataclass
class Times:
    page: Page
    taken: list[float] = field(default_factory=list)  # ms
    refused: int = 0

    def at(self, share: int) -> float:
        return statistics.quantiles(self.taken, n=100, method="inclusive")[share - 1] if self.taken else 0.0


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "data") as (site, passwords):
        pages = list(found(site, passwords))
        read = [page for page in pages if not page.file]
        conditions = f"{WORKERS} workers with {THREADS} threads each, load on the machine {os.getloadavg()[0]:.1f}"
        print(f"{len(read)} pages, {RATE} requests/s for {seconds} s, {conditions}", flush=True)
        alone = {page.route: asyncio.run(one_by_one(site, page)).at(50) for page in read}
        _told(asyncio.run(arrivals(site, read, seconds)), alone)
        print("\nfiles, one at a time:")
        for page in pages:
            if page.file:
                print(f"  {asyncio.run(one_by_one(site, page)).at(50):8.0f} ms  {page.route}")
        _first_loads(site, passwords)
        print(f"load on the machine at the end: {os.getloadavg()[0]:.1f}")


def _told(every: Sequence[Times], alone: Mapping[str, float]) -> None:
    print(f"{'alone':>7} {'p50':>7} {'p95':>7} {'p99':>7} ms  page")
    for times in sorted(every, key=lambda times: -alone[times.page.route]):
        refused = f", {times.refused} not answered with 200" if times.refused else ""
        shares = " ".join(f"{taken:7.0f}" for taken in (alone[times.page.route], *map(times.at, (50, 95, 99))))
        print(f"{shares}     {times.page.route} ({times.page.who or 'nobody'}, {len(times.taken)} times{refused})")
    whole = Times(every[0].page, [taken for times in every for taken in times.taken])
    slow = sum(times.at(95) >= ASKED for times in every)
    print(f"all pages together: p50 {whole.at(50):.0f}, p95 {whole.at(95):.0f}, p99 {whole.at(99):.0f} ms")
    print(f"pages with p95 of {ASKED} ms or more: {slow} of {len(every)} (asked: 0)")


@contextmanager
def serving(data: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The demonstration on a port of its own, made here; `BENCH_DEMO` names a folder in which it is ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        site = f"http://127.0.0.1:{free.getsockname()[1]}"
    environment = {**os.environ, "XIANFENG_DATA": os.environ.get("BENCH_DEMO", str(data)), "XIANFENG_SITE": site}
    environment.pop("DATABASE_URL", None)
    prepare = [BIN / "xianfeng", "demo", "prepare", "--out", data.with_name("papers")]
    subprocess.run(prepare, env=environment, check=True, stdout=subprocess.DEVNULL)
    command = [BIN / "gunicorn", "xianfeng.config.wsgi", "--bind", site.removeprefix("http://")]
    command += ["--workers", str(WORKERS), "--threads", str(THREADS), "--log-level", "warning"]
    server = subprocess.Popen([str(part) for part in command], env=environment)
    try:
        _wait(site, server)
        yield site, json.loads((Path(environment["XIANFENG_DATA"]) / "demo_accounts.json").read_text())
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


def found(site: str, passwords: Mapping[str, str]) -> Iterator[Page]:
    """One address of each route that links lead to, by the first visitor whom it opens to."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "xianfeng.config.settings"
    import django

    django.setup()
    known: set[str] = set()
    files: set[str] = set()  # slow to make, and they lead nowhere
    for who in (NOBODY, *passwords):
        opener, cookie = _signed_in(site, who, passwords)
        waiting, seen = list(STARTS), NEVER | files
        while waiting:
            address = waiting.pop(0)
            route = _route(address)
            if not route or route in seen:
                continue
            seen.add(route)
            answer = _opened(opener, site + _quoted(address))
            if answer is None:
                continue
            kind, arrived, text = answer
            if kind == "text/html":
                waiting += [unescape(link) for link in re.findall(r'href="(/[^"#]+|\?[^"#]+)', text) if link[0] == "/"]
            if route not in known and _route(arrived) == route:
                known.add(route)
                files |= {route} if kind != "text/html" else set()
                yield Page(route, who, _quoted(address), cookie, kind != "text/html")


def _signed_in(site: str, who: str, passwords: Mapping[str, str]) -> tuple[OpenerDirector, str]:
    jar = http.cookiejar.CookieJar()
    opener = build_opener(HTTPCookieProcessor(jar))
    if who != NOBODY:
        address = f"{site}/account/sign-in"
        page = opener.open(address).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token is None:
            sys.exit("the page of signing in has no form")
        typed = {"csrfmiddlewaretoken": token[1], "login": who, "password": passwords[who]}
        opener.open(address, urlencode(typed).encode()).close()
    return opener, "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def _opened(opener: OpenerDirector, address: str) -> tuple[str, str, str] | None:
    """Its kind, where it led, its text; nothing when it is not this visitor's."""
    try:
        with opener.open(address, timeout=120) as answer:
            kind = answer.headers.get_content_type()
            return (
                kind,
                urlsplit(answer.url).path,
                answer.read().decode(errors="replace") if kind == "text/html" else "",
            )
    except HTTPError:
        return None


def _route(address: str) -> str:
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def _quoted(address: str) -> str:
    return re.sub(r"[^\x21-\x7e]+", lambda some: urlencode({"": some[0]})[1:], address)


async def one_by_one(site: str, page: Page) -> Times:
    """Five times with nothing else to do, both workers having seen it."""
    times = Times(page)
    for _ in range(2 * WORKERS + 5):
        await _asked(site, times, time.perf_counter())
    return Times(page, times.taken[2 * WORKERS :])


async def arrivals(site: str, pages: Sequence[Page], seconds: int) -> list[Times]:
    every = [Times(page) for page in pages]
    begun = time.perf_counter()
    under_way = []
    for number in range(seconds * RATE):
        due = begun + number / RATE
        await asyncio.sleep(max(0, due - time.perf_counter()))
        under_way.append(asyncio.create_task(_asked(site, every[number % len(every)], due)))
    await asyncio.gather(*under_way)
    return every


async def _asked(site: str, times: Times, due: float) -> None:
    host, port = site.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    lines = [f"GET {times.page.address} HTTP/1.1", f"Host: {host}:{port}", f"Cookie: {times.page.cookie}"]
    writer.write("\r\n".join([*lines, "Accept-Encoding: gzip", "Connection: close", "", ""]).encode())
    answer = await reader.read(-1)
    writer.close()
    times.taken.append((time.perf_counter() - due) * 1000)
    times.refused += not answer.startswith(b"HTTP/1.1 200")


def _first_loads(site: str, passwords: Mapping[str, str]) -> None:
    """What a browser that has nothing yet fetches for the first page of a face."""
    print("\nfirst load, compressed:")
    for face, (who, path) in FACES.items():
        opener, _ = _signed_in(site, who, passwords)
        opener.addheaders = [("Accept-Encoding", "br, gzip")]
        text = opener.open(site + path).read()
        named = set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css|woff2|svg))"', text.decode()))
        whole = len(text) + sum(len(opener.open(urljoin(site, name)).read()) for name in named)
        print(f"  {face}: {whole / 1000:.0f} KB in {len(named) + 1} files (asked: < {LARGEST[face]} KB)")


if __name__ == "__main__":
    main()
