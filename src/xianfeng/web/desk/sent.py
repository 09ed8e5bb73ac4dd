"""The links that an office has sent out, sending by sending: which units have filed since, which have not, and a text
that reminds those. What a unit filed by another door counts as filed: it is the work that is owed, not the click."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.accounts import links
from xianfeng.accounts.models import Link
from xianfeng.ledger import versions
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry
from xianfeng.problems import Problem
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import cells
from xianfeng.web.cells import Cell, Look
from xianfeng.web.tables import Column, Table

_MOST_COUNTED = 10_000  # records; a unit is missing when none of the latest is its own
_MOST_LISTED = 200  # links
_STATES = {"good": _("有效"), "over": _("已过期"), "revoked": _("已收回")}
_LOOKS = {"good": Look.DONE, "over": Look.TAG}


@dataclass(frozen=True)
class Sent:
    """One unit's link. `filed`: by whichever door since it was made; `last`: on which day."""

    id: int
    code: str
    organisation: str
    state: str  # good | over | revoked
    filed: int
    by_link: int
    last: dt.datetime | None

    @property
    def row(self) -> tuple[Cell, ...]:
        filed = cells.unreported()
        if self.filed:
            filed = replace(cells.number(self.filed), note="" if self.by_link else gettext("没有用链接"))
        return (
            cells.text(self.organisation),
            filed,
            cells.text(timezone.localtime(self.last).strftime("%Y-%m-%d %H:%M") if self.last else ""),
            cells.text(str(_STATES[self.state]), look=_LOOKS.get(self.state, Look.ATTENTION)),
            cells.text("", beside=self._revoking if self.state == "good" else ""),
        )

    @property
    def _revoking(self) -> SafeString:
        return format_html(
            '<button class="btn btn-quiet" formaction="{}" aria-label="{}">{}</button>',
            reverse("revoke_link", args=[self.id]),
            gettext("收回{name}的链接").format(name=self.organisation),
            gettext("收回"),
        )


@dataclass(frozen=True, kw_only=True)
class Sending:
    """Links that were made together."""

    scheme: str
    kind: str
    made: dt.datetime
    expires: dt.datetime
    over: bool
    links: tuple[Sent, ...]
    reminder: str = ""  # for the chat group, while somebody is missing
    again: str = ""  # where new links for those missing are made

    @property
    def number(self) -> int:
        return self.links[0].id

    @property
    def table(self) -> Table:
        columns = (
            Column(gettext("单位")),
            Column(gettext("已报"), gettext("条"), align="right"),
            Column(gettext("最近")),
            Column(gettext("链接")),
            Column(gettext("办理"), tool=True),
        )
        rows = [link.row for link in self.links]
        return Table(f"links-{self.number}", gettext("{kind}：各单位").format(kind=self.kind), columns, rows)

    @property
    def missing(self) -> tuple[Sent, ...]:
        return tuple(link for link in self.links if not link.filed and link.state != "revoked")

    @property
    def asked(self) -> int:
        return sum(bool(link.filed) or link.state != "revoked" for link in self.links)

    @property
    def reported(self) -> int:
        return sum(bool(link.filed) for link in self.links)


def sendings(own: Node) -> tuple[Sending, ...]:
    """The latest first."""
    rows = list(
        Link.objects.filter(maker=own.id).select_related("organisation").order_by("-made", "-id")[:_MOST_LISTED]
    )
    schemes = {name: _scheme(name) for name in {row.scheme for row in rows}}
    filed = _filed(rows, schemes)
    return tuple(_sending(own, list(some), schemes, filed) for __, some in groupby(rows, key=_together))


def _together(row: Link) -> tuple[object, ...]:
    """What the links of one sending have in common."""
    return row.made, row.made_by


def _scheme(name: str) -> Scheme | None:
    try:
        return versions.current(name)
    except Problem:
        return None


@dataclass
class _Filed:
    """What came after a link was made."""

    count: int = 0
    by_link: int = 0
    last: dt.datetime | None = None


def _filed(rows: Sequence[Link], schemes: Mapping[str, Scheme | None]) -> dict[int, _Filed]:
    """By link; asked at once for all of them."""
    wanted: dict[tuple[int, str], list[Link]] = {}
    for row in rows:
        if scheme := schemes[row.scheme]:
            wanted.setdefault((row.organisation_id, scheme.key(row.kind)), []).append(row)
    found = {row.pk: _Filed() for row in rows}
    for organisation, register, at, actor in _latest(wanted, min((row.made for row in rows), default=None)):
        for link in wanted.get((organisation, register), ()):
            if at >= link.made:
                told = found[link.pk]
                told.count += 1
                told.by_link += actor == links.actor(link).ref
                told.last = max(at, told.last or at)
    return found


def _latest(
    wanted: Collection[tuple[int, str]], since: dt.datetime | None
) -> Iterator[tuple[int, str, dt.datetime, str]]:
    """What was filed there since then: whose, in which register, when, by whom."""
    if since is None:
        return iter(())
    entry = Entry.objects.filter(seq=OuterRef("id"))
    records = Record.objects.filter(
        organisation__in={organisation for organisation, __ in wanted},
        register__in={register for __, register in wanted},
    )
    records = records.exclude(state=WITHDRAWN).annotate(
        at=Subquery(entry.values("at")), by=Subquery(entry.values("actor"))
    )
    latest = records.filter(at__gte=since).order_by("-id")[:_MOST_COUNTED]
    return latest.values_list("organisation", "register", "at", "by").iterator()


def _sending(
    own: Node, rows: Sequence[Link], schemes: Mapping[str, Scheme | None], filed: Mapping[int, _Filed]
) -> Sending:
    row, now = rows[0], timezone.now()
    scheme = schemes[row.scheme]
    kind = scheme.kinds.get(row.kind) if scheme else None
    sending = Sending(
        scheme=scheme.title if scheme else row.scheme,
        kind=kind.title if kind else row.kind,
        made=row.made,
        expires=row.expires,
        over=row.expires <= now,
        links=tuple(_sent(one, filed[one.pk], now) for one in reversed(rows)),
    )
    if not sending.missing:
        return sending
    asked = {"kind": f"{row.scheme}/{row.kind}", "many": int(row.many), "unit": [one.code for one in sending.missing]}
    again = f"{reverse('links')}?{urlencode(asked, doseq=True)}"
    return replace(sending, reminder=_reminder(sending, own), again=again)


def _sent(row: Link, filed: _Filed, now: dt.datetime) -> Sent:
    state = "revoked" if row.revoked else "good" if row.expires > now else "over"
    return Sent(
        id=row.pk,
        code=row.organisation.code,
        organisation=row.organisation.name,
        state=state,
        filed=filed.count,
        by_link=filed.by_link,
        last=filed.last,
    )


def _reminder(sending: Sending, own: Node) -> str:
    until = timezone.localtime(sending.expires)
    said = (
        gettext(
            "【{scheme}】“{kind}”已于 {month} 月 {day} 日截止，{done} 个单位已报，还有 {n} 个没有报：{names}。"
            "请马上与{maker}联系，重新要链接补报。"
        )
        if sending.over
        else gettext(
            "【{scheme}】“{kind}”请在 {month} 月 {day} 日前填报。{done} 个单位已报，还有 {n} 个没有报：{names}。"
            "请点先前发的链接填写；找不到链接的，请与{maker}联系。"
        )
    )
    return said.format(
        scheme=sending.scheme,
        kind=sending.kind,
        month=until.month,
        day=until.day,
        done=sending.reported,
        n=len(sending.missing),
        names=gettext("、").join(one.organisation for one in sending.missing),
        maker=own.name,
    )
