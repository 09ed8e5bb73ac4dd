"""What a comment is about, as a page finds and names it: an issue of a bulletin, or a promise on the board."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext

from xianfeng.ledger import versions
from xianfeng.voice.subjects import Subject
from xianfeng.web.public.bulletin import closing_or_404
from xianfeng.web.record import standing
from xianfeng.web.said import address_of
from xianfeng.web.scope import Scope

_DIGITS = 18


@dataclass(frozen=True)
class About:
    """`address`: the page that the comments stand under."""

    subject: Subject
    title: str
    address: str


def about_or_404(seen: Scope, name: str, sort: str, key: str) -> About:
    """The same answer for what is not there, what is not published and what is none of these."""
    if sort == "bulletins":
        return _bulletin(name, key)
    if sort == "promises" and key.isascii() and key.isdecimal() and len(key) <= _DIGITS:
        return _promise(seen, name, int(key))
    raise Http404(gettext("没有可以评论的内容"))


def _bulletin(name: str, key: str) -> About:
    closing = closing_or_404(name, key)
    subject = Subject(name, "bulletins", key)
    title = gettext("{series}第{number}期").format(series=closing.series, number=closing.number)
    return About(subject, title, address_of(subject))


def _promise(seen: Scope, name: str, number: int) -> About:
    found = standing.one(number, seen)
    if found is None or versions.scheme(found.scheme_id).name != name:
        raise Http404(gettext("没有可以评论的内容"))
    kind = versions.scheme(found.scheme_id).kinds[found.kind]
    subject = Subject(name, "promises", str(number))
    title = gettext("{kind}第 {number} 号").format(kind=kind.title, number=number)
    return About(subject, title, address_of(subject))
