"""Who comes to the pages in tests, and from where they look: a real corner of the country, made once for a module.

Everybody acts at 青口镇 (own), with its village below, 荆溪镇 beside and 闽侯县 above it; `campaign` is the office of
the whole campaign and acts at 福州市. Another campaign is 金湾's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.test import Client

from tests.commendations.campaigns import commending
from tests.evaluations import windows
from tests.gradings.campaigns import graded
from tests.inspections import lots
from tests.matters.taking import taking
from tests.web import things
from tests.web.things import Names
from xianfeng import paths
from xianfeng.accounts.models import Account
from xianfeng.ledger import actions
from xianfeng.ledger.actions import Row
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import divisions, tree
from xianfeng.registry.actions import appoint, enter

DAY = dt.date(2010, 9, 1)
POSITIONS = ("own", "below", "sibling", "above", "other")
PLACES: Mapping[str, Mapping[str, str]] = {
    "town": {"own": "350121105", "below": "350121105201", "sibling": "350121108", "above": "350121", "other": "440404"},
    "city": {"own": "350100", "below": "350121", "other": "440404"},
}
ROLES: Mapping[str, tuple[str, str]] = {  # who -> (where, role)
    "campaign": ("city", "office"),
    "office": ("town", "office"),
    "administrator": ("town", "administrator"),
    "reviewer": ("town", "reviewer"),
    "secretary": ("town", "secretary"),
    "clerk": ("town", "clerk"),
    "leader": ("town", "leader"),
    "inspector": ("town", "inspector"),
    "member": ("town", "member"),
    "party_secretary": ("town", "party_secretary"),  # a role that only a scheme knows
}
NOBODY, IDLE = "nobody", "idle"  # not signed in; signed in without an appointment
EVERYBODY = (NOBODY, IDLE, *ROLES)
NAMING = ("campaign", "office", "administrator")  # who may read what people of the own subtree are called
FILING = ("reviewer", "secretary", "clerk", "party_secretary")  # who may look for them where a form asks who it was
SECRET = "4711"  # noqa: S105 -- a value that no scheme makes public
_IMPORT = Actor(kind=ActorKind.IMPORT)
_SCHEMES = {"350": ("fuzhou-2010", "350100"), "440": ("jinwan-2010", "440404")}
_KINDS = {"fuzhou-2010": ("site_service", "members"), "jinwan-2010": ("participation", "members")}


@dataclass
class World:
    """The numbers that addresses name, by the code of the organisation they are at."""

    organisations: dict[str, int] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    appointments: dict[str, int] = field(default_factory=dict)
    things: dict[str, Names] = field(default_factory=dict)  # of places by their codes, of campaigns, of visitors
    everywhere: Names = field(default_factory=dict)

    def client(self, who: str) -> Client:
        client = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="127.0.0.1")
        if who != NOBODY:
            client.force_login(self.accounts[who], "allauth.account.auth_backends.AuthenticationBackend")
        return client

    def actor(self, who: str) -> Actor:
        """As the log names somebody of them."""
        where, role = ROLES[who]
        at = self.organisations[PLACES[where]["own"]]
        person = self.accounts[who].person_id
        return Actor(kind=ActorKind.APPOINTMENT, id=self.appointments[who], organisation=at, role=role, person=person)

    def hidden(self, who: str, *, finds: bool = False) -> tuple[str, ...]:
        """What no answer may bear for a visitor: marks of places out of his reach, and what people are called.

        `finds`: the answer is to a form that asks who it was.
        """
        place = ROLES[who][0] if who in ROLES else ""
        within = {PLACES[place][position] for position in ("own", "below")} if place else set()
        if place == "city":
            within = {code for code in self.organisations if code != PLACES[place]["other"]}
        naming = (*NAMING, *FILING) if finds else NAMING
        unnamed = self.organisations if who not in naming else self.organisations.keys() - within
        return (*map(things.mark, self.organisations.keys() - within), *map(things.called, unnamed))

    def names(self, who: str, position: str) -> dict[str, str] | None:
        """What stands in addresses in place of {code}, {organisation}, {record}, {scheme}, {measure}, {appointment}.

        And of everything that `things` makes: of the place, of its campaign, of one of the visitors.

        None: there is no such position for this visitor.
        """
        places = PLACES[ROLES[who][0] if who in ROLES else "town"]
        if position not in places:
            return None
        code = places[position]
        scheme = _scheme(code)[0]
        return {
            "code": code,
            "organisation": str(self.organisations[code]),
            "record": str(self.records[code]),
            "scheme": scheme,
            "measure": {"fuzhou-2010": "site_members", "jinwan-2010": "members_all"}[scheme],
            "appointment": str(self.appointments.get(who, 0)),
            **self.everywhere,
            **self.things[scheme],
            **self.things[code],
        }


def build() -> World:
    world = World()
    divisions.import_(paths.PROJECT / divisions.SOURCE, under=["350121105", "350121108", "440404"], by=_IMPORT)
    for name, _ in _SCHEMES.values():
        actions.adopt(graded(name, lots.drawn_by_lot(windows.judged(commending(taking(name))))), by=_IMPORT)
    for code in {code for places in PLACES.values() for code in places.values()}:
        world.organisations[code] = _number(code)
    for who, (where, role) in ROLES.items():
        person = enter(code=f"t-{who}", name=who, day=DAY, by=_IMPORT)
        at = world.organisations[PLACES[where]["own"]]
        world.appointments[who] = appoint(person=person, organisation=at, role=role, day=DAY, by=_IMPORT)
        world.accounts[who] = Account.objects.create(username=who, person_id=person)
    world.accounts[IDLE] = Account.objects.create(
        username=IDLE, person_id=enter(code="t-idle", name=IDLE, day=DAY, by=_IMPORT)
    )
    _fill(world)
    return world


def _fill(world: World) -> None:
    things.closed_issue()
    for code, organisation in world.organisations.items():
        scheme, root = _scheme(code)
        top = _number(root)
        if scheme not in world.things:
            world.things[scheme] = things.of_campaign(scheme, top)
        world.things[code] = things.at_place(code, organisation, scheme, top)
    town, beside = (world.organisations[PLACES["town"][position]] for position in ("own", "sibling"))
    clerk, administrator = world.accounts["clerk"], world.appointments["administrator"]
    own = things.of_appointments(clerk, world.appointments["clerk"], town, administrator)
    things.by_one_hand(town, world.actor("administrator"))
    member = world.accounts["member"].person_id
    own["own_promise"] = things.own_promise(town, member)
    own["own_award"] = things.own_award(town, _number(_SCHEMES["350"][1]), member)
    world.everywhere = {**own, "import_across": things.across(beside, town)}
    for code, organisation in world.organisations.items():
        world.records[code] = _record(code, organisation)  # last, so that its place's page lists it


def _number(code: str) -> int:
    found = tree.by_code(code)
    assert found is not None, code
    return found.id


def _record(code: str, organisation: int) -> int:
    scheme, root = _scheme(code)
    kind, field_name = _KINDS[scheme]
    values = {field_name: int(SECRET)} | ({"taking_part": 1} if kind == "participation" else {})
    office = Actor(kind=ActorKind.IMPORT, organisation=_number(root), role="office")
    row = Row(organisation=organisation, day=DAY, values=values)
    (number,) = actions.file_many(by=office, scheme=scheme, kind=kind, rows=[row])
    return number


def _scheme(code: str) -> tuple[str, str]:
    return _SCHEMES[code[:3]]
