"""`xianfeng scheme adopt`: the step from a file to a campaign. Until then nothing counts that the file says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xianfeng.cli import acting
from xianfeng.cli.spoken import tell
from xianfeng.problems import Problem
from xianfeng.scheme import loader
from xianfeng.scheme.diff import changes
from xianfeng.sentences import say, together

if TYPE_CHECKING:
    from xianfeng.ledger.models import SchemeVersion
    from xianfeng.scheme.nodes import Scheme

_SHORT = 12
_DATES = frozenset({"since", "until"})  # told first: everything is due by them
_WHAT = {
    "added": say("新增 {n} 处").template,
    "changed": say("改动 {n} 处").template,
    "removed": say("去掉 {n} 处").template,
}


def adopt(
    path: Annotated[Path, typer.Argument(help="活动文件夹，或其中的 scheme.yaml")],
    *,
    end: Annotated[bool, typer.Option("--end", help="这一版让正在进行的活动就此结束，确实如此。")] = False,
) -> None:
    """载入活动方案：从此按它登记、统计、出简报。改了文件要再载入一次；旧记录仍按旧版本理解。"""
    from xianfeng.ledger import actions, versions
    from xianfeng.log import seals
    from xianfeng.log.append import head
    from xianfeng.scheme.nodes import Scheme

    written, files = head(), loader.package(path)
    loaded = loader.load_package(files)
    before = None
    if isinstance(loaded, Scheme):  # adopting tells its faults
        before = _latest(loaded)
        if before is not None and not end:
            _refuse_ending(versions.scheme(before.hash), loaded)
    version = actions.adopt(files, by=acting.operator())
    _refuse_superseded(version, before)
    scheme = versions.scheme(version.hash)
    new = version.seq > written
    told = say(
        "{done}：{title}（{name}），版本 {version}，第 {seq} 条办理记录",
        done=say("已载入") if new else say("这一版早已载入，没有重复载入"),
        title=scheme.title,
        name=scheme.name,
        version=version.hash[:_SHORT],
        seq=version.seq,
    )
    tell(told)
    tell(_where(scheme))
    if new:
        tell(_since(before, scheme) if before else say("这个活动的第一个版本。"))
    for kind in scheme.kinds.values():
        if kind.intake:
            tell(say("受理{kind}：谁都可以向活动范围内的任何单位提，凭查询码看进展。", kind=kind.title))
    for bulletin in scheme.bulletins:
        tell(say("成稿：{command}", command=f"xianfeng bulletin compose {scheme.name} {bulletin}"))
    if new:
        seals.seal(by=acting.operator())


def _latest(loaded: Scheme) -> SchemeVersion | None:
    """The version of the same campaign that is in force before this one is taken in."""
    from xianfeng.ledger.models import SchemeVersion

    return SchemeVersion.objects.filter(name=loaded.name).order_by("-seq").first()


def _refuse_ending(before: Scheme, after: Scheme) -> None:
    """A campaign that runs ends at once with dates that are over: nobody would have anything to do any more."""
    from django.utils import timezone

    today = timezone.localdate()
    if after.until < today <= before.until:
        told = say(
            "活动现在到{before}，这一版只到{after}，已经过去：载入后活动就此结束，各组织要办的事全部取消。",
            before=before.until,
            after=after.until,
        )
        raise Problem(
            "scheme.ends", told, hint="先改 scheme.yaml 里的 runs；确实要结束的，加上 --end。", place="runs.to"
        )


def _refuse_superseded(version: SchemeVersion, before: SchemeVersion | None) -> None:
    """Going back to an old text is a new decision, and looks like one in the books."""
    if before is not None and version.seq < before.seq:
        raise Problem(
            "scheme.superseded",
            say(
                "这些文件就是第 {seq} 条载入的旧版本，现行的仍是第 {current} 条载入的 {version}。",
                seq=version.seq,
                current=before.seq,
                version=before.hash[:_SHORT],
            ),
            hint="要改回旧的写法：在 scheme.yaml 里加一行注释说明原因，再载入一次。",
        )


def _where(scheme: Scheme) -> str:
    from xianfeng.registry import tree

    root = tree.by_any_code(scheme.at)
    if root is None:
        return say(
            "所属组织 {code} 还没有登记，登记以后才能填报：xianfeng registry import-divisions --under {code}",
            code=scheme.at,
        )
    return say(
        "所属组织：{name}（{code}）及其全部下级，{since} 至 {until}",
        name=root.name,
        code=scheme.at,
        since=scheme.since,
        until=scheme.until,
    )


def _since(before: SchemeVersion, scheme: Scheme) -> str:
    """One line on what it changes in meaning."""
    from xianfeng.ledger import versions

    found = sorted(changes(versions.scheme(before.hash), scheme), key=lambda change: change.path not in _DATES)
    counted = Counter[str](change.what for change in found)
    told = together((say(words, n=counted[what]) for what, words in _WHAT.items() if counted[what]), by="、")
    places = together((change.path for change in found[:3]), by="、")
    if len(found) > 3:
        places = say("{places} 等", places=places)
    return say(
        "新版本，与第 {seq} 条载入的 {version} 相比：{said}。",
        seq=before.seq,
        version=before.hash[:_SHORT],
        said=say("{told}（{places}）", told=told, places=places)
        if found
        else say("含义相同，只有文字、注释或模板不同"),
    )
