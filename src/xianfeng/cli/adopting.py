"""`xianfeng scheme adopt`: the step from a file to a campaign. Until then nothing counts that the file says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xianfeng.cli import acting
from xianfeng.problems import Problem
from xianfeng.scheme import loader
from xianfeng.scheme.diff import changes

if TYPE_CHECKING:
    from xianfeng.ledger.models import SchemeVersion
    from xianfeng.scheme.nodes import Scheme

_SHORT = 12
_WHAT = {"added": "新增", "changed": "改动", "removed": "去掉"}


def adopt(path: Annotated[Path, typer.Argument(help="活动文件夹，或其中的 scheme.yaml")]) -> None:
    """载入活动方案：从此按它登记、统计、出简报。改了文件要再载入一次；旧记录仍按旧版本理解。"""
    from xianfeng.ledger import actions, versions
    from xianfeng.log import seals
    from xianfeng.log.append import head

    written, files = head(), loader.package(path)
    before = _latest(files)
    version = actions.adopt(files, by=acting.operator())
    _refuse_superseded(version, before)
    scheme = versions.scheme(version.hash)
    new = version.seq > written
    done = "已载入" if new else "这一版早已载入，没有重复载入"
    typer.echo(f"{done}：{scheme.title}（{scheme.name}），版本 {version.hash[:_SHORT]}，第 {version.seq} 条办理记录")
    typer.echo(_where(scheme))
    if new:
        typer.echo(f"新版本，{_since(before, scheme)}" if before else "这个活动的第一个版本。")
    for kind in scheme.kinds.values():
        if kind.intake:
            typer.echo(f"受理{kind.title}：谁都可以向活动范围内的任何单位提，凭查询码看进展。")
    for bulletin in scheme.bulletins:
        typer.echo(f"成稿：xianfeng bulletin compose {scheme.name} {bulletin}")
    if new:
        seals.seal(by=acting.operator())


def _latest(files: dict[str, str]) -> SchemeVersion | None:
    """The version of the same campaign that is in force before these files are taken in."""
    from xianfeng.ledger.models import SchemeVersion
    from xianfeng.scheme.nodes import Scheme

    loaded = loader.load_package(files)
    if not isinstance(loaded, Scheme):
        return None  # adopting tells its faults
    return SchemeVersion.objects.filter(name=loaded.name).order_by("-seq").first()


def _refuse_superseded(version: SchemeVersion, before: SchemeVersion | None) -> None:
    """Going back to an old text is a new decision, and looks like one in the books."""
    if before is not None and version.seq < before.seq:
        raise Problem(
            "scheme.superseded",
            f"这些文件就是第 {version.seq} 条载入的旧版本，现行的仍是第 {before.seq} 条载入的 {before.hash[:_SHORT]}。",
            hint="要改回旧的写法：在 scheme.yaml 里加一行注释说明原因，再载入一次。",
        )


def _where(scheme: Scheme) -> str:
    from xianfeng.registry import tree

    root = tree.by_any_code(scheme.at)
    if root is None:
        return (
            f"所属组织 {scheme.at} 还没有登记，登记以后才能填报：xianfeng registry import-divisions --under {scheme.at}"
        )
    return f"所属组织：{root.name}（{scheme.at}）及其全部下级，{scheme.since} 至 {scheme.until}"


def _since(before: SchemeVersion, scheme: Scheme) -> str:
    """One line on what it changes in meaning."""
    from xianfeng.ledger import versions

    found = changes(versions.scheme(before.hash), scheme)
    counted = Counter[str](change.what for change in found)
    told = "、".join(f"{word} {counted[what]} 处" for what, word in _WHAT.items() if counted[what])
    places = "、".join(change.path for change in found[:3])
    more = " 等" if len(found) > 3 else ""
    said = f"{told}（{places}{more}）" if found else "含义相同，只有文字、注释或模板不同"
    return f"与第 {before.seq} 条载入的 {before.hash[:_SHORT]} 相比：{said}。"
