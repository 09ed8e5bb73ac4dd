"""A round's polls: made of what was frozen, their page sealed, their published result taken, all by the office.

Issuer, box and printer are other institutions' programs on other machines, and observers open without any: what they
hand over is uploaded here, what they need is downloaded. Nothing of theirs is done by this one. Units are ticked in one
table, and one form does the same for all of them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import polls, stages
from xianfeng.evaluations.models import Electorate, EvaluationRound
from xianfeng.evaluations.polls import Held
from xianfeng.evaluations.stages import Stage
from xianfeng.problems import Problem
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.web import access, cells, errors, voters, voting
from xianfeng.web.cells import Cell, Look
from xianfeng.web.frame import number_or_404
from xianfeng.web.office.evaluations import calls, poll_steps
from xianfeng.web.office.evaluations.calls import CallsPart
from xianfeng.web.office.evaluations.finding import round_or_404, warn
from xianfeng.web.office.evaluations.poll_steps import Refused
from xianfeng.web.parts import Pages
from xianfeng.web.tables import Column, Table, answer
from xianfeng.workbooks import LARGEST_FILE

SHOWN = 100
_CHECK = 16  # digits of a fingerprint that a page and a slip show


@dataclass(frozen=True)
class PollsPage:
    """`unmade`, `unsealed`: whether a poll, or a poll's page, can be sealed for some units now. `untaken`: the units
    whose result can be taken."""

    row: EvaluationRound
    rule: Evaluation
    table: Table
    pages: Pages
    calls: CallsPart | None
    unmade: bool
    unsealed: bool
    untaken: tuple[str, ...]
    several: bool  # polls: their files are had together
    refused: Refused = field(default_factory=Refused)

    @property
    def delay(self) -> str:
        return self.refused.typed.get("delay", str(poll_steps.DELAY))


@require_http_methods(["GET", "POST"])
@access.needs(Ability.OFFICE)
def evaluation_polls(request: HttpRequest, number: int) -> HttpResponse:
    row = round_or_404(request, number)
    rule = stages.rule_of(row)[1]
    if not row.frozen or rule.electorate == "visitors":
        raise Http404(gettext("这一轮不能在网上投票"))
    if any((file.size or 0) > LARGEST_FILE for _, those in request.FILES.lists() for file in those):
        return errors.too_large(request, LARGEST_FILE)
    refused = Refused()
    if request.method == "POST":
        doing = request.POST.get("do", "")
        if doing not in poll_steps.STEPS:
            raise Http404(gettext("没有这种办法"))
        try:
            poll_steps.STEPS[doing](request, row, reader.of(request).actor)
        except Problem as problem:
            if doing in poll_steps.OF_CALLS:
                warn(request, problem)
            else:
                refused = Refused.of(request, problem)
        if not refused.told:
            return redirect(request.get_full_path())
    page = _polls(request, row, rule, refused)
    status = 422 if refused.told else 200
    return answer(request, page.table) or render(
        request, "office/evaluations/polls.html", {"page": page}, status=status
    )


def _polls(request: HttpRequest, row: EvaluationRound, rule: Evaluation, refused: Refused) -> PollsPage:
    after = number_or_404(request, "after")
    some = list(row.electorates.filter(number__gt=after or 0).order_by("number")[: SHOWN + 1])
    held, shown = {one.electorate: one for one in polls.held(row)}, some[:SHOWN]
    found = [held.get(one.number) for one in shown]
    here, makes = reverse("evaluation_polls", args=[row.id]), row.stage == Stage.FROZEN
    untaken = {number for number, one in held.items() if one.taken is None} if row.stage == Stage.CLOSED else set()
    titles = row.electorates.filter(number__in=untaken).order_by("number").values_list("title", flat=True)
    return PollsPage(
        row=row,
        rule=rule,
        table=_table(row, zip(shown, found, strict=True), refused),
        pages=Pages(next=f"{here}?after={shown[-1].number}" if len(some) > SHOWN else "", first=here if after else ""),
        calls=calls.part(row),
        unmade=makes and None in found,
        unsealed=makes and any(one is not None and one.site is None for one in found),
        untaken=tuple(titles) if untaken else (),
        several=len(held) > 1,
        refused=refused,
    )


def _table(row: EvaluationRound, those: Iterable[tuple[Electorate, Held | None]], refused: Refused) -> Table:
    ticks = row.stage == Stage.FROZEN
    columns = (
        *([Column(gettext("选"), tool=True)] if ticks else []),
        Column(gettext("评议对象")),
        Column(gettext("编号"), align="right"),
        Column(gettext("应评"), gettext("人"), align="right"),
        Column(gettext("情况")),
        Column(gettext("下一步")),
        Column(gettext("校验码")),
        Column(gettext("文件"), tool=True),
    )
    rows = [
        (
            *([cells.text("", beside=_tick(one, held, refused))] if ticks else []),
            cells.text(one.title),
            cells.number(one.number),
            cells.number(one.electors),
            _state(held),
            cells.text(_next(row, held)),
            _checks(held),
            cells.text("", beside=_files(row, held) if held else ""),
        )
        for one, held in those
    ]
    return Table("polls", gettext("各单位的网上投票"), columns, rows, head=int(ticks))


def _state(held: Held | None) -> Cell:
    if held is None:
        return cells.text(gettext("没有开设"))
    if held.taken is None:
        return cells.text(gettext("网页已封存") if held.site else gettext("场次已封存"), look=Look.TAG)
    taken = held.taken
    counts = gettext("投票 %(cast)s 张，无效 %(invalid)s 张，反映票码被别人用了 %(disputed)s 个")
    note = counts % {"cast": taken.cast, "invalid": taken.invalid, "disputed": taken.disputed}
    if taken.refuted:
        note += gettext("，其中回访后不成立 %(n)s 个") % {"n": taken.refuted}
    if held.taken.is_annulled:
        return cells.text(gettext("按规定作废"), look=Look.ATTENTION, note=note)
    return cells.text(gettext("结果已取回"), look=Look.DONE, note=note)


def _next(row: EvaluationRound, held: Held | None) -> str:
    """What is done about it next, by the office or by others."""
    if held is None:
        return gettext("要在网上投票的，封存场次") if row.stage == Stage.FROZEN else ""
    if held.taken is not None:
        return "" if row.stage == Stage.PUBLISHED else gettext("等公布这一轮")
    if row.stage == Stage.CLOSED:
        return gettext("取回结果")
    if row.stage == Stage.FROZEN and held.site is None:
        return gettext("封存投票网页")
    return gettext("印票条、开场、投票；截止收票以后取回结果") if row.stage in (Stage.FROZEN, Stage.ISSUED) else ""


def _checks(held: Held | None) -> Cell:
    if held is None:
        return cells.text("")
    page = gettext("网页 %(digits)s") % {"digits": held.digest[:_CHECK]} if held.digest else ""
    return cells.text(gettext("场次 %(digits)s") % {"digits": held.poll.fingerprint[:_CHECK]}, note=page)


def _files(row: EvaluationRound, held: Held) -> SafeString:
    names = ("poll.json", "page.zip") if held.site else ("poll.json",)
    links = [(reverse("evaluation_poll_file", args=[row.id, held.electorate, name]), name) for name in names]
    if held.site and held.site.address:
        links.append((held.site.address, gettext("投票网页")))
    return format_html_join(" ", '<a href="{}">{}</a>', links)


def _tick(one: Electorate, held: Held | None, refused: Refused) -> SafeString | str:
    if held is not None and held.site is not None:
        return ""
    return format_html(
        '<input type="checkbox" name="electorate" value="{}" aria-label="{}"{}>',
        one.number,
        gettext("选中%(title)s") % {"title": one.title},
        SafeString(" checked") if one.number in refused.chosen else "",
    )


@require_safe
@access.needs(Ability.OFFICE)
def evaluation_poll_file(request: HttpRequest, number: int, electorate: int, file: str) -> HttpResponse:
    """`poll.json` for issuer, box and printer; `page.zip` for the server of the voters' page. `polls.zip`, of no
    electorate: both of all, each in a folder named by its electorate."""
    row = round_or_404(request, number)
    if (electorate, file) == (0, "polls.zip"):
        return _file(_packed(_all(polls.held(row))), file, "application/zip")
    held = _held(row, electorate)
    if file == "poll.json":
        return _file(held.poll.text.encode(), file, "application/json")
    if file != "page.zip" or held.site is None:
        raise Http404(gettext("没有这个文件"))
    return _file(_packed(_page(held)), file, "application/zip")


def _all(those: Iterable[Held]) -> dict[str, bytes]:
    found = {}
    for one in those:
        found[f"{one.electorate}/poll.json"] = one.poll.text.encode()
        page = _page(one) if one.site else {}
        found |= {f"{one.electorate}/page/{name}": content for name, content in page.items()}
    return found


def _page(held: Held) -> Mapping[str, bytes]:
    """The voters' page of a poll, as it was sealed."""
    if held.site is None:
        return {}
    files = voters.files(held.poll, held.site)
    if voting.digest(files) != held.digest:
        raise Http404(gettext("封存以后程序换过版本，请用封存时下载的网页"))
    return files


def _packed(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zip_:
        for name, content in files.items():
            zip_.writestr(name, content)
    return packed.getvalue()


def _file(content: bytes, name: str, type_: str) -> HttpResponse:
    return HttpResponse(content, content_type=type_, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _held(row: EvaluationRound, electorate: int) -> Held:
    found = next((one for one in polls.held(row) if one.electorate == electorate), None)
    if found is None:
        raise Http404(gettext("没有这一场网上投票"))
    return found
