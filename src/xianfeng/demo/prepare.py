"""From an empty data folder to two closed bulletins, step by step; any step can be cut short and made again.

Nothing marks a step as done: each looks at what is there and adds what is missing, so a second run, or one after a
kill, ends in the same books.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from xianfeng.bulletins import closing, compose, export
from xianfeng.bulletins.models import Closing
from xianfeng.config import paths
from xianfeng.demo import filing, groundwork, plan
from xianfeng.ledger import versions
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.log.append import head
from xianfeng.problems import Problem
from xianfeng.registry import divisions, tree
from xianfeng.scheme import loader

SCHEMES = paths.PROJECT / "schemes"
Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Plans to file, then the bulletin that is closed on them, if there is one: (scheme, bulletin)."""

    plans: tuple[str, ...]
    bulletin: tuple[str, str] | None = None


STAGES = (
    Stage(plans=("fuzhou-2010", "jinwan-2010"), bulletin=("fuzhou-2010", "no98")),
    Stage(plans=("fuzhou-2012",), bulletin=("fuzhou-2012", "no576")),
)


def prepare(*, say: Say, stages: tuple[Stage, ...] = STAGES) -> tuple[Closing, ...]:
    """Make the demonstration's books, or finish making them; its closed bulletins."""
    say("数据库")
    call_command("migrate", verbosity=0)
    _claim()
    names = [name for stage in stages for name in stage.plans]
    for name in names:
        version = versions.adopt(loader.package(SCHEMES / name), by=Actor(kind=ActorKind.IMPORT))
        say(f"活动方案：{version.title}（{version.hash[:12]}）")
    _divisions(names, say)
    return tuple(closed for stage in stages if (closed := _stage(stage, say)) is not None)


def _claim() -> None:
    """Mark an empty installation as a demonstration's. Synthetic records never enter real books."""
    mark = paths.synthetic()
    if not mark.exists():
        if head():
            raise Problem(
                "demo.not_empty",
                f"{paths.data()} 里已有正式台账，演示记录不能混入。",
                hint="给演示另设一个数据文件夹：XIANFENG_DATA=… xianfeng demo。",
            )
        paths.write_once(mark, "演示：这里的记录都是合成的。\n".encode())
    settings.XIANFENG_SYNTHETIC = True


def _divisions(schemes: list[str], say: Say) -> None:
    """The real divisions under the schemes' roots."""
    source = paths.PROJECT / divisions.SOURCE
    if not source.exists():
        raise Problem("demo.no_divisions", f"没有区划数据 {divisions.SOURCE}。", hint="先运行 make setup。")
    under = sorted({versions.current(name).at for name in schemes})
    new = divisions.import_(source, under=under, by=Actor(kind=ActorKind.IMPORT))
    say(f"区划 {'、'.join(under)}：新增 {new} 个")


def _stage(stage: Stage, say: Say) -> Closing | None:
    if stage.bulletin is None:
        for name in stage.plans:
            _file(name, say)
        return None
    scheme, bulletin = stage.bulletin
    known = Closing.objects.filter(scheme__name=scheme, bulletin=bulletin).select_related("scheme").first()
    if known is not None:  # its books are closed: what would be filed now belongs to nothing it printed
        say(f"第{known.number}期已定稿")
        return known
    for name in stage.plans:
        _file(name, say)
    closed = closing.close(compose.compose(scheme, bulletin), by=office(scheme), if_open=True)
    say(f"第{closed.number}期定稿：截止到第 {closed.as_of} 条办理记录")
    return closed


def _file(name: str, say: Say) -> None:
    planned = plan.read(SCHEMES / name / "demo.yaml")
    by = office(name)
    ground = groundwork.lay(planned, by=by)
    total = sum(item.count for item in planned.filings)
    done = 0
    for item, new in filing.file_plan(planned, ground, by=by):
        done += item.count
        if new:
            say(f"{name} {done:>6}/{total}  {item.id} +{new}")


def office(scheme: str) -> Actor:
    """The office that runs a campaign, bringing its file in."""
    at = versions.current(scheme).at
    root = tree.by_code(at)
    if root is None:
        raise Problem("demo.no_root", f"区划 {at} 还没有导入。", hint="再运行一次 xianfeng demo prepare。")
    return Actor(kind=ActorKind.IMPORT, organisation=root.id, role="office")


def exports(closings: tuple[Closing, ...], folder: Path, *, site: str) -> Iterator[Path]:
    """Each closed bulletin with its source sheet, in every form, under the folder; figures open at `site`."""
    for closed in closings:
        document = closing.document_of(closed)
        yield from export.write(document, folder, f"{closed.scheme.name}-{closed.bulletin}", site=site)
