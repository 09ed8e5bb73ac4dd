"""Who visits the demonstration: a person, an appointment and an account for each of those the product is made for.

Passwords are random for each installation and lie in its data folder, so that every start can print them again.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xianfeng import paths
from xianfeng.accounts import actions as accounts
from xianfeng.accounts.models import Account
from xianfeng.demo import plan
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import tree
from xianfeng.registry.actions import appoint, enter, join
from xianfeng.registry.models import Appointment, Membership, Person

DAY = dt.date(2010, 1, 4)  # before the first record of any plan
OPERATOR = Actor(kind=ActorKind.IMPORT)


@dataclass(frozen=True)
class Post:
    code: str  # of the organisation
    role: str


@dataclass(frozen=True)
class Visitor:
    username: str
    title: str
    posts: tuple[Post, ...]
    branch: str = ""  # of which a member


VISITORS = (
    Visitor("gulou", "县（市）区活动办公室经办人", (Post("350102", "office"),)),
    Visitor("fuhe", "县（市）区活动办公室复核人", (Post("350102", "office"),)),
    Visitor("fuzhou", "市活动办公室", (Post("350100", "office"),)),
    Visitor("hegao", "市活动办公室核稿、签发人", (Post("350100", "office"),)),
    Visitor("xingyuan", "村（社区）经办人", (Post("350102100004", "clerk"), Post("350102100004-DZB", "clerk"))),
    Visitor("hongshan", "乡镇审核人", (Post("350102100", "reviewer"), Post("350102100-DW", "secretary"))),
    Visitor("leader", "市领导", (Post("350100", "leader"),)),
    Visitor("inspector", "市督查人员", (Post("350100", "inspector"),)),
    Visitor("ducha", "区督查人员", (Post("350102", "inspector"),)),
    Visitor("member", "党员", (Post("350102100004-DZB", "member"),), branch="350102100004-DZB"),
    Visitor("admin", "系统管理员", (Post("350100", "administrator"),)),
)


@dataclass(frozen=True)
class Door:
    """What is printed for one visitor."""

    title: str
    at: str
    username: str
    password: str


def open_doors(*, by: Actor = OPERATOR) -> tuple[Door, ...]:
    """Open what is missing; the same names and passwords every time. Who has no organisation here gets no account."""
    kept = _passwords()
    doors = []
    for visitor in VISITORS:
        nodes = [(post, node) for post in visitor.posts if (node := tree.by_code(post.code)) is not None]
        if nodes:
            person = _person(visitor, by)
            for post, node in nodes:
                _appoint(person, node.id, post.role, day=DAY, by=by)
            _join(person, visitor.branch, by)
            _open(person, visitor.username, kept[visitor.username])
            doors.append(_door(visitor, kept))
    return tuple(doors)


def known() -> tuple[Door, ...]:
    """Those that were opened, without opening any."""
    if not _file().exists():
        return ()
    kept = _passwords()
    there = set(Account.objects.filter(is_active=True).values_list("username", flat=True))
    return tuple(_door(visitor, kept) for visitor in VISITORS if visitor.username in there)


def _door(visitor: Visitor, kept: Mapping[str, str]) -> Door:
    names = (node.name for post in visitor.posts if (node := tree.by_code(post.code)) is not None)
    return Door(visitor.title, next(names, ""), visitor.username, kept[visitor.username])


def _passwords() -> Mapping[str, str]:
    path = _file()
    made = {visitor.username: secrets.token_urlsafe(9) for visitor in VISITORS}
    kept: dict[str, str] = json.loads(paths.write_once(path, json.dumps(made, indent=1).encode()))
    if made.keys() - kept.keys():  # a folder made before somebody joined the visitors
        kept = {**made, **kept}
        paths.write_atomically(path, json.dumps(kept, indent=1).encode())
    return kept


def _file() -> Path:
    return paths.data() / "demo_accounts.json"


def take_post(post: plan.Post, *, day: dt.date, by: Actor) -> None:
    """What a visitor is besides, from a day on."""
    (visitor,) = (one for one in VISITORS if one.username == post.who)
    node = tree.by_code(post.at)
    if node is not None:
        _appoint(_person(visitor, by), node.id, post.role, day=day, by=by)


def _person(visitor: Visitor, by: Actor) -> int:
    code = f"demo-{visitor.username}"
    known = Person.objects.filter(code=code).values_list("id", flat=True).first()
    return known or enter(code=code, name=f"样例{visitor.title}", day=DAY, by=by)


def _appoint(person: int, organisation: int, role: str, *, day: dt.date, by: Actor) -> None:
    held = Appointment.objects.filter(person=person, organisation=organisation, role=role, until=None)
    if not held.exists():
        appoint(person=person, organisation=organisation, role=role, day=day, by=by)


def _join(person: int, branch: str, by: Actor) -> None:
    node = tree.by_code(branch) if branch else None
    if node is not None and not Membership.objects.filter(person=person, until=None).exists():
        join(person=person, organisation=node.id, day=DAY, by=by)


def _open(person: int, username: str, password: str) -> None:
    account = Account.objects.filter(username=username).first()
    if account is None:
        account = accounts.open_account(person=person, username=username, by=OPERATOR)
    if not account.has_usable_password():
        accounts.accept(token=accounts.invite(account=account, by=OPERATOR), password=password)
