"""What roles allow. The one table from a role to what its holder may do, whatever the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Ability(StrEnum):
    READ = "read"  # everything of the own subtree that is not personal
    FILE = "file"  # the own organisation's work, and on behalf of those below
    REVIEW = "review"  # the moves of a superior
    OFFICE = "office"  # bulletins, scheme versions, comments; only where a scheme's root is in the subtree
    REGISTRY = "registry"  # organisations, appointments, imports
    ACCOUNTS = "accounts"  # open and close accounts
    PERSONAL = "personal"  # personal fields; each reading is written down


@dataclass(frozen=True)
class Role:
    title: str
    abilities: frozenset[Ability]


def _role(title: str, *abilities: Ability) -> Role:
    return Role(title, frozenset(abilities))


ROLES: Mapping[str, Role] = {
    "office": _role("活动办公室", Ability.READ, Ability.FILE, Ability.REVIEW, Ability.OFFICE, Ability.PERSONAL),
    "administrator": _role("系统管理员", Ability.READ, Ability.REGISTRY, Ability.ACCOUNTS),
    "reviewer": _role("审核人", Ability.READ, Ability.FILE, Ability.REVIEW),
    "secretary": _role("党组织书记", Ability.READ, Ability.FILE, Ability.REVIEW),
    "clerk": _role("经办人", Ability.READ, Ability.FILE),
    "leader": _role("领导干部", Ability.READ),
    "inspector": _role("督查人员", Ability.READ),
    "member": _role("党员", Ability.READ),
}
_providers: list[Callable[[], Mapping[str, str]]] = []
_OF_A_SCHEME = frozenset({Ability.READ, Ability.FILE})  # a role that only a scheme knows


def of(role: str) -> frozenset[Ability]:
    known = ROLES.get(role)
    return known.abilities if known else _OF_A_SCHEME


def register(provider: Callable[[], Mapping[str, str]]) -> None:
    """`provider` tells what roles that only schemes know are called; told once, in a room's `AppConfig.ready`."""
    _providers.append(provider)


def title(role: str) -> str:
    """What a role is called, by the house or else by a scheme that knows it."""
    known = ROLES.get(role)
    return known.title if known else titles().get(role, role)


def titles() -> dict[str, str]:
    """Every role's: the house's, then those that only schemes know."""
    told = {name: role.title for name, role in ROLES.items()}
    for provider in _providers:
        for name, called in provider().items():
            told.setdefault(name, called)
    return told
