"""What people are called: by their codes, and by name where the reader may ask for it; each reading is written down."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils.translation import gettext, gettext_noop

from xianfeng.accounts.abilities import Ability
from xianfeng.log.actors import Actor
from xianfeng.log.bulk import batched
from xianfeng.registry.models import Appointment, Membership, Person
from xianfeng.vault import values as vault
from xianfeng.vault.models import PersonalValue
from xianfeng.web.scope import Scope

COMPARED = 300  # people of one organisation whose names are compared with what was typed; of more, only codes are


def codes(people: Collection[int]) -> dict[int, str]:
    return dict(Person.objects.filter(id__in=people).values_list("id", "code")) if people else {}


def unnamed(people: Collection[int]) -> dict[int, str]:
    """For everybody."""
    return dict.fromkeys(people, gettext("姓名不公开"))


def coded(people: Collection[int]) -> dict[int, str]:
    """For those who read all of a record but what is personal."""
    return {person: gettext("姓名不公开（代码 {code}）").format(code=code) for person, code in codes(people).items()}


def named(people: Collection[int], seen: Scope, *, purpose: str) -> dict[int, str]:
    """Names, for pages whose reader has been found to be one who may read them; of whoever has none, the code."""
    return {**codes(people), **names(people, seen, purpose=purpose)}


def of(organisation: int) -> list[Person]:
    """Those who hold an office there or are members, by code."""
    held = Appointment.objects.filter(organisation=organisation, until=None).values("person")
    joined = Membership.objects.filter(organisation=organisation, until=None).values("person")
    return list(Person.objects.filter(Q(id__in=held) | Q(id__in=joined)).order_by("code"))


def within(people: Iterable[int], seen: Scope) -> set[int]:
    """Those of them whom the reader may look for by name: who files, for those of all for which he does, by office or
    membership."""
    wanted = set(people) if seen.reader.can(Ability.FILE) else set()
    if not wanted:
        return set()
    now = Q(person__in=wanted, until=None)
    held = {
        *Appointment.objects.filter(now).values_list("person", "organisation"),
        *Membership.objects.filter(now).values_list("person", "organisation"),
    }
    inside = seen.all_filed_for({organisation for _, organisation in held})
    return {person for person, organisation in held if organisation in inside}


def names(people: Iterable[int], seen: Scope, *, purpose: str = "") -> dict[int, str]:
    """Names by person; of whoever was erased, none."""
    return read(people, by=seen.reader.actor, purpose=purpose or gettext_noop("查找人员")) if people else {}


def read(people: Iterable[int], *, by: Actor, purpose: str) -> dict[int, str]:
    """The same for a paper or page that somebody has put out, whoever looks at it."""
    kept: dict[int, str] = {}
    for some in batched(people):
        rows = PersonalValue.objects.filter(person__in=some, field="name", erased=None).order_by("id")
        kept.update((person, commitment) for person, commitment in rows.values_list("person", "commitment") if person)
    if not kept:
        return {}
    values = vault.read_many(kept.values(), by=by, purpose=purpose)
    found = {person: values[vault.Commitment(commitment)] for person, commitment in kept.items()}
    return {person: name for person, name in found.items() if name}
