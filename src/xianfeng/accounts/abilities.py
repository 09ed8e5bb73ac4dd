"""What roles allow. The one table from a role to what its holder may do, whatever the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from xianfeng.sentences import say, translated


class Ability(StrEnum):
    READ = "read"  # everything of the own subtree that is not personal
    FILE = "file"  # the own organisation's work, and on behalf of those below
    ANSWER = "answer"  # the moves of whom a record names, himself: as its author, as who handles it or objects
    REVIEW = "review"  # the moves of a superior
    SURVEY = "survey"  # what figures propose of those below, and what is decided
    OVERLOOK = "overlook"  # rounds, draws and awards of a campaign, to read; only where its root is in the subtree
    OFFICE = "office"  # bulletins, scheme versions, comments; only where a scheme's root is in the subtree
    BEGIN = "begin"  # a new campaign at the own organisation; never below the county
    REGISTRY = "registry"  # organisations, appointments, imports
    ACCOUNTS = "accounts"  # open and close accounts
    OVERSEE = "oversee"  # who was let in by whom, without the power to let anybody in
    PERSONAL = "personal"  # personal fields; each reading is written down


@dataclass(frozen=True)
class Role:
    title: str
    abilities: frozenset[Ability]


def _role(title: str, *abilities: Ability) -> Role:
    return Role(title, frozenset(abilities))


ROLES: Mapping[str, Role] = {
    "office": _role(
        say("活动办公室"),
        Ability.READ,
        Ability.FILE,
        Ability.ANSWER,
        Ability.REVIEW,
        Ability.SURVEY,
        Ability.OVERLOOK,
        Ability.OFFICE,
        Ability.BEGIN,
        Ability.OVERSEE,
        Ability.PERSONAL,
    ),
    "administrator": _role(say("系统管理员"), Ability.READ, Ability.REGISTRY, Ability.ACCOUNTS, Ability.OVERSEE),
    "reviewer": _role(say("审核人"), Ability.READ, Ability.FILE, Ability.ANSWER, Ability.REVIEW, Ability.SURVEY),
    "secretary": _role(say("党组织书记"), Ability.READ, Ability.FILE, Ability.ANSWER, Ability.REVIEW, Ability.SURVEY),
    "clerk": _role(say("经办人"), Ability.READ, Ability.FILE, Ability.ANSWER),
    "leader": _role(say("领导干部"), Ability.READ, Ability.ANSWER, Ability.SURVEY, Ability.OVERLOOK),
    "inspector": _role(say("督查人员"), Ability.READ, Ability.OVERSEE),
    "member": _role(say("党员"), Ability.READ, Ability.ANSWER),
}
_providers: list[Callable[[], Mapping[str, str]]] = []
_OF_A_SCHEME = frozenset({Ability.READ, Ability.FILE, Ability.ANSWER})  # a role that only a scheme knows


def of(role: str) -> frozenset[Ability]:
    known = ROLES.get(role)
    return known.abilities if known else _OF_A_SCHEME


def register(provider: Callable[[], Mapping[str, str]]) -> None:
    """`provider` tells what roles that only schemes know are called; told once, in a room's `AppConfig.ready`."""
    _providers.append(provider)


def title(role: str) -> str:
    """What a role is called, by the house in the reader's language or else by a scheme that knows it."""
    known = ROLES.get(role)
    return translated(known.title) if known else titles().get(role, role)


def titles() -> dict[str, str]:
    """Every role's: the house's, then those that only schemes know."""
    told = {name: translated(role.title) for name, role in ROLES.items()}
    for provider in _providers:
        for name, called in provider().items():
            told.setdefault(name, called)
    return told
