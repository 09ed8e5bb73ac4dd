"""What stands around every page: which face it belongs to, where one may go from it, whose eyes it is made for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.reader import Reader, of
from xianfeng.messages import inbox
from xianfeng.web import whose
from xianfeng.web.frame import SchemeLink, campaigns

_MOST_UNREAD = 99  # beyond that the number says nothing more


@dataclass(frozen=True)
class Section:
    """A place to go: its words, its address's name in the site map, and the ability that opens it."""

    title: str | Promise
    address: str
    needs: Ability | None = None


@dataclass(frozen=True, init=False)
class Group:
    """Sections under one word. It leads to the first that the reader has; where he is within, the others stand below;
    where he has but one, that one stands in its place."""

    title: str | Promise
    sections: tuple[Section, ...]

    def __init__(self, title: str | Promise, *sections: Section) -> None:
        object.__setattr__(self, "title", title)
        object.__setattr__(self, "sections", sections)


FACES: Mapping[str, Section] = {
    "public": Section(_("公开"), "home"),
    "desk": Section(_("工作台"), "desk", Ability.READ),
    "office": Section(_("办公室"), "dashboards", Ability.OFFICE),
}
# The second row of navigation. Pages add their row here; what has no address yet, or is not the reader's, is not shown.
SECTIONS: Mapping[str, tuple[Section | Group, ...]] = {
    "public": (
        Section(_("活动"), "home"),
        Section(_("公开承诺"), "promises"),
        Section(_("群众诉求"), "public_matters"),
        Section(_("查诉求进展"), "follow"),
        Section(_("督查抽取"), "public_inspections"),
    ),
    "desk": (
        Section(_("填报"), "desk", Ability.READ),
        Section(_("应办未办"), "duties", Ability.READ),
        Section(_("待审核"), "inbox", Ability.REVIEW),
        Section(_("群众诉求"), "matters", Ability.READ),
        Section(_("督查"), "drawn_visits", Ability.READ),
        Section(_("分类定级"), "own_gradings", Ability.READ),
        Section(_("评选表彰"), "own_commendations", Ability.READ),
        Section(_("失真提示"), "signals", Ability.FILE),
        Section(_("消息"), "messages", Ability.READ),
        Section(_("填报链接"), "links", Ability.FILE),
        Section(_("数据总览"), "dashboards", Ability.READ),
        Section(_("组织机构"), "registry", Ability.READ),
        Section(_("工作日历"), "working_calendar", Ability.READ),
    ),
    "office": (
        Section(_("数据总览"), "dashboards", Ability.READ),
        Group(
            _("文稿"),
            Section(_("简报"), "manuscripts", Ability.OFFICE),
            Section(_("汇报材料"), "briefings", Ability.READ),
        ),
        Group(
            _("督办"),
            Section(_("催办通报"), "arrears_of_campaigns", Ability.REVIEW),
            Section(_("倒排计划"), "plans_of_campaigns", Ability.READ),
            Section(_("发送记录"), "deliveries", Ability.OFFICE),
        ),
        Group(
            _("评议"),
            Section(_("概况"), "judgement", Ability.SURVEY),
            Section(_("群众评议"), "evaluations", Ability.OVERLOOK),
            Section(_("分类定级"), "gradings", Ability.SURVEY),
            Section(_("评选表彰"), "commendations", Ability.OVERLOOK),
            Section(_("督查"), "inspections", Ability.OVERLOOK),
            Section(_("失真提示"), "told_signals", Ability.OFFICE),
        ),
        Group(
            _("意见"),
            Section(_("群众评论"), "office_comments", Ability.OFFICE),
            Section(_("减负意见"), "office_complaints", Ability.OFFICE),
        ),
        Group(
            _("组织"),
            Section(_("组织机构"), "registry", Ability.READ),
            Section(_("工作日历"), "working_calendar", Ability.READ),
        ),
        Group(
            _("管理"),
            Section(_("新建活动"), "new_scheme", Ability.BEGIN),
            Section(_("账号"), "office_accounts", Ability.ACCOUNTS),
            Section(_("开号核对"), "one_hand", Ability.OVERSEE),
            Section(_("信息查看登记"), "personal_reads", Ability.ACCOUNTS),
            Section(_("系统状况"), "health", Ability.ACCOUNTS),
        ),
    ),
}


@dataclass(frozen=True)
class Link:
    title: str
    href: str
    current: bool
    unread: str = ""  # how many messages wait there


@dataclass(frozen=True)
class Shell:
    face: str
    faces: tuple[Link, ...]
    sections: tuple[Link, ...]
    within: tuple[Link, ...]  # the group where one is
    campaigns: tuple[SchemeLink, ...]
    campaign: SchemeLink | None  # the one that this address is about
    languages: tuple[Link, ...]
    reader: str  # token of the account and appointment this page is made for; '' for the public


def context(request: HttpRequest) -> dict[str, Any]:
    """The context processor: nothing is asked of the database until a template shows it."""
    return {"synthetic": settings.XIANFENG_SYNTHETIC, "shell": SimpleLazyObject(partial(shell, request))}


def shell(request: HttpRequest) -> Shell:
    path = _stands(request)
    face, known = face_of(path), campaigns()
    here = _nearest(leaves(face), path)
    rows = [tuple(_links(_by_address(_of(one)), request, current=here)) for one in SECTIONS[face]]
    named = request.resolver_match.kwargs.get("name") if request.resolver_match else None
    return Shell(
        face=face,
        faces=tuple(_links(_faces(request), request, current=face)),
        sections=tuple(_first(one, row) for one, row in zip(SECTIONS[face], rows, strict=True) if row),
        within=next((row for row in rows if len(row) > 1 and any(link.current for link in row)), ()),
        campaigns=known,
        campaign=next((link for link in known if link.name == named), None),
        languages=tuple(Link(title, code, code == get_language()) for code, title in settings.LANGUAGES),
        reader=whose.token(request),
    )


def face_of(path: str) -> str:
    """An account's own pages, and what a filing link opens, look like the desk."""
    first = path.strip("/").partition("/")[0]
    return {"desk": "desk", "account": "desk", "office": "office", "l": "desk"}.get(first, "public")


def _stands(request: HttpRequest) -> str:
    """The address by which navigation goes: a record that was opened from the desk stands on the desk."""
    back = request.GET.get("back", "")
    opened = request.path.startswith("/records/") and back.startswith("/desk/") and of(request).can(Ability.READ)
    return back.partition("?")[0] if opened else request.path


def leaves(face: str) -> tuple[Section, ...]:
    return tuple(section for one in SECTIONS[face] for section in _of(one))


def _of(one: Section | Group) -> tuple[Section, ...]:
    return one.sections if isinstance(one, Group) else (one,)


def _first(one: Section | Group, row: tuple[Link, ...]) -> Link:
    """What stands in the row for a section or a group of which the reader has these."""
    return row[0] if len(row) == 1 else Link(str(one.title), row[0].href, any(link.current for link in row))


def _by_address(sections: tuple[Section, ...]) -> list[tuple[str, Section]]:
    return [(section.address, section) for section in sections]


def _faces(request: HttpRequest) -> Iterator[tuple[str, Section]]:
    """A face whose own page is not the reader's begins with the first of its sections that only he has there; the one
    where he is, with the first that he has."""
    reader, here = of(request), face_of(request.path)
    for name, section in FACES.items():
        if section.needs and not reader.can(section.needs):
            told = (one for one in leaves(name) if one.needs is not Ability.READ or name == here)
            own = (one for one in told if one.needs and reader.can(one.needs))
            first = next(own, section)
            yield name, Section(section.title, first.address, first.needs)
        else:
            yield name, section


def _links(sections: Iterable[tuple[str, Section]], request: HttpRequest, *, current: str) -> Iterator[Link]:
    reader = of(request)
    for name, section in sections:
        href = _href(section.address)
        if href and (section.needs is None or reader.can(section.needs)):
            unread = _unread(reader) if section.address == "messages" else ""
            yield Link(str(section.title), href, name == current, unread)


def _unread(reader: Reader) -> str:
    count = inbox.unread(reader.appointment.id, most=_MOST_UNREAD + 1) if reader.appointment else 0
    return f"{_MOST_UNREAD}+" if count > _MOST_UNREAD else str(count or "")


def _nearest(sections: tuple[Section, ...], path: str) -> str:
    """The section whose address begins this one; of several the longest. The first page begins none but itself."""
    hrefs = ((_href(section.address), section.address) for section in sections)
    found = [(href, name) for href, name in hrefs if href and (path == href or (href != "/" and path.startswith(href)))]
    return max(found, key=lambda pair: len(pair[0]))[1] if found else ""


def _href(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
