"""From an empty data folder to closed bulletins, step by step; any step can be cut short and made again.

Nothing marks a step as done: each looks at what is there and adds what is missing, so a second run, or one after a
kill, ends in the same books.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from xianfeng import paths
from xianfeng.bulletins import closing, compose, export
from xianfeng.bulletins.models import Closing
from xianfeng.calendars import actions as calendars
from xianfeng.calendars import national
from xianfeng.demo import asking, enclosures, evaluating, filing, grading, groundwork, living, plan, visitors, voices
from xianfeng.demo.plan import Plan
from xianfeng.duties import tick
from xianfeng.ledger import powers, versions
from xianfeng.log import seals
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.log.append import head
from xianfeng.opendata import package
from xianfeng.problems import Problem
from xianfeng.registry import divisions
from xianfeng.search import index
from xianfeng.sentences import say, together

SCHEMES = paths.PROJECT / "schemes"
Tell = Callable[[str], None]
_MARK = "演示：这里的记录都是模拟的。\n"


def plans(folder: Path = SCHEMES) -> tuple[Plan, ...]:
    """The plans of all schemes in the order in which they are filed; of one day's, those that close nothing first."""
    found = [plan.read(path) for path in sorted(folder.glob("*/demo.yaml"))]
    return tuple(sorted(found, key=lambda each: (each.until, each.closes != "")))


def prepare(*, tell: Tell, planned: Sequence[Plan] | None = None) -> tuple[Closing, ...]:
    """Make the demonstration's books, or finish making them; its closed bulletins."""
    tell(say("数据库"))
    call_command("migrate", verbosity=0)
    _claim()
    planned = _settled(plans() if planned is None else planned, tell)
    at = _moment(planned)
    by = Actor(kind=ActorKind.IMPORT, at=at)
    for each in planned:
        version = versions.adopt(living.package(each, SCHEMES / each.scheme), by=by)
        tell(say("活动方案：{title}（{version}）", title=version.title, version=version.hash[:12]))
    _divisions([each.scheme for each in planned], tell, by)
    documented = [each for each in planned if each.today is None]
    closings = tuple(closed for each in documented if (closed := _work(each, tell, at)) is not None)
    _enclose(documented, tell, at)
    tell(say("工作日历：新填入 {n} 年", n=_calendar(by)))
    tell(say("账号 {n} 个", n=len(visitors.open_doors(by=by))))
    tell(say("群众评论和减负意见 {n} 条", n=voices.speak()))
    _live(planned, tell)
    now = timezone.localtime()
    held = sum(evaluating.hold(each.scheme, now=now) for each in planned if each.begins is not None)
    frozen = sum(evaluating.freeze(each.scheme, now=now) for each in planned if each.begins is not None)
    tell(say("群众评议：新公布 {held} 轮，新封存 {n} 轮", held=held, n=frozen))
    classes = sum(grading.hold(each.scheme, now=now) for each in planned if each.begins is not None)
    tell(say("分类定级：新公布 {n} 个", n=classes))
    _enclose([each for each in planned if each.begins is not None], tell, now)
    asked = sum(asking.ask(each, now=now) for each in planned if each.begins is not None)
    tell(say("失真提示 {n} 条", n=asked))
    tell(say("待办：{told}", told=tick.tick(now=timezone.now()).told))
    tell(say("检索：新写入 {n} 条办理记录", n=index.extend()))
    seals.seal(by=Actor(kind=ActorKind.IMPORT))
    _finish()
    packages = [package.latest(each.scheme) or package.make(each.scheme) for each in planned]
    tell(say("开放数据 {n} 份", n=len(packages)))
    return closings


def _settled(planned: Sequence[Plan], tell: Tell) -> list[Plan]:
    """The plans with their days; without a campaign that goes on, where these books are past its days already."""
    today = timezone.localdate()
    found = [living.settle(SCHEMES / each.scheme / "demo.yaml", each, today=today) for each in planned]
    late = [each for each in found if living.comes_too_late(each)]
    for each in late:
        tell(say("这里是以前准备的，不加入正在进行的活动 {scheme}；要看，换一个空数据文件夹。", scheme=each.scheme))
    return [each for each in found if each not in late]


def _moment(planned: Sequence[Plan]) -> dt.datetime | None:
    """When all is entered that comes before a campaign that goes on: as it begins, so that the log's clock never runs
    back. None, the moment of writing, once that campaign is there."""
    return next(filter(None, map(living.first_morning, planned)), None)


def _live(planned: Sequence[Plan], tell: Tell) -> None:
    for each in planned:
        first = living.first_morning(each)
        if first is not None:
            tick.tick(now=first)  # what was filed before is taken in transactions of its own
            done = living.live(each, first=first, now=timezone.localtime())
            tell(say("{scheme} 逐日办到现在：登记 {n} 条", scheme=each.scheme, n=done))


def _enclose(planned: Sequence[Plan], tell: Tell, at: dt.datetime | None) -> None:
    enclosed = sum(enclosures.enclose(each, by=office(each.scheme, at=at)) for each in planned)
    tell(say("附件：新添加 {n} 个", n=enclosed))


def _calendar(by: Actor) -> int:
    """What was announced for every year, and the next one, which is not."""
    years = range(national.FIRST, national.LAST + 2)
    return len(calendars.fill(years, day=timezone.localdate(by.moment), by=by))


def _finish() -> None:
    """Write down where the demonstration ends, once: what visitors file after that is theirs."""
    if paths.demonstrated() is None:
        paths.write_atomically(paths.synthetic(), f"{_MARK}{head()}\n".encode(), mode=0o600)
    settings.XIANFENG_DEMONSTRATED = paths.demonstrated()


def _claim() -> None:
    """Mark an empty installation as a demonstration's. Synthetic records never enter real books."""
    mark = paths.synthetic()
    if not mark.exists():
        if head():
            raise Problem(
                "demo.not_empty",
                say("{folder} 里已有正式台账，演示记录不能混入。", folder=paths.data()),
                hint="给演示另设一个数据文件夹：XIANFENG_DATA=… xianfeng demo。",
            )
        paths.write_once(mark, _MARK.encode())
    settings.XIANFENG_SYNTHETIC = True


def _divisions(schemes: list[str], tell: Tell, by: Actor) -> None:
    """The real divisions under the schemes' roots."""
    source = paths.PROJECT / divisions.SOURCE
    if not source.exists():
        message = say("没有区划数据 {file}。", file=divisions.SOURCE)
        raise Problem("demo.no_divisions", message, hint="先运行 make setup。")
    under = sorted({versions.current(name).at for name in schemes})
    new = divisions.import_(source, under=under, by=by)
    tell(say("区划 {codes}：新增 {n} 个", codes=together(under, by="、"), n=new))


def _work(planned: Plan, tell: Tell, at: dt.datetime | None) -> Closing | None:
    """File a plan's records and close its bulletin. After that, more records would be in nothing it printed."""
    known = closing.latest(planned.scheme, planned.closes) if planned.closes else None
    if known is not None:
        tell(say("第{number}期已定稿", number=known.number))
        return known
    by = office(planned.scheme, at=at)
    _file(planned, tell, by)
    if not planned.closes:
        return None
    composition = compose.compose(planned.scheme, planned.closes)
    closed = closing.close(composition, by=by, if_open=True)
    tell(say("第{number}期定稿：截止到第 {as_of} 条办理记录", number=closed.number, as_of=closed.as_of))
    return closed


def _file(planned: Plan, tell: Tell, by: Actor) -> None:
    ground = groundwork.lay(planned, by=by)
    kinds = versions.current(planned.scheme).kinds
    total = sum(item.count for item in planned.filings)
    done = 0
    for item, new in filing.file_plan(planned, ground, by=by):
        done += item.count
        if new:
            tell(f"{planned.scheme} {done:>6}/{total}  {kinds[item.kind].title} +{new}")


def office(scheme: str, *, at: dt.datetime | None = None) -> Actor:
    """The office that runs a campaign, bringing its file in."""
    return replace(powers.office(versions.current(scheme)), at=at)


def exports(closings: tuple[Closing, ...], folder: Path, *, site: str) -> Iterator[Path]:
    """Each closed bulletin with its source sheet, in every form, under the folder; figures open at `site`."""
    for closed in closings:
        document, scheme = closing.document_of(closed), closing.scheme_of(closed)
        yield from export.write(document, scheme, folder, f"{scheme.name}-{closed.bulletin}", site=site)
