"""Who may do what to a record: the one place where an actor's organisation is weighed against a record's.

An actor's organisation stands somewhere on the chain above the record on that day, or it does not. The same
organisation is the author; one above it is a superior; the scheme's root or one above it, in the role 'office', runs
the campaign. A file that an office brought in acts with that office's powers over its whole subtree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.models import Organisation, Place
from xianfeng.scheme.nodes import Scheme

AUTHOR, SUPERIOR, OFFICE, CLOCK = "author", "superior", "office", "clock"

_AT_ONCE = 500  # ids in one query: below what any SQLite accepts


@dataclass(frozen=True, slots=True)
class Stay:
    """An organisation at one place, from a day to before a day."""

    place: int
    since: dt.date | None
    until: dt.date | None

    def covers(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Lifetime:
    founded: dt.date | None
    closed: dt.date | None
    stays: tuple[Stay, ...]


class Lineage:
    """Where organisations stood, and under whom. Asks the registry once for whatever it is shown; lives one request."""

    def __init__(self) -> None:
        self._lifetimes: dict[int, Lifetime | None] = {}
        self._places: dict[int, tuple[int, int | None]] = {}  # place -> (organisation, parent place)
        self._chains: dict[int, tuple[int, ...]] = {}

    def learn(self, organisations: Iterable[int]) -> None:
        """Fetch what is not yet known of these organisations, in a handful of queries however many they are."""
        unknown = sorted(set(organisations) - self._lifetimes.keys())
        for first in range(0, len(unknown), _AT_ONCE):
            self._fetch(unknown[first : first + _AT_ONCE])

    def place(self, organisation: int, day: dt.date) -> int:
        """The place of an organisation on a day; a Problem when it does not exist on that day."""
        if organisation not in self._lifetimes:
            self.learn([organisation])
        lifetime = self._lifetimes[organisation]
        if lifetime is None:
            raise Problem(
                "ledger.unknown_organisation", f"没有编号为 {organisation} 的组织。", hint="请从组织列表中选择。"
            )
        if lifetime.founded is not None and day < lifetime.founded:
            raise Problem(
                "ledger.not_yet_founded", f"组织 {organisation} 在 {day} 尚未成立。", hint="请核对日期或组织。"
            )
        stay = next((stay for stay in lifetime.stays if stay.covers(day)), None)
        if stay is None or (lifetime.closed is not None and lifetime.closed <= day):
            raise Problem("ledger.closed", f"组织 {organisation} 在 {day} 已不存在。", hint="请改填承接它的组织。")
        return stay.place

    def above(self, place: int) -> tuple[int, ...]:
        """The organisations above a place, its own first, the root of the tree last."""
        if place not in self._chains:
            organisation, parent = self._places[place]
            self._chains[place] = (organisation, *(self.above(parent) if parent is not None else ()))
        return self._chains[place]

    def _fetch(self, organisations: list[int]) -> None:
        stays: dict[int, list[Stay]] = {}
        parents: set[int] = set()
        for place, organisation, parent, since, until in Place.objects.filter(
            organisation_id__in=organisations
        ).values_list("id", "organisation_id", "parent_id", "since", "until"):
            self._places[place] = (organisation, parent)
            stays.setdefault(organisation, []).append(Stay(place, since, until))
            if parent is not None:
                parents.add(parent)
        for organisation in organisations:
            self._lifetimes[organisation] = None
        for organisation, founded, closed in Organisation.objects.filter(id__in=organisations).values_list(
            "id", "founded", "closed"
        ):
            self._lifetimes[organisation] = Lifetime(founded, closed, tuple(stays.get(organisation, ())))
        self._climb(parents)

    def _climb(self, places: set[int]) -> None:
        while unknown := sorted(places - self._places.keys()):
            for first in range(0, len(unknown), _AT_ONCE):
                for place, organisation, parent in Place.objects.filter(
                    id__in=unknown[first : first + _AT_ONCE]
                ).values_list("id", "organisation_id", "parent_id"):
                    self._places[place] = (organisation, parent)
            places = {above for place in unknown if (above := self._places[place][1]) is not None}


def root_of(scheme: Scheme) -> int:
    """The organisation that a scheme binds; a Problem when the registry does not know it."""
    root = tree.by_any_code(scheme.at)
    if root is None:
        raise Problem(
            "ledger.unknown_root",
            f"活动“{scheme.title}”所属的组织（代码 {scheme.at}）尚未登记。",
            hint="请先导入组织，或改正方案中的 at。",
        )
    return root.id


@dataclass(frozen=True)
class Standing:
    """One scheme's view of who stands where."""

    root: int
    lineage: Lineage

    def chain(self, organisation: int, day: dt.date) -> tuple[int, ...]:
        """The organisations from this one up, on that day; a Problem when the scheme does not bind it."""
        chain = self.lineage.above(self.lineage.place(organisation, day))
        if self.root not in chain:
            raise Problem(
                "ledger.outside_scheme",
                f"组织 {organisation} 不在本活动范围内。",
                hint="只有活动所属组织及其下级能在本活动中登记。",
            )
        return chain

    def capacities(self, actor: Actor, chain: tuple[int, ...], *, for_: int | None = None) -> frozenset[str]:
        """In which capacities an actor can act on a record held by the first of `chain`."""
        if actor.kind is ActorKind.CLOCK:
            return frozenset({CLOCK})
        mine = actor.organisation
        if mine is None or mine not in chain or actor.kind is ActorKind.COUNTERFOIL:
            return frozenset()
        held = set()
        if mine == chain[0] or actor.kind is ActorKind.IMPORT or for_ == chain[0]:
            held.add(AUTHOR)
        if actor.kind is not ActorKind.LINK:
            if mine != chain[0]:
                held.add(SUPERIOR)
            if actor.role and (actor.role != OFFICE or chain.index(mine) >= chain.index(self.root)):
                held.add(actor.role)
        return frozenset(held)


def refuse_on_behalf(for_: int | None, organisation: int) -> None:
    """代填 names the organisation whose work it is: it cannot be somebody else's."""
    if for_ is not None and for_ != organisation:
        raise Problem(
            "ledger.on_behalf_of_another",
            f"代填的组织（{for_}）与记录的组织（{organisation}）不一致。",
            hint="代填时两处填同一个组织。",
        )


TITLES: Mapping[str, str] = {AUTHOR: "填报组织", SUPERIOR: "上级组织", OFFICE: "活动办公室", CLOCK: "系统时钟"}


def wrong_actor(wanted: Iterable[str], scheme: Scheme, doing: str) -> Problem:
    names = "、".join(scheme.roles[name].title if name in scheme.roles else TITLES.get(name, name) for name in wanted)
    return Problem("ledger.wrong_actor", f"“{doing}”要由{names}来做。", hint=f"请转交{names}办理；代填请注明所代组织。")
