"""How often each page asks the database, in a small world and in the same with ten times as much of everything.

Everything grows that some page lists: records under the town and beside it, organisations, people and their accounts,
links, drafts, manuscripts, imports, the entries of one record. Each page is opened twice and both times count: what is
kept from the first opening must not hide that it asks row by row. The index and the duties are brought up to the log
first: pages take a bounded number of its entries each, so which page takes the last of them says nothing about it. The
clock stands still meanwhile: what waits is counted anew each minute, and in which page it turns says nothing either.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone
from ruamel.yaml import YAML

from tests.commendations import campaigns as commendations
from tests.duties import rows
from tests.evaluations import windows
from tests.gradings import campaigns
from tests.inspections import lots
from tests.signals import asked
from tests.web import roles
from tests.web.office.registry.test_imports import book
from xianfeng import tokens
from xianfeng.accounts import drafts, links
from xianfeng.accounts.models import Account
from xianfeng.bulletins import signing
from xianfeng.bulletins.content import Content
from xianfeng.duties import matching
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.ledger import actions
from xianfeng.ledger.actions import Row, Step
from xianfeng.log import seals
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.matters import codes, intake
from xianfeng.matters.intake import Wish
from xianfeng.messages.models import Delivery
from xianfeng.messages.post import Note, post
from xianfeng.opendata import package
from xianfeng.registry import tree
from xianfeng.registry.actions import Founding, appoint, enter, found_many
from xianfeng.search import index
from xianfeng.sentences import say
from xianfeng.voice import comments, complaints
from xianfeng.voice.complaints import Said
from xianfeng.voice.subjects import Subject

FEW, MANY = 2, 20
CITY, COUNTY, TOWN, OTHER_TOWN, VILLAGE = "350100", "350121", "350121105", "350121108", "350121105201"
SCHEME = "fuzhou-2010"
DAY = dt.date(2010, 6, 1)
TEXT = "全市共组建党员突击队{{ figure('task_forces') }}支。"
_NUMBERS = re.compile(r"'[^']*'|\b\d+\b(?:, \d+)*")
_IMPORT = Actor(kind=ActorKind.IMPORT)

_TABLE: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("counts.yaml"))
LEFT_OUT: Mapping[str, str] = {name: row["why"] for row in _TABLE if "why" in row for name in row["routes"]}


@dataclass(frozen=True)
class Page:
    route: str
    who: str
    address: str


@dataclass(frozen=True)
class Asked:
    """Questions by their wording, lists of numbers and texts left out of it."""

    status: int
    first: Counter[str]
    again: Counter[str]

    def beyond(self, other: Asked) -> str:
        """What is asked more often than in the other, for whoever has to mend it; '' when nothing is."""
        more = [
            one
            for mine, its in ((self.first, other.first), (self.again, other.again))
            if mine.total() > its.total()
            for one in (mine - its).most_common()
        ]
        return "\n".join(f"{times} × {question[:400]}" for question, times in more)


PAGES = tuple(Page(row["route"], row["as"], row["get"]) for row in _TABLE if "get" in row)


@dataclass
class Growing:
    """A world that can be made larger; `names` stand in addresses."""

    world: roles.World
    names: dict[str, str] = field(default_factory=dict)
    size: int = 0

    def grow(self, size: int) -> None:
        numbers = range(self.size, size)
        self.size = size
        self._records(len(numbers))
        for number in numbers:
            self._one_more(number)
        self._drawn()
        self._judged()
        self.names["awarded"] = str(commendations.awarded(SCHEME, _organisation(CITY), dt.date(2011, 6, 1)))
        self.names["graded"] = str(campaigns.published(SCHEME, _organisation(CITY), dt.date(2011, 6, 1)).id)
        record = self.world.records[TOWN]
        self.names["asked"] = str(asked.same_file(SCHEME, record, "members", DAY, times=self.size).id)
        self.names.setdefault("graded_first", self.names["graded"])  # a unit is decided on once in a period
        self.names["graded_unit"] = str(_organisation(TOWN))

    def asked(self) -> dict[Page, Asked]:
        """What each page asks."""
        with patch.object(timezone, "now", Mock(return_value=timezone.now())):
            return {page: self._asked(page) for page in PAGES}

    def _asked(self, page: Page) -> Asked:
        client, address = self.world.client(page.who), page.address.format(**self.names)
        (_, first), (status, again) = _opened(client, address), _opened(client, address)
        return Asked(status, first, again)

    def _records(self, times: int) -> None:
        for kind, code, values in (
            ("task_force", TOWN, {"name": "突击队"}),
            ("task_force", OTHER_TOWN, {"name": "别处的突击队"}),
            ("visit", VILLAGE, {"people": {"villagers": 3}}),
            ("visit", TOWN, {"people": {"villagers": 3}}),
            ("commitment_letter", VILLAGE, {"goals": "修路"}),
        ):
            rows = [Row(organisation=_organisation(code), day=DAY, values=values) for _ in range(times)]
            numbers = actions.file_many(by=_office(), scheme=SCHEME, kind=kind, rows=rows)
            if (kind, code) == ("visit", VILLAGE):
                self.names["below"] = "&n=".join(filter(None, [self.names.get("below"), *map(str, numbers)]))
        self._promises(times)
        self._projects(times)
        self._matters(times)

    def _projects(self, times: int) -> None:
        """Key projects under the town and beside it, each with a note of its progress; of the first, many requests."""
        for code in (TOWN, OTHER_TOWN, VILLAGE):
            values = {"name": "大桥", "investment": "1.00", "due": "2011-12-30"}
            rows = [Row(organisation=_organisation(code), day=DAY, values=values) for _ in range(times)]
            made = actions.file_many(by=_office(), scheme=SCHEME, kind="key_project", rows=rows)
            first = int(self.names.setdefault("planned", str(made[0])))
            for kind, told in (
                ("project_progress", [{"project": one, "stage": "approval"} for one in made]),
                ("project_request", [{"project": first, "problem": "征地"} for _ in made]),
            ):
                rows = [Row(organisation=_organisation(code), day=DAY, values=one) for one in told]
                actions.file_many(by=_office(), scheme=SCHEME, kind=kind, rows=rows)
            rows = [Row(organisation=_organisation(code), day=DAY, values={"category": "other"}) for _ in range(times)]
            actions.file_many(by=_office(), scheme=SCHEME, kind="meeting", rows=rows)

    def _matters(self, times: int) -> None:
        """Matters of the town and of a village below it, all much alike: with a counterfoil, and answered."""
        for code in (VILLAGE, TOWN):
            for _ in range(times):
                printed, wish = codes.fresh(), Wish(text="村口的路灯不亮", via="web", private=False)
                made = intake.file(
                    by=intake.CITIZEN, scheme=SCHEME, organisation=_organisation(code), wish=wish, code=printed
                )
                self.names.setdefault("matter", str(made.pk))
                self.names.setdefault("counterfoil", printed)
        town = _organisation(TOWN)
        values = {"text": "桥头的路灯不亮", "via": "web", "private": False, "handler": town}
        moves = [
            *(Step(move, DAY) for move in ("accept", "assign", "do_at_once")),
            Step("answer", DAY, None, {"reply": "好"}),
        ]
        rows = [Row(organisation=town, day=DAY, values=values, moves=moves) for _ in range(times)]
        answered = actions.file_many(by=_office(), scheme=SCHEME, kind="matter", rows=rows)
        self.names.setdefault("answered", str(answered[0]))

    def _judged(self) -> None:
        """A round in which everybody that is there now is judged: published, and being counted; and one given up."""
        root = _organisation(CITY)
        for name, month in (("judged", self.size % 12 + 1), ("counted", (self.size + 1) % 12 + 1)):
            day = dt.date(2011, month, 1)
            make = windows.published if name == "judged" else windows.closed
            self.names[name] = str(make(SCHEME, root, day).id)
        self.names["sampled"] = str(windows.sampled(SCHEME, root, day).id)
        windows.differing(EvaluationRound.objects.get(id=self.names["counted"]), root, day)

    def _drawn(self) -> None:
        """Inspections by lot, of half of everybody that is there now."""
        root, day = _organisation(CITY), dt.date(2011, 1, self.size)
        lots.void(SCHEME, root, day)
        self.names.update(lots.plans(SCHEME, root, day, series=self.size))

    def _promises(self, times: int) -> None:
        village, town = _organisation(VILLAGE), _organisation(TOWN)
        moves = [Step("submit", DAY, village), Step("review", DAY, town)]
        values = {"promiser": "organisation", "text": "修路"}
        rows = [Row(organisation=village, day=DAY, values=values, moves=moves) for _ in range(times)]
        made = actions.file_many(by=_office(), scheme=SCHEME, kind="commitment", rows=rows)
        self.names.setdefault("promise", str(made[0]))

    def _one_more(self, number: int) -> None:
        (unit,) = found_many(
            foundings=[
                Founding(code=f"u{number}", name=f"某站{number}", type="unit", level="unit", parent=_organisation(TOWN))
            ],
            by=_IMPORT,
        )
        person = enter(code=f"c{number:03}", name=f"c{number}", day=DAY, by=_IMPORT)
        for organisation in (unit, _organisation(TOWN)):
            appoint(person=person, organisation=organisation, role="clerk", day=DAY, by=_IMPORT)
        account = Account.objects.create(username=f"c{number:03}", person_id=person)
        self.names.setdefault("account", str(account.pk))
        self._paper(number)

    def _paper(self, number: int) -> None:
        reviewer = self.world.actor("reviewer")
        expires = timezone.now() + dt.timedelta(days=30)
        (made,) = links.make_links(
            organisations=[_organisation(VILLAGE)], scheme=SCHEME, kind="visit", many=True, expires=expires, by=reviewer
        )
        self.names.setdefault("token", made.token)
        clerk = self.world.accounts["clerk"]
        drafts.keep(
            account=clerk,
            appointment=self.world.appointments["clerk"],
            organisation=_organisation(TOWN),
            scheme=SCHEME,
            kind="visit",
            reference=f"draft-{number}",
            typed={"f-note": ["还没有写完"]},
        )
        content = Content(
            name=f"no{number + 200}", series="活动简报", issuer="市活动办", issued=DAY, title=("题",), text=TEXT
        )
        manuscript = signing.begin(scheme=SCHEME, content=content, by=self.world.actor("campaign"))
        self.names.setdefault("manuscript", str(manuscript.pk))
        self._import(number)
        self._told(number)
        self._owed(number)
        self._voices(number)
        actions.amend(
            by=_office(),
            record=self.world.records[TOWN],
            day=roles.DAY,
            values={"members": number + 1},
            reason="数错了",
        )

    def _owed(self, number: int) -> None:
        """Duties of the town and of a village below it, and a circular, of a month each."""
        row, town = rows.round_of(SCHEME, "duty_rosters", number + 1, timezone.now()), _organisation(TOWN)
        due = DAY + dt.timedelta(days=number)
        duty = rows.duty(town, row, due=due)
        rows.duty(_organisation(VILLAGE), row, due=due)
        drafted = rows.circular(_organisation(CITY), duty, timezone.now())
        self.names.setdefault("circular", str(drafted.id))
        self.names.setdefault("duty", str(duty.id))

    def _told(self, number: int) -> None:
        """A message to the clerk, which went out, and one below the campaign's office that did not."""
        now, clerk, town = timezone.now(), self.world.appointments["clerk"], _organisation(TOWN)
        words = say("{kind}第 {number} 号到期", kind="走访", number=number)
        post([Note(topic=f"due-{number}", words=words, link="/", organisation=town, appointment=clerk)], now=now)
        for organisation, state in ((town, "sent"), (_organisation(VILLAGE), "failed")):
            key = f"{organisation}-{number}"
            Delivery.objects.create(
                key=key, person=1, organisation=organisation, channel="mail", state=state, reason="refused", at=now
            )

    def _voices(self, number: int) -> None:
        """Comments waiting, shown and hidden, complaints open and answered; a receipt of each name."""
        by, issue = _office(), Subject(SCHEME, "bulletins", "no98")
        with override_settings(XIANFENG_COMMENTS=frozenset({SCHEME})):
            codes = [tokens.fresh() for _ in range(3)]
            waiting, shown, hidden = (
                comments.write(subject=issue, text=f"第{number}条", receipt=code, address="", by=by) for code in codes
            )
        for one in (shown, hidden):
            comments.publish(comment=one.pk, seen=one.stage, by=by)
        comments.answer(comment=shown.pk, text="知道了", seen="", by=by)
        comments.hide(comment=hidden.pk, reason="advert", by=by)
        complaints.complain(
            scheme=SCHEME, kind="visit", said=Said(sort="twice"), receipt=tokens.fresh(), address="", by=by
        )
        told = complaints.complain(
            scheme=SCHEME, kind="visit", said=Said(sort="long", minutes=9), receipt=tokens.fresh(), address="", by=by
        )
        complaints.settle(complaint=told.pk, outcome="kept", answer="法规要求", seen=0, by=by)
        names = {"comment": str(waiting.pk), "complaint": str(told.pk), "receipt": codes[1]}
        self.names.update({name: value for name, value in names.items() if name not in self.names})

    def _import(self, number: int) -> None:
        client = self.world.client("administrator")
        rows = book(["代码", "名称", "上级代码", "类型"], [f"i{number}", f"导入的站{number}", TOWN, "单位"])
        sent = client.post("/office/registry/imports/", {"file": SimpleUploadedFile("名单.xlsx", rows)})
        client.post(sent["Location"])
        done = client.get(sent["Location"])["Location"]
        self.names.setdefault("import", done.rstrip("/").rpartition("/")[2])


def _opened(client: Client, address: str) -> tuple[int, Counter[str]]:
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
        response.getvalue()
    return response.status_code, Counter(_NUMBERS.sub("?", query["sql"]) for query in asked)


def build() -> Growing:
    """The roles' world, whose issue was closed before most of the records, so that it has corrections."""
    world = roles.build()
    grown = Growing(world)
    codes = {"town": TOWN, "county": COUNTY}
    numbers = {"organisation": world.organisations[TOWN], "village": world.organisations[VILLAGE]}
    numbers["record"] = world.records[TOWN]
    numbers["decided"] = int(world.things[TOWN]["decided"])
    grown.names.update(codes | {name: str(number) for name, number in numbers.items()} | world.everywhere)
    return grown


def sizes(grown: Growing) -> Iterator[dict[Page, Asked]]:
    for size in (FEW, MANY):
        grown.grow(size)
        seals.seal(by=_IMPORT)
        package.make("fuzhou-2010")
        index.extend()
        matching.catch_up(now=timezone.now())
        yield grown.asked()


def _organisation(code: str) -> int:
    found = tree.by_code(code)
    assert found is not None, code
    return found.id


def _office() -> Actor:
    return Actor(kind=ActorKind.IMPORT, organisation=_organisation(CITY), role="office")
