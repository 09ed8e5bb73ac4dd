"""Sign-off (签批): a manuscript is drafted, checked by somebody else, signed, and issued; each step is an entry.

From handing in to issuing the figures stand still: the manuscript names the scheme version and the entry that it is
computed from, so that what is issued is what was checked and signed, to the letter. Whoever changes the text afterwards
sends it back to the beginning.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Collection, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from xianfeng import canonical
from xianfeng.bulletins import content as contents
from xianfeng.bulletins.closing import close
from xianfeng.bulletins.compose import Composition, compose_content
from xianfeng.bulletins.content import Content
from xianfeng.bulletins.disclosure import concerns
from xianfeng.bulletins.models import Closing, Manuscript
from xianfeng.bulletins.printable import refuse_unprintable
from xianfeng.bulletins.stages import STREAM, Stage
from xianfeng.ledger import powers, scans, versions
from xianfeng.log import counters, steps
from xianfeng.log.actors import Actor
from xianfeng.log.append import Draft, append, head
from xianfeng.papers import serial
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say

_NUMBERS = "bulletin_numbers"  # the counter's row is the queue of those who want a number
_OPEN = (Stage.DRAFT, Stage.SUBMITTED, Stage.CHECKED, Stage.SIGNED)


@transaction.atomic
def begin(*, scheme: str, content: Content, by: Actor) -> Manuscript:
    """A new manuscript of a campaign."""
    campaign = versions.current(scheme)
    powers.refuse_other_offices(campaign, by, say("拟写简报"))
    contents.refuse_incomplete(content)
    if Closing.objects.filter(scheme__name=scheme, bulletin=content.name).exists():
        raise _name_taken(content.name)
    made = Manuscript(scheme=scheme, stage=Stage.DRAFT, authors=_with(by, []))
    _put(made, content)
    (made.id,) = append([_draft("draft", made, by, about=None, bulletin=content.name)], by=by)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise _name_taken(content.name) from None
    return made


@transaction.atomic
def save(*, manuscript: int, revision: int, content: Content, by: Actor) -> Manuscript:
    """Write in it. What was handed in, checked or signed goes back to the beginning when a letter of it changes."""
    row = _opened(manuscript, revision, by, among=_OPEN)
    contents.refuse_incomplete(content)
    if content.said == row.content:
        return _row(manuscript)
    if content.name != row.bulletin:
        raise Problem("bulletin.renamed", "网址名定了就不再改。", hint="要换网址名，请撤销后另拟一稿。", field="name")
    reopened = row.stage != Stage.DRAFT
    before = contents.read(row.content)
    if row.number is not None and (before.issuer, before.series) != (content.issuer, content.series):
        raise Problem(
            "bulletin.numbered",
            say("已编为第{number}期，报头和编发单位不能再改。", number=row.number),
            hint="请撤销后另拟一稿。",
        )
    _put(row, content)
    row.authors = _with(by, row.authors)
    _back_to_draft(row)
    row.save()
    if reopened:
        append([_draft("reopen", row, by, content=content.hash)], by=by)
    return row


def submit(*, manuscript: int, revision: int, by: Actor) -> Manuscript:
    """Hand it in for checking: it must be printable, and its figures stand still from here on."""
    row = _opened_to_read(manuscript, revision, by, among=(Stage.DRAFT,))
    scheme, as_of = versions.current(row.scheme), head()
    made = compose_content(scheme, contents.read(row.content), number=0, as_of=as_of)
    refuse_unprintable(made.document, scheme)
    with transaction.atomic():
        row = _opened(manuscript, revision, by, among=(Stage.DRAFT,))
        row.version, row.as_of, row.proof, row.stage = scheme.hash, as_of, proof(made), Stage.SUBMITTED
        row.authors = _with(by, row.authors)
        row.save()
        append([_draft("submit", row, by, **_what(row))], by=by)
    return row


def check(*, manuscript: int, revision: int, disclosed: Collection[str], by: Actor) -> Manuscript:
    """Checked by somebody who has not written in it, everything of the disclosure review looked at one by one."""
    row = _opened_to_read(manuscript, revision, by, among=(Stage.SUBMITTED,))
    made = composed(row, number=0)
    shown = concerns(made.document, made.scheme)
    with transaction.atomic():
        row = _opened(manuscript, revision, by, among=(Stage.SUBMITTED,))
        _refuse_author(row, by, say("核稿"))
        if left := [concern for concern in shown if concern.key not in disclosed]:
            hint = say("请逐项看过再打勾，还有：{told}", told=left[0].told)
            raise Problem("bulletin.undisclosed", say("公开审查还有{count}项没有确认。", count=len(left)), hint=hint)
        row.stage = Stage.CHECKED
        row.save()
        append([_draft("check", row, by, **_what(row), disclosed=[[one.sort, one.told] for one in shown])], by=by)
    return row


@transaction.atomic
def sign(*, manuscript: int, revision: int, by: Actor) -> Manuscript:
    """Signed for issue; it gets its number now, the next of its series."""
    row = _opened(manuscript, revision, by, among=(Stage.CHECKED,))
    _refuse_author(row, by, say("签发"))
    counters.take(_NUMBERS, 0)  # whoever signs next waits here, and sees the number given now
    row.number = next_number(row)
    row.stage = Stage.SIGNED
    row.save()
    append([_draft("sign", row, by, **_what(row), series=row.series, number=row.number)], by=by)
    return row


@transaction.atomic
def send_back(*, manuscript: int, revision: int, reason: str, by: Actor) -> Manuscript:
    """Back to its author, with a reason. A number that it has stays its own."""
    row = _opened(manuscript, revision, by, among=(Stage.SUBMITTED, Stage.CHECKED, Stage.SIGNED))
    _refuse_no_reason(reason, say("退回"))
    _back_to_draft(row)
    row.save()
    append([_draft("send_back", row, by, reason=reason.strip())], by=by)
    return row


@transaction.atomic
def drop(*, manuscript: int, revision: int, reason: str, by: Actor) -> Manuscript:
    """Given up. Its number, if it has one, goes to the next that is signed, so that the series has no gap."""
    row = _opened(manuscript, revision, by, among=_OPEN)
    _refuse_no_reason(reason, say("撤销"))
    freed = row.number
    row.stage, row.number = Stage.DROPPED, None
    row.save()
    append([_draft("drop", row, by, reason=reason.strip(), freed=freed)], by=by)
    return row


def issue(*, manuscript: int, revision: int, by: Actor) -> Closing:
    """Close the books on what was signed. A second attempt, or one after a crash, finds what the first has closed."""
    row = _row(manuscript)
    if row.stage != Stage.ISSUED:
        row = _opened_to_read(manuscript, revision, by, among=(Stage.SIGNED,))
    made = composed(row, number=row.number or 0)
    if proof(composed(row, number=0)) != row.proof:
        hint = say("先运行 xianfeng verify；确认后退回重新送核。")
        raise Problem("bulletin.not_as_signed", "现在的文稿与签发时的不同，没有印发。", hint=hint)
    closing = close(made, by=by, if_open=True)
    if closing.content != row.content:
        raise Problem(
            "bulletin.already_closed",
            say("{series}第{number}期已用别的文稿定稿。", series=row.series, number=row.number),
            hint="请退回重新编号。",
        )
    with transaction.atomic():
        waiting = Manuscript.objects.filter(id=row.id).exclude(stage=Stage.ISSUED)
        if waiting.update(stage=Stage.ISSUED, closing=closing.id, content=row.content, revision=row.revision + 1):
            append([_draft("issue", row, by, **_what(row), number=row.number, closing=closing.id)], by=by)
    return closing


def attach_scan(*, manuscript: int, name: str, content: bytes, by: Actor) -> None:
    """The stamped sheet, scanned: the stamp itself stays on paper. Signed ones have a sheet, issued ones too."""
    with transaction.atomic():
        row = _opened(manuscript, None, by, among=(Stage.SIGNED, Stage.ISSUED))
        append([_draft("scan", row, by, attachment=scans.keep(name, content))], by=by)


def composed(row: Manuscript, *, number: int, draft: bool = False) -> Composition:
    """What a manuscript comes to: as of now while it is written, as handed in from then on."""
    scheme = versions.scheme(row.version) if row.version else versions.current(row.scheme)
    as_of = head() if row.as_of is None else row.as_of
    return compose_content(scheme, contents.read(row.content), number=number, as_of=as_of, draft=draft)


def proof(made: Composition) -> str:
    """What a check or a signature stands for: content, scheme version, entry, and every figure that came out."""
    if made.content is None:
        raise ValueError("a bulletin of the campaign's file is not signed at the desk")
    document = canonical.dumps(serial.to_json(made.document))
    said = {
        "content": made.content.hash,
        "scheme": made.scheme.hash,
        "as_of": made.as_of,
        "document": hashlib.sha256(document.encode()).hexdigest(),
    }
    return hashlib.sha256(canonical.dumps(said).encode()).hexdigest()


def next_number(row: Manuscript) -> int:
    """The number that a manuscript gets when signed: its own, or the one that the campaign states, else the lowest that
    nobody has after the last one issued."""
    issued = Closing.objects.filter(issuer=row.issuer, series=row.series).order_by("-number")
    if row.number is not None and not issued.filter(number=row.number).exists():
        return row.number
    stated = versions.current(row.scheme).bulletins.get(row.bulletin)
    if stated is not None and (stated.issuer, stated.series) == (row.issuer, row.series):
        return stated.number
    last = issued.values_list("number", flat=True).first() or 0
    waiting = Manuscript.objects.filter(issuer=row.issuer, series=row.series, number__gt=last)
    taken = set(waiting.values_list("number", flat=True))
    return next(number for number in range(last + 1, last + len(taken) + 2) if number not in taken)


def free_name(scheme: str, number: int) -> str:
    """A name in the address that no issue of the campaign has yet: several offices, or several drafts, may each come to
    the same number."""
    closed = Closing.objects.filter(scheme__name=scheme).values_list("bulletin", flat=True)
    written = Manuscript.objects.filter(scheme=scheme).values_list("bulletin", flat=True)
    taken = {*closed, *written, *versions.current(scheme).bulletins}
    return next(name for count in itertools.count(1) if (name := _numbered(number, count)) not in taken)


def _numbered(number: int, count: int) -> str:
    return f"no{number}" if count == 1 else f"no{number}-{count}"


def _what(row: Manuscript) -> Mapping[str, Any]:
    return {"content": contents.read(row.content).hash, "as_of": row.as_of, "proof": row.proof}


def _draft(action: str, row: Manuscript, by: Actor, *, about: int | None = 0, **body: Any) -> Draft:
    return steps.entry(STREAM, action, by, about=row.id if about == 0 else about, version=row.version, body=body)


def _put(row: Manuscript, content: Content) -> None:
    row.content, row.bulletin = content.said, content.name
    row.issuer, row.series = content.issuer, content.series


def _back_to_draft(row: Manuscript) -> None:
    row.stage, row.version, row.as_of, row.proof = Stage.DRAFT, "", None, ""


def _with(by: Actor, authors: list[int]) -> list[int]:
    return authors if by.person is None or by.person in authors else [*authors, by.person]


def _row(manuscript: int) -> Manuscript:
    row = Manuscript.objects.filter(id=manuscript).first()
    if row is None:
        raise Problem(
            "bulletin.no_manuscript", say("没有第{manuscript}号文稿。", manuscript=manuscript), hint="从简报列表进入。"
        )
    return row


def _opened(manuscript: int, revision: int | None, by: Actor, *, among: Collection[Stage]) -> Manuscript:
    """The row, locked, as its reader knew it; every change of it makes a new revision."""
    row = Manuscript.objects.select_for_update().filter(id=manuscript).first() or _row(manuscript)
    _refuse(row, revision, by, among)
    row.revision += 1
    return row


def _opened_to_read(manuscript: int, revision: int, by: Actor, *, among: Collection[Stage]) -> Manuscript:
    row = _row(manuscript)
    _refuse(row, revision, by, among)
    return row


def _refuse(row: Manuscript, revision: int | None, by: Actor, among: Collection[Stage]) -> None:
    powers.refuse_other_offices(_scheme(row), by, say("办理简报"))
    if revision is not None and row.revision != revision:
        told = say("您打开以后，这份文稿又有人改过或办过。")
        raise Problem("bulletin.stale", told, hint="请看一眼现在的文稿再办；您写的没有丢，可以复制出来。")
    if row.stage not in among:
        told = say("文稿现在是“{word}”，不能这样办。", word=Stage(row.stage).word)
        raise Problem("bulletin.wrong_stage", told, hint="请刷新页面，看现在该办什么。")


def _refuse_author(row: Manuscript, by: Actor, doing: str) -> None:
    if by.person is None:
        raise Problem(
            "bulletin.no_person", say("{doing}要由登录的人办。", doing=doing), hint="请用自己的账号登录办理。"
        )
    if not by.apart(*row.authors):
        raise Problem(
            "bulletin.own_text",
            say("自己写的稿不能自己{doing}。", doing=doing),
            hint=say("请办公室另一位同志{doing}。", doing=doing),
        )


def _refuse_no_reason(reason: str, doing: str) -> None:
    if not reason.strip():
        raise Problem("bulletin.no_reason", say("{doing}要写明原因。", doing=doing), field="reason")


def _scheme(row: Manuscript) -> Scheme:
    return versions.current(row.scheme)


def _name_taken(name: str) -> Problem:
    return Problem(
        "bulletin.name_taken",
        say("本活动已有简报用“{name}”。", name=name),
        hint="给这一期另起一个网址名。",
        field="name",
    )
