"""Who may do what to a record: the one place where an actor's organisation is weighed against a record's.

An actor's organisation stands somewhere on the chain above the record on that day, or it does not. The same
organisation is the author; one above it is a superior; the scheme's root or one above it, in the role 'office', runs
the campaign. A file that an office brought in acts with that office's powers over its whole subtree. Whoever holds a
role that only reads acts for nobody, but makes the author's moves of records that name him as their author. An
organisation that a record names as its handler makes the handler's moves, wherever it stands; whoever holds a record's
counterfoil the requester's.

A body is at one desk with the division that it is attached to: whoever is appointed there files on that one's behalf,
and is its author and its handler. What is the division's own stays its own: to review those below it, to act in a role
that is held there, to run a campaign.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from xianfeng.accounts import abilities
from xianfeng.accounts.abilities import Ability
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.registry import chains, desks, tree
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.flowing import AUTHOR, CLOCK, HANDLER, REQUESTER
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import say, together

SUPERIOR, OFFICE = "superior", "office"


def root_of(scheme: Scheme) -> int:
    """The organisation that a scheme binds; a Problem when the registry does not know it."""
    root = tree.by_any_code(scheme.at)
    if root is None:
        raise Problem(
            "ledger.unknown_root",
            say("活动“{scheme}”所属的组织（代码 {at}）尚未登记。", scheme=scheme.title, at=scheme.at),
            hint="请先导入组织，或改正方案中的 at。",
        )
    return root.id


def office(scheme: Scheme) -> Actor:
    """The office that runs the campaign, bringing in a file or working at the machine itself."""
    return Actor(kind=ActorKind.IMPORT, organisation=root_of(scheme), role=OFFICE)


@dataclass(frozen=True)
class Powers:
    """What an actor may act as in one scheme; remembers what the records of one request share."""

    root: int
    lineage: Lineage
    by: Actor
    _chains: dict[tuple[int, dt.date], tuple[int, ...]] = field(default_factory=dict)
    _held: dict[tuple[int | None, tuple[int, ...], int | None], frozenset[str]] = field(default_factory=dict)

    def chain(self, organisation: int, day: dt.date) -> tuple[int, ...]:
        """The organisations from this one up, on that day; a Problem when the scheme does not bind it."""
        chain = self._chains.get((organisation, day))
        if chain is None:
            chain = self._chains[organisation, day] = self._chain(organisation, day)
        return chain

    def capacities(
        self, chain: tuple[int, ...], *, named: int | None = None, for_: int | None = None
    ) -> frozenset[str]:
        """In which capacities the actor can act on a record held by the first of `chain`.

        `named`: the organisation that an import names as having acted.
        """
        held = self._held.get((named, chain, for_))
        if held is None:
            held = self._held[named, chain, for_] = self._capacities(self._acting(named, chain), chain, for_)
        return held

    @cached_property
    def head(self) -> int | None:
        """The division at whose desk the actor is, as one appointed at a body that is attached to it."""
        at = self.by.organisation if self.by.kind is ActorKind.APPOINTMENT else None
        return None if at is None else desks.head(at)

    def _chain(self, organisation: int, day: dt.date) -> tuple[int, ...]:
        chain = self.lineage.above(self.lineage.place(organisation, day))
        if self.root not in chain:
            raise Problem(
                "ledger.outside_scheme",
                say("组织 {organisation} 不在本活动范围内。", organisation=organisation),
                hint="只有活动所属组织及其下级能在本活动中登记。",
            )
        return chain

    def _acting(self, named: int | None, chain: tuple[int, ...]) -> Actor:
        if named is None or named == self.by.organisation:
            return self.by
        covered = self.by.organisation in chain and named in chain[: chain.index(self.by.organisation)]
        if self.by.kind is not ActorKind.IMPORT or not covered:
            hint = say("只有导入可以补记本组织下属单位当时办理的步骤。")
            raise Problem("ledger.acting_for_another", say("不能以组织 {named} 的名义办理。", named=named), hint=hint)
        return Actor(kind=ActorKind.APPOINTMENT, organisation=named, role=self.by.role)

    def _capacities(self, actor: Actor, chain: tuple[int, ...], for_: int | None) -> frozenset[str]:
        if actor.kind is ActorKind.CLOCK:
            return frozenset({CLOCK})
        mine = actor.organisation
        if mine is None or actor.kind is ActorKind.COUNTERFOIL:
            return frozenset()
        if mine not in chain:
            return frozenset({AUTHOR} if for_ == chain[0] == self.head else ())
        held = set()
        if mine == chain[0] or actor.kind is ActorKind.IMPORT or for_ == chain[0]:
            held.add(AUTHOR)
        if actor.kind is ActorKind.IMPORT:
            held |= {HANDLER, REQUESTER}
        if actor.kind is not ActorKind.LINK:
            if mine != chain[0]:
                held.add(SUPERIOR)
            if actor.role and (actor.role != OFFICE or chain.index(mine) >= chain.index(self.root)):
                held.add(actor.role)
        return frozenset(held)


def named(kind: Kind, values: Mapping[str, Any], by: Actor, *, head: int | None = None) -> frozenset[str]:
    """In which capacities a record names whoever acts: himself, or an organisation for which he acts.

    `head`: the one at whose desk he is besides his own.
    """
    organisations = {by.organisation, head} if acts_for_organisation(by) else set()
    mine = {FieldType.PERSON: {by.person}, FieldType.ORGANISATION: organisations}
    acting = (field for field in kind.fields.values() if field.acts)
    return frozenset(field.acts for field in acting if values.get(field.name) in mine[field.type] - {None})


def requesting(by: Actor, record: int) -> frozenset[str]:
    """Whoever holds its counterfoil is the requester of one record, and nothing to any other."""
    return frozenset({REQUESTER} if by.kind is ActorKind.COUNTERFOIL and by.id == record else ())


def handlers(kind: Kind, values: Mapping[str, Any]) -> frozenset[int]:
    """The organisations that a record names as those that handle it."""
    fields = (one for one in kind.fields.values() if one.acts == HANDLER and one.type is FieldType.ORGANISATION)
    return frozenset(values[field.name] for field in fields if field.name in values)


def parties(kind: Kind, state: str, values: Mapping[str, Any]) -> frozenset[int]:
    """Whom a record concerns wherever it is held, by number: who handles it, asks for it, or may object to it."""
    names = {field.name for field in kind.fields.values() if field.acts in (HANDLER, REQUESTER)}
    if state in kind.flow.told:
        names.update(kind.concerned)
    return frozenset(values[name] for name in names if name in values)


def concerning(
    kind: Kind, state: str, values: Mapping[str, Any], by: Actor, *, head: int | None = None
) -> tuple[str, ...]:
    """The fields by which a record concerns whoever acts, where he is told of it."""
    if state not in kind.flow.told or by.kind is not ActorKind.APPOINTMENT:
        return ()
    own = {by.organisation, head} if Ability.FILE in abilities.of(by.role) else set()
    mine = {FieldType.PERSON: {by.person}, FieldType.ORGANISATION: own}
    fields = (kind.fields[name] for name in kind.concerned)
    return tuple(one.name for one in fields if values.get(one.name) in mine.get(one.type, set()) - {None})


def refuse_by_hand(kind: Kind, by: Actor) -> None:
    """What a room has found out is filed by that room, and nobody's to file, correct or take away."""
    if kind.of_evaluations and by.kind is not ActorKind.IMPORT:
        told = say("“{kind}”由系统记入，不能填报、更正或撤销。", kind=kind.title)
        raise Problem("ledger.not_by_hand", told, hint="要改变它，请办理它所出自的工作。")


def acts_for_organisation(by: Actor) -> bool:
    """Whether somebody acts for his organisation, and not only as a person: a role that only reads does not."""
    if by.kind is ActorKind.COUNTERFOIL:
        return False
    return by.kind is not ActorKind.APPOINTMENT or not by.role or Ability.FILE in abilities.of(by.role)


def refuse_other_offices(scheme: Scheme, by: Actor, doing: str) -> None:
    """What the office of the scheme's root, or of one above it, does for the campaign as a whole."""
    above = chains.upwards(root_of(scheme))
    is_office = by.kind is ActorKind.IMPORT or (by.kind is ActorKind.APPOINTMENT and by.role == OFFICE)
    if not is_office or by.organisation not in above:
        raise wrong_actor((OFFICE,), scheme, doing)


def refuse_on_behalf(for_: int | None, organisation: int) -> None:
    """代填 names the organisation whose work it is: it cannot be somebody else's."""
    if for_ is not None and for_ != organisation:
        raise Problem(
            "ledger.on_behalf_of_another",
            say("代填的组织（{for_}）与记录的组织（{organisation}）不一致。", for_=for_, organisation=organisation),
            hint="代填时两处填同一个组织。",
        )


TITLES: Mapping[str, str] = {
    AUTHOR: say("填报组织"),
    SUPERIOR: say("上级组织"),
    OFFICE: say("活动办公室"),
    HANDLER: say("承办单位"),
    REQUESTER: say("诉求人"),
    CLOCK: say("系统时钟"),
}


def wrong_actor(wanted: Iterable[str], scheme: Scheme, doing: str) -> Problem:
    names = together(
        (scheme.roles[name].title if name in scheme.roles else TITLES.get(name, name) for name in wanted), by="、"
    )
    return Problem(
        "ledger.wrong_actor",
        say("“{doing}”要由{names}来做。", doing=doing, names=names),
        hint=say("请转交{names}办理；代填请注明所代组织。", names=names),
    )
