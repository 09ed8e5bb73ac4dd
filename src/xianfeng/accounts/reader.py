"""Who is reading: nobody in particular, or a person acting by an appointment. Every page starts from this."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from xianfeng.accounts import abilities, reach, roots
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import Account
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.registry.lineage import Node
from xianfeng.registry.models import Appointment
from xianfeng.sentences import say

BELOW_COUNTY = frozenset({"township", "village", "general_branch", "branch"})
ACTING = "acting"  # the session's key for the appointment chosen
_READER = "_xianfeng_reader"


@dataclass(frozen=True, kw_only=True)
class Held:
    """An appointment that an account can act by."""

    id: int
    role: str
    title: str
    organisation: Node


@dataclass(frozen=True, kw_only=True)
class Reader:
    """`paths`: the places of the acting organisation, which with all under them are what may be read in full."""

    account: Account | None = None
    appointment: Held | None = None
    held: tuple[Held, ...] = ()  # among which to switch
    paths: tuple[str, ...] = ()
    abilities: frozenset[Ability] = frozenset()

    @classmethod
    def public(cls) -> Reader:
        return cls()

    @property
    def signed_in(self) -> bool:
        return self.account is not None

    @property
    def organisation(self) -> Node | None:
        return self.appointment.organisation if self.appointment else None

    @property
    def actor(self) -> Actor:
        """As the log names who acts; a Problem without an appointment."""
        if self.appointment is None or self.account is None:
            hint = say("请组织工作人员登记任职后再来。")
            raise Problem("accounts.no_appointment", "没有现任的任职，不能办理。", hint=hint)
        return Actor(
            kind=ActorKind.APPOINTMENT,
            id=self.appointment.id,
            organisation=self.appointment.organisation.id,
            role=self.appointment.role,
            person=self.account.person_id,
        )

    def can(self, ability: Ability) -> bool:
        return ability in self.abilities


def of(request: HttpRequest) -> Reader:
    """The reader of a request, found once."""
    known: Reader | None = getattr(request, _READER, None)
    if known is None:
        known = _find(request)
        setattr(request, _READER, known)
    return known


def held_by(account: Account) -> tuple[Held, ...]:
    """The appointments of the account's person that have not ended, the oldest first."""
    rows = Appointment.objects.filter(person=account.person_id, until=None).select_related("organisation")
    return tuple(_held(row) for row in rows.order_by("id"))


def act(request: HttpRequest, appointment: int) -> None:
    """Act by another of one's appointments from now on; the session gets a new key."""
    account = of(request).account
    if account is None or appointment not in {one.id for one in held_by(account)}:
        hint = say("请从列出的任职中选择；已经结束的任职不能再用。")
        raise Problem("accounts.not_held", "这不是您现任的任职。", hint=hint)
    request.session[ACTING] = appointment
    request.session.cycle_key()
    account.acting_id = appointment
    account.save(update_fields=["acting"])
    setattr(request, _READER, None)


def acting_by(account: Account, appointment: int | None = None) -> Reader:
    """The reader that an account is: by the appointment asked for, else by the one last used, else by the first."""
    held = held_by(account)
    by_id = {one.id: one for one in held}
    chosen = by_id.get(appointment or 0) or by_id.get(account.acting_id or 0) or next(iter(held), None)
    if chosen is None:
        return Reader(account=account)
    paths = reach.holding(chosen.organisation.id)
    return Reader(
        account=account,
        appointment=chosen,
        held=held,
        paths=paths,
        abilities=_abilities(chosen.role, chosen.organisation, paths),
    )


def standing_in(organisation: Node, role: str) -> Reader:
    """Whoever acts in a role at an organisation, and nobody in particular: what waits there is asked for him."""
    paths = reach.holding(organisation.id)
    held = Held(id=0, role=role, title=abilities.title(role), organisation=organisation)
    return Reader(appointment=held, paths=paths, abilities=_abilities(role, organisation, paths))


def _find(request: HttpRequest) -> Reader:
    account = getattr(request, "user", None)
    if not isinstance(account, Account):
        account = getattr(account, "_wrapped", account)
    if not isinstance(account, Account) or not account.is_active:
        return Reader.public()
    return acting_by(account, request.session.get(ACTING))


def _abilities(role: str, at: Node, paths: tuple[str, ...]) -> frozenset[Ability]:
    """The role's; an office is one only where a campaign is rooted in its subtree, and begins none below the county."""
    allowed = abilities.of(role)
    if at.level in BELOW_COUNTY:
        allowed -= {Ability.BEGIN}
    at_root = allowed & {Ability.OFFICE, Ability.OVERLOOK}
    if at_root and not any(root.startswith(paths) for root in roots.paths()):
        return allowed - at_root
    return allowed


def _held(row: Appointment) -> Held:
    node = row.organisation
    return Held(
        id=row.id,
        role=row.role,
        title=abilities.title(row.role),
        organisation=Node(
            id=node.id, code=node.code, name=node.name, type=node.type, level=node.level, category=node.category
        ),
    )
