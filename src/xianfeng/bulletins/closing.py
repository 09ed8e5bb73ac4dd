"""Closing (锁数定稿): a composed bulletin gets its number, its seal and its entry, and from then on never changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from xianfeng import canonical
from xianfeng.bulletins import content as contents
from xianfeng.bulletins.checks import body_of
from xianfeng.bulletins.compose import Composition, compose_version
from xianfeng.bulletins.content import Content
from xianfeng.bulletins.models import Closing
from xianfeng.ledger import versions
from xianfeng.log import seals
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.log.append import Draft, append
from xianfeng.log.models import Entry
from xianfeng.papers import serial
from xianfeng.papers.document import Document
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say

_DIGITS = 5  # of the greatest number that a scheme may give a bulletin


def close(composition: Composition, *, by: Actor, if_open: bool = False) -> Closing:
    """Close the books on a bulletin. A number is closed once; with `if_open` the closing that exists is returned."""
    if by.kind not in (ActorKind.APPOINTMENT, ActorKind.IMPORT):
        raise Problem("bulletin.wrong_actor", "简报要由活动办公室定稿。", hint="请转交活动办公室。")
    if known := _known(composition):
        if if_open and _same(known, composition):
            return known
        raise _already_closed(known)
    _refuse_gap(composition)
    _refuse_second(composition)
    _prove(composition)
    try:
        return _enter(composition, by)
    except IntegrityError:  # closed by somebody else in the meantime
        if known := _known(composition):
            raise _already_closed(known) from None
        raise


def latest(scheme: str, bulletin: str) -> Closing | None:
    """The last closing of a scheme's bulletin. A number is closed once; a later version may number it anew."""
    return _rows().filter(scheme__name=scheme, bulletin=bulletin).first()


def find(name: str, *, scheme: str = "") -> Closing:
    """A closing by its bulletin's name or its number; without a scheme, where no other bulletin answers to it."""
    rows = _rows().filter(scheme__name=scheme) if scheme else _rows()
    found = rows.filter(bulletin=name)
    if name.isascii() and name.isdecimal() and len(name) <= _DIGITS and not found:
        found = rows.filter(number=int(name))
    candidates = {f"{row.scheme.name} {row.bulletin}": row for row in reversed(found)}
    if len(candidates) == 1:
        return next(iter(candidates.values()))
    if candidates:
        told = say(
            "有{count}个简报叫“{name}”：{candidates}。",
            count=len(candidates),
            name=name,
            candidates="、".join(candidates),
        )
        raise Problem(
            "bulletin.ambiguous", told, hint=say("写明活动，如 {candidates}。", candidates=next(iter(candidates)))
        )
    known = "、".join(dict.fromkeys(f"{row.scheme.name} {row.bulletin}" for row in rows)) or "无"
    raise Problem(
        "bulletin.not_closed", say("没有已定稿的简报“{name}”。", name=name), hint=say("已定稿：{known}。", known=known)
    )


def _rows() -> QuerySet[Closing]:
    return Closing.objects.select_related("scheme").defer("scheme__package").order_by("-id")


def document_of(closing: Closing) -> Document:
    """The document as it was closed, seal and all."""
    return serial.from_json(json.loads(closing.document)).sealed(root=closing.root, size=closing.sealed)


def content_of(closing: Closing) -> Content | None:
    """The text and imprint of an issue that was written at the desk; None: they are the scheme version's."""
    return contents.read(closing.content) if closing.content else None


def scheme_of(closing: Closing) -> Scheme:
    """The scheme version that it was composed from, with the issue itself among its bulletins."""
    scheme, content = versions.scheme(closing.scheme_id), content_of(closing)
    return contents.within(scheme, content.numbered(closing.number)) if content else scheme


def _same(known: Closing, composition: Composition) -> bool:
    return (known.bulletin, known.scheme.name) == (composition.bulletin.name, composition.scheme.name)


def _known(composition: Composition) -> Closing | None:
    bulletin = composition.bulletin
    same = Closing.objects.filter(issuer=bulletin.issuer, series=bulletin.series, number=bulletin.number)
    return same.select_related("scheme").first()


def _already_closed(known: Closing) -> Problem:
    return Problem(
        "bulletin.already_closed",
        say(
            "{series}第{number}期已经定稿，截止到第{as_of}条办理记录。",
            series=known.series,
            number=known.number,
            as_of=known.as_of,
        ),
        hint="定稿不能改；有变化的数据用更正（xianfeng bulletin corrections）在下一期说明。",
    )


def _refuse_gap(composition: Composition) -> None:
    """Numbers follow one another. A historical campaign's bulletins bear the numbers they were printed with."""
    bulletin = composition.bulletin
    series = Closing.objects.filter(issuer=bulletin.issuer, series=bulletin.series)
    last = series.order_by("-number").values_list("number", flat=True).first()
    if composition.scheme.historical or last is None or bulletin.number == last + 1:
        return
    raise Problem(
        "bulletin.number_gap",
        say(
            "{series}上一期是第{last}期，这一期不能是第{number}期。",
            series=bulletin.series,
            last=last,
            number=bulletin.number,
        ),
        hint=say("把活动方案里的 number 改为 {last}；增刊、专刊另立 series。", last=last + 1),
        place=f"bulletins.{bulletin.name}.number",
    )


def _refuse_second(composition: Composition) -> None:
    """A bulletin's address is its scheme and name: another number under them would hide what was published there."""
    known = latest(composition.scheme.name, composition.bulletin.name)
    if known is not None:
        raise Problem(
            "bulletin.name_taken",
            say("简报“{bulletin}”已作为第{number}期定稿。", bulletin=known.bulletin, number=known.number),
            hint="在活动方案里给新的一期另起一个名字。",
            place=f"bulletins.{known.bulletin}",
        )


def _prove(composition: Composition) -> None:
    """What is closed is computed from the log itself, so that a spoilt lake cannot speak in a bulletin."""
    from xianfeng import figures

    again = compose_version(
        composition.scheme,
        composition.bulletin,
        as_of=composition.as_of,
        engine=figures.from_log(),
        synthetic=composition.document.masthead.synthetic,
        content=composition.content,
    )
    if again.document != composition.document:
        hint = say("先运行 xianfeng figures check --repair，再重新成稿。")
        raise Problem("bulletin.lake_differs", "数据湖算出的数与办理记录算出的不同，没有定稿。", hint=hint)


@transaction.atomic
def _enter(composition: Composition, by: Actor) -> Closing:
    """A seal over everything the figures rest on, whose root the bulletin prints; and one over the closing itself."""
    seal = seals.seal(by=by)
    bulletin = composition.bulletin
    closing = Closing(
        issuer=bulletin.issuer,
        series=bulletin.series,
        number=bulletin.number,
        scheme_id=composition.scheme.hash,
        bulletin=bulletin.name,
        issued=bulletin.issued,
        as_of=composition.as_of,
        tree=tree_version(composition.as_of),
        template=composition.template,
        document=canonical.dumps(serial.to_json(composition.document)),
        content=composition.content.said if composition.content else "",
        sealed=seal.size,
        root=bytes(seal.root).hex(),
    )
    body: Mapping[str, Any] = {**body_of(closing), "acting": by.organisation}
    draft = Draft(stream="bulletin", action="close", day=bulletin.issued, scheme=composition.scheme.hash, body=body)
    (closing.id,) = append([draft], by=by)
    closing.save(force_insert=True)
    seals.seal(by=by)
    return closing


def tree_version(as_of: int) -> int:
    last = Entry.objects.filter(stream="organisation", seq__lte=as_of).order_by("-seq").values_list("seq", flat=True)
    return last.first() or 0
