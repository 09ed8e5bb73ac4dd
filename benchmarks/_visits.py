"""Which addresses a visitor comes to: one of each route at first, and then what links and choices on those pages open.

The second kind is left unasked: whoever measures is the first to ask for them, as a reader is who opens another
organisation's figure, another month or another record.
"""

from __future__ import annotations

import http.cookiejar
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

NOBODY = ""
STARTS = ("/", "/search?q=突击", "/promises", "/desk/", "/office/dashboard", "/office/registry/", "/account/")
NEVER = {"account_logout"}
FILE = "format"  # the part of a question that asks for a table as a file
SEED = 2010


@dataclass(frozen=True)
class Visitor:
    name: str
    opener: OpenerDirector
    cookie: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """A route by its addresses: the first was asked while it was found, the others by nobody."""

    route: str
    visitor: Visitor
    addresses: Sequence[str]
    file: bool


class Openings(HTMLParser):
    """The addresses that a page opens: its links, and every choice of its forms that ask."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.addresses: dict[str, None] = {}
        self._address = address
        self._form = ""
        self._typed: dict[str, str] = {}
        self._select = ""
        self._choices: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told and "download" not in told:
            self._add(told["href"])
        elif tag == "form":
            asks = told.get("method", "get").lower() == "get"
            self._form = urljoin(self._address, told.get("action", "").partition("#")[0]) if asks else ""
            self._typed, self._choices = {}, []
        elif tag == "input" and told.get("type") == "hidden" and self._form:
            self._typed[told.get("name", "")] = told.get("value", "")
        elif tag == "select":
            self._select = told.get("name", "")
        elif tag == "option" and self._form and self._select:
            self._choices.append((self._select, told.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "form":
            for name, value in self._choices if self._form else ():
                self._add(f"{self._form.partition('?')[0]}?{urlencode({**self._typed, name: value})}")
            self._form, self._choices = "", []

    def _add(self, link: str) -> None:
        arrived = urlsplit(urljoin(self._address, link))
        here = not arrived.netloc and not arrived.scheme
        if here and not any(name == FILE for name, _ in parse_qsl(arrived.query)):
            self.addresses[arrived._replace(fragment="").geturl()] = None


@dataclass
class Found:
    """What discovery came to. `broken`: what a page answered that no page may answer."""

    pages: list[Page] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def find(site: str, passwords: Mapping[str, str], *, several: int) -> Found:
    """Each route by the first visitor whom it opens to, with up to so many of its addresses."""
    found = Found()
    known: set[str] = set()
    files: set[str] = set()  # slow to make, and they lead nowhere
    for name in (NOBODY, *passwords):
        visitor = signed_in(site, name, passwords)
        walk = _Walk(site, visitor, found.broken)
        for route, address, file in walk.routes(NEVER | files):
            files |= {route} if file else set()
            if route not in known:
                known.add(route)
                found.pages.append(Page(route=route, visitor=visitor, addresses=[address], file=file))
        found.pages = [walk.with_others(page, several) for page in found.pages]
    return found


class _Walk:
    """One visitor's, to an address of each route; it remembers what else was open to him."""

    def __init__(self, site: str, visitor: Visitor, broken: list[str]) -> None:
        self._site = site
        self._visitor = visitor
        self._broken = broken
        self._others: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def routes(self, seen: set[str]) -> Iterator[tuple[str, str, bool]]:
        waiting, seen = list(map(quoted, STARTS)), set(seen)
        while waiting:
            address = waiting.pop(0)
            route = route_of(address)
            if not route:
                continue
            self._others[route][address] = None
            if route in seen:
                continue
            seen.add(route)
            answer = self._opened(address)
            if answer is None:
                continue
            kind, arrived, text = answer
            if kind == "text/html":
                openings = Openings(arrived)
                openings.feed(text)
                waiting += map(quoted, openings.addresses)
            if route_of(arrived) == route:
                yield route, address, kind != "text/html"

    def with_others(self, page: Page, several: int) -> Page:
        """Any of what links led to, the same every time that the pages are the same."""
        if page.visitor is not self._visitor or page.file:
            return page
        others = sorted(self._others[page.route].keys() - set(page.addresses))
        random.Random(SEED).shuffle(others)  # noqa: S311 -- a choice of addresses, nothing secret
        return Page(
            route=page.route, visitor=page.visitor, addresses=[*page.addresses, *others[: several - 1]], file=False
        )

    def _opened(self, address: str) -> tuple[str, str, str] | None:
        """Its kind, where it led, its text; nothing when it is not this visitor's."""
        try:
            with self._visitor.opener.open(self._site + address, timeout=120) as answer:
                kind = answer.headers.get_content_type()
                text = answer.read().decode(errors="replace") if kind == "text/html" else ""
                return kind, urlsplit(answer.url)._replace(scheme="", netloc="").geturl(), text
        except HTTPError as refusal:
            if refusal.code >= 500:
                self._broken.append(f"{refusal.code} {address} ({self._visitor.name or 'nobody'})")
            return None


def signed_in(site: str, who: str, passwords: Mapping[str, str]) -> Visitor:
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
    return Visitor(who, opener, "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar))


def route_of(address: str) -> str:
    from django.urls import Resolver404, resolve

    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def quoted(address: str) -> str:
    return re.sub(r"[^\x21-\x7e]+", lambda some: urlencode({"": some[0]})[1:], address)
