"""What there is to do today, each a link: what waits for the reader, what others have not reported to him.

Whoever has nothing to file or review is told where to go instead.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from xianfeng.accounts.abilities import Ability
from xianfeng.duties import naming, owed, progress, standing
from xianfeng.duties.models import Circular
from xianfeng.duties.standing import Behind
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.registry import desks
from xianfeng.registry.lineage import Node
from xianfeng.sentences import translated
from xianfeng.voice import comments, complaints
from xianfeng.voice.models import Stage
from xianfeng.web import pending
from xianfeng.web.desk.kinds import takes_part
from xianfeng.web.desk.sent import sendings
from xianfeng.web.frame import own_campaigns
from xianfeng.web.kept import Kept
from xianfeng.web.record.filter import ended_campaigns
from xianfeng.web.record.waiting import counts
from xianfeng.web.record.waits import address, to_do
from xianfeng.web.scope import Scope

_behind: Kept[tuple[Behind, ...]] = Kept()


@dataclass(frozen=True)
class Task:
    """`also`: other ways to go about it, with their words."""

    title: str
    href: str
    about: str = ""
    said: str = ""  # how much, as a tag
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Door:
    """A place to go to."""

    title: str | Promise
    about: str | Promise
    address: str
    needs: Ability
    role: str = ""  # of one role's holders alone


DOORS = (
    Door(_("督查"), _("抽到您去的单位；看过以后，把发现的问题记下来"), "drawn_visits", Ability.READ, role="inspector"),
    Door(_("账号"), _("开通、停用账号，重发邀请链接"), "office_accounts", Ability.ACCOUNTS),
    Door(_("组织机构"), _("组织和任职的变动"), "registry", Ability.REGISTRY),
    Door(_("导入"), _("从 Excel 导入组织和联系人"), "registry_imports", Ability.REGISTRY),
    Door(_("数据总览"), _("各项指标、目标进度和没有报的"), "dashboards", Ability.READ),
    Door(_("评议和督查"), _("评议、定级、督查和表彰：办到哪一步，结果怎样"), "judgement", Ability.SURVEY),
    Door(_("汇报材料"), _("选好组织和日期，一步成稿；也有会前一页纸"), "briefings", Ability.READ),
)


def doors(seen: Scope) -> tuple[Door, ...]:
    """For readers who file nothing."""
    held = seen.reader.appointment
    role = held.role if held else ""
    mine = (door for door in DOORS if door.role in ("", role))
    return tuple(door for door in mine if seen.reader.can(door.needs) and not seen.reader.can(Ability.FILE))


def tasks(seen: Scope, own: Node, of_own: Iterable[Task]) -> tuple[Task, ...]:
    """`of_own`: what the reader's own organisation has to do, which the page lists further down."""
    can = seen.reader.can
    return (
        *_due(seen, own),
        *(_reviewing(seen, own) if can(Ability.REVIEW) else ()),
        *(_circulars(own) if can(Ability.REVIEW) else ()),
        *_judging(seen),
        *of_own,
        *(_lacking(seen, own) if can(Ability.REVIEW) else ()),
        *(_links(own) if can(Ability.FILE) else ()),
        *(_said(seen) if can(Ability.OFFICE) else ()),
        *(_imports(seen) if can(Ability.REGISTRY) else ()),
    )


def _due(seen: Scope, own: Node) -> Iterator[Task]:
    """What is overdue at the reader's desk, and what falls due there by the close of the next working day: of whoever
    files nothing there, what is his own to do."""
    now, held = timezone.now(), seen.reader.appointment
    whose = 0 if seen.reader.can(Ability.FILE) or held is None else held.id
    late, soon = (count(own.id, now=now, appointment=whose) for count in (owed.overdue, owed.soon))
    told = (
        ngettext("{n} 项逾期", "{n} 项逾期", late).format(n=late) if late else "",
        ngettext("{n} 项快到期", "{n} 项快到期", soon).format(n=soon) if soon else "",
    )
    if late or soon:
        said = gettext("、").join(filter(None, told))
        about = gettext("先到期的先办；到下一个工作日下班为止的，算快到期") if soon else gettext("先到期的先办")
        calendar = ((gettext("按日历看"), reverse("desk_calendar")),)
        yield Task(gettext("应办未办"), reverse("duties"), about, said, calendar)


def _judging(seen: Scope) -> Iterator[Task]:
    for wait in to_do(seen):
        yield Task(translated(wait.words), address(wait), translated(wait.about), translated(wait.said))


def _circulars(own: Node) -> Iterator[Task]:
    count = Circular.objects.filter(organisation__in=desks.of(own.id), decision="").count()
    if count:
        said = ngettext("{n} 份", "{n} 份", count).format(n=count)
        yield Task(gettext("待决定的通报稿"), reverse("arrears_of_campaigns"), gettext("发不发由您决定"), said)


def _reviewing(seen: Scope, own: Node) -> Iterator[Task]:
    """Of campaigns that run first: what waits in those that have ended is told beside it."""
    over, found = ended_campaigns(), counts(seen, own)
    ended = [one for one in found if versions.scheme(one.version).name in over]
    told = [one for one in found if one not in ended]
    rest = sum(one.count for one in ended)
    more = ngettext("已结束的活动还有 {n} 条", "已结束的活动还有 {n} 条", rest).format(n=f"{rest:,}")
    apart = f"{reverse('inbox')}?ended=1"
    if told:
        first = _since(min(one.first for one in told))
        about = gettext("最先报来的从 {day} 等起").format(day=date_format(first)) if first else ""
        also = ((more, apart),) if rest else ()
        yield Task(gettext("待审核"), reverse("inbox"), about, _records(sum(one.count for one in told)), also)
    elif rest:
        yield Task(gettext("待审核"), apart, gettext("已结束的活动里的"), _records(rest))


def _since(entry: int) -> dt.date | None:
    """Since when the record waits of which this is the last entry."""
    record = Record.objects.filter(seq=entry).first()
    return dt.date.fromisoformat(json.loads(record.entered)[record.state]) if record else None


def _lacking(seen: Scope, own: Node) -> Iterator[Task]:
    """What those below have not reported, of campaigns that run first."""
    now = timezone.now()
    asked = (own.id, progress.reached(), timezone.localtime(now).replace(minute=0, second=0, microsecond=0))
    found = _behind.of(seen, asked, lambda: _behind_in_campaigns(own, now))
    today = timezone.localdate(now)
    for one in sorted(found, key=lambda one: versions.current(one.round.scheme).until < today):
        row, scheme = one.round, versions.current(one.round.scheme)
        many = one.organisations
        about = gettext("{campaign}，已结束，还可以补报") if scheme.until < today else "{campaign}"
        sent = urlencode({"kind": f"{row.scheme}/{row.kind}", "lacking": row.id})
        yield Task(
            translated(naming.what(row)),
            f"{reverse('arrears', args=[row.scheme])}?round={row.id}#chosen",
            about.format(campaign=scheme.title),
            ngettext("{n} 个下级组织没有报", "{n} 个下级组织没有报", many).format(n=many),
            ((gettext("给没有报的发链接"), f"{reverse('links')}?{sent}#make"),),
        )


def _behind_in_campaigns(own: Node, now: dt.datetime) -> tuple[Behind, ...]:
    desk = desks.at(own.id)
    schemes = [scheme.name for scheme in versions.all_current() if takes_part(scheme, own)]
    return standing.below(desk.place, schemes, now=now) if desk else ()


def _links(own: Node) -> Iterator[Task]:
    unused = sum(len(sending.missing) for sending in sendings(own) if not sending.over)
    if unused:
        said = ngettext("{n} 个单位还没有填", "{n} 个单位还没有填", unused).format(n=unused)
        yield Task(gettext("发出去的填报链接"), reverse("links"), gettext("可以复制提醒的文字"), said)


def _said(seen: Scope) -> Iterator[Task]:
    own = [link.name for link in own_campaigns(seen)]
    if written := comments.counts(own).get(Stage.WAITING, 0):
        yield Task(gettext("群众评论"), reverse("office_comments"), gettext("看过才公开"), _pieces(written))
    if complained := complaints.waiting(own):
        yield Task(gettext("减负意见"), reverse("office_complaints"), gettext("要给答复"), _pieces(complained))


def _imports(seen: Scope) -> Iterator[Task]:
    appointment = seen.reader.appointment
    for kept in pending.of_all(appointment.id) if appointment else ():
        yield Task(
            gettext("导入文件 {name}").format(name=kept.file.name),
            reverse("pending_import", args=[kept.token]),
            gettext("一天以后自动删去"),
            gettext("没有办完"),
        )


def _records(count: int) -> str:
    return ngettext("{n} 条", "{n} 条", count).format(n=f"{count:,}")


def _pieces(count: int) -> str:
    return ngettext("{n} 条等着处理", "{n} 条等着处理", count).format(n=f"{count:,}")
