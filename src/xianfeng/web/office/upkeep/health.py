"""Whether the installation is well: database, log and its seal, the copy for figures, search, disk, versions."""

from __future__ import annotations

import datetime as dt
import json
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

import django
from django.contrib import messages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from xianfeng import paths
from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.duties import ahead
from xianfeng.log.append import head
from xianfeng.log.models import Seal
from xianfeng.messages.standing import Standing, standing
from xianfeng.problems import Problem
from xianfeng.search import index
from xianfeng.web import access

SEAL_DAYS = 7
FREE = 2 * 2**30  # bytes below which somebody should look
BEHIND = 20_000  # entries that the copy for figures may be behind


@dataclass(frozen=True)
class Check:
    title: str
    said: str
    well: bool
    remedy: str = ""


@dataclass(frozen=True)
class HealthPage:
    """`ahead`: until when nothing is begun, because the clock was ahead; '' where it was not."""

    checks: tuple[Check, ...]
    now: str
    ahead: str

    @property
    def well(self) -> bool:
        return all(check.well for check in self.checks)


@require_safe
@access.needs(Ability.ACCOUNTS)
def health(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    last = ahead.until(now=now)
    page = HealthPage(tuple(_checks(last)), _moment(now), _moment(last) if last else "")
    return render(request, "office/upkeep/health.html", {"page": page})


@require_POST
@access.needs(Ability.ACCOUNTS)
def accept_clock(request: HttpRequest) -> HttpResponse:
    try:
        ahead.accept(now=timezone.now(), by=reader.of(request).actor)
        messages.success(request, gettext("已从现在的时间接着办。"))
    except Problem as problem:
        messages.error(request, problem.told)
    return redirect("health")


def _checks(early: dt.datetime | None) -> Iterator[Check]:
    last = head()
    yield _database()
    yield Check(gettext("办理记录"), gettext("共 %(n)s 条") % {"n": f"{last:,}"}, True)
    yield _seal(last)
    yield _lake(last)
    yield _search(last)
    yield _worker(early)
    yield _disk()
    yield Check(gettext("版本"), _versions(), True)


def _database() -> Check:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    said = f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"
    return Check(
        gettext("数据库"),
        said if not waiting else gettext("%(said)s，有 %(n)s 项升级没有做") % {"said": said, "n": waiting},
        not waiting,
        gettext("停下服务，备份，执行 python manage.py migrate，再启动。") if waiting else "",
    )


def _seal(last: int) -> Check:
    seal = Seal.objects.order_by("-size").first()
    remedy = gettext("执行 xianfeng seal，并设为每天定时执行。")
    if seal is None:
        return Check(gettext("封存"), gettext("还没有封存过"), last == 0, remedy)
    age = (timezone.now() - seal.at).days
    said = gettext("封到第 %(size)s 条，%(at)s（%(age)s 天前），此后 %(n)s 条没有封") % {
        "size": f"{seal.size:,}",
        "at": _moment(seal.at),
        "age": age,
        "n": f"{last - seal.size:,}",
    }
    well = age <= SEAL_DAYS or seal.size == last
    return Check(gettext("封存"), said, well, "" if well else remedy)


def _lake(last: int) -> Check:
    """Read as it lies: what reads it as figures costs a process some hundred megabytes."""
    path = paths.room("lake") / "manifest.json"
    reached = json.loads(path.read_text()).get("head", 0) if path.exists() else 0
    behind = last - reached
    said = gettext("到第 %(n)s 条，差 %(behind)s 条") % {"n": f"{reached:,}", "behind": f"{behind:,}"}
    remedy = gettext("不影响正确，只会慢；执行 xianfeng figures lake。")
    return Check(gettext("数据湖"), said, behind <= BEHIND, "" if behind <= BEHIND else remedy)


def _search(last: int) -> Check:
    behind = last - index.reached()
    said = gettext("差 %(n)s 条，搜索时自动补上") % {"n": f"{behind:,}"}
    remedy = gettext("执行 xianfeng search extend。")
    return Check(gettext("搜索"), said, behind <= BEHIND, "" if behind <= BEHIND else remedy)


def _worker(early: dt.datetime | None) -> Check:
    found = standing(now=timezone.now())
    told = _troubles(found, early)
    if found.seen is None:
        return Check(gettext("后台工作"), gettext("还没有运行过"), False, told)
    said = gettext("最近一次 %(seen)s，待办 %(tasks)s 项，待发 %(waiting)s 封，七天内没有送到 %(failed)s 封") % {
        "seen": _moment(found.seen),
        "tasks": f"{found.tasks:,}",
        "waiting": f"{found.waiting:,}",
        "failed": f"{found.failed:,}",
    }
    return Check(gettext("后台工作"), said, not told, told)


def _troubles(found: Standing, early: dt.datetime | None) -> str:
    """What is to be done about the worker, the worst first; '' when it is well."""
    if early:
        return gettext("本机时间曾经快了，到期的事办到了 %(until)s，那以前不会再办。") % {"until": _moment(early)}
    if not found.alive:
        return gettext("启动 xianfeng worker；没有它，到期不提醒，消息只在站内看。")
    if found.faults:
        names = gettext("、").join(f"{name} {fault}" for name, fault in found.faults)
        return gettext("上次没有办成：%(names)s；看程序日志。") % {"names": names}
    return gettext("有消息该发没有发，看发送记录里的原因。") if found.late else ""


def _moment(at: dt.datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def _disk() -> Check:
    usage = shutil.disk_usage(paths.data())
    said = gettext("剩余 %(free)s GB，共 %(total)s GB") % {
        "free": f"{usage.free / 2**30:.1f}",
        "total": f"{usage.total / 2**30:.0f}",
    }
    well = usage.free >= FREE
    return Check(gettext("磁盘"), said, well, "" if well else gettext("清理磁盘或换大的；写满以后不能办理。"))


def _versions() -> str:
    return (
        f"{gettext('先锋')} {version('xianfeng')} · Django {django.get_version()} · Python {platform.python_version()}"
    )
