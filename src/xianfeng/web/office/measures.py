"""A campaign's measures in one line each: value, course, target, who has not reported, how far it was reviewed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.bulletins import addresses
from xianfeng.figures import periods
from xianfeng.figures.interface import Figure, Figures, Query
from xianfeng.scheme.nodes import Measure, Scheme
from xianfeng.web import cells, drawings
from xianfeng.web.cells import Cell, Look
from xianfeng.web.drawings import Drawn
from xianfeng.web.public.lines import in_table, target_text
from xianfeng.web.tables import Column, Table
from xianfeng.web.templatetags.xianfeng import exact

COURSE = 12  # months of a trend
_COLUMNS = (
    Column(_("指标")),
    Column(_("数据"), align="right"),
    Column(_("单位"), hidden=True),
    Column(_("每月走势")),
    Column(_("目标和进度")),
    Column(_("未报／应报"), _("个"), align="right"),
    Column(_("审核情况"), _("条")),
    Column(_("已报未审"), _("条"), align="right", hidden=True),
    Column(_("已审"), _("条"), align="right", hidden=True),
    Column(_("已上报"), _("条"), align="right", hidden=True),
)


@dataclass(frozen=True)
class Standing:
    """Where a measure stands. `course`: by month, oldest first; empty when not asked for."""

    measure: Measure
    query: Query
    figure: Figure
    link: str
    course: tuple[int | Decimal | None, ...] = ()


def standings(
    engine: Figures, scheme: Scheme, code: str, asked: Query, measures: Sequence[Measure], *, courses: bool
) -> tuple[Standing, ...]:
    """All of them as of one entry; `asked` gives the place and the time."""
    queries = [replace(asked, measure=measure.name) for measure in measures]
    found = engine.figures(queries)
    return tuple(
        Standing(
            measure=measure,
            query=query,
            figure=figure,
            link=addresses.figure(scheme, query, code),
            course=_course(engine, scheme, measure, query) if courses else (),
        )
        for measure, query, figure in zip(measures, queries, found, strict=True)
    )


def sections(scheme: Scheme, lines: Sequence[Standing]) -> tuple[Table, ...]:
    """A table for each section of the campaign, in its order."""
    by_section: dict[str, list[Standing]] = {}
    for line in lines:
        by_section.setdefault(line.measure.section, []).append(line)
    return tuple(
        _table(f"measures-{at}", title or (gettext("其他") if len(by_section) > 1 else gettext("指标")), rows)
        for at, (title, rows) in enumerate(by_section.items(), start=1)
    )


def _table(name: str, title: str, lines: Sequence[Standing]) -> Table:
    return Table(name=name, title=title, columns=_COLUMNS, rows=[_row(line) for line in lines])


def _row(line: Standing) -> tuple[Cell, ...]:
    figure = line.figure
    return (
        cells.text(line.measure.title, link=line.link),
        replace(cells.figure(figure, in_table(figure, line.measure), link=line.link), note=_unit(line)),
        cells.text(line.measure.unit),
        Drawn("", picture=drawings.trend(line.course)),
        _progress(line.measure, figure),
        missing(figure, f"{line.link}#missing"),
        reviewed(figure),
        cells.number(figure.filed),
        cells.number(figure.reviewed),
        cells.number(figure.submitted),
    )


def _unit(line: Standing) -> str:
    return "" if line.figure.value is None else line.measure.unit


def missing(figure: Figure, link: str = "") -> Cell:
    """How many of those who owe it have not reported; that nobody owes it is something else than none."""
    if figure.missing is None or not figure.expected:
        return cells.text("", note=gettext("无报送要求"))
    words = f"{exact(figure.missing)}／{exact(figure.expected)}"
    return Cell(words, figure.missing, link=link if figure.missing else "", look=_lack(figure.missing))


def _lack(missing: int) -> Look:
    return Look.ATTENTION if missing else Look.PLAIN


def reviewed(figure: Figure) -> Cell:
    """The bar of review levels over its words."""
    if not figure.records:
        return cells.nothing()
    parts = (
        (gettext("已上报 %(n)s"), figure.submitted),
        (gettext("已审 %(n)s"), figure.reviewed),
        (gettext("未审 %(n)s"), figure.filed),
    )
    words = " · ".join(text % {"n": exact(number)} for text, number in parts if number)
    return Drawn(words, picture=drawings.levels(figure.filed, figure.reviewed, figure.submitted))


def _progress(measure: Measure, figure: Figure) -> Cell:
    """How far towards the target, with a word: a colour alone says nothing."""
    target = measure.target
    if target is None or target.value is None:
        return cells.text("")
    words = target_text(measure)
    if figure.value is None:
        return cells.text(words)
    word, look = _verdict(figure.value, target.value, at_most=target.at_most, due=target.due, on=figure.query.until)
    picture = drawings.share(figure.value, target.value, look.value)
    share = f"{figure.value / Decimal(target.value):.0%}" if target.value and not target.at_most else ""
    return Drawn(" · ".join(part for part in (word, share, words) if part), picture=picture)


def _verdict(
    value: int | Decimal, target: Decimal, *, at_most: bool, due: dt.date | None, on: dt.date
) -> tuple[str, Look]:
    if at_most:
        return (gettext("在限额内"), Look.DONE) if value <= target else (gettext("已超过"), Look.ATTENTION)
    if value >= target:
        return gettext("已达到"), Look.DONE
    if due is not None and on >= due:
        return gettext("到期未达到"), Look.ATTENTION
    return gettext("推进中"), Look.PLAIN


def _course(engine: Figures, scheme: Scheme, measure: Measure, query: Query) -> tuple[int | Decimal | None, ...]:
    """Its last months: what each brought, or, of a state, where it stood at the end."""
    if not periods.flows(scheme, measure):
        return ()
    since = max(query.since or dt.date.min, _months_before(query.until, COURSE - 1))
    rows = engine.breakdown(replace(query, since=since), "month")
    return tuple(row.figure.value for row in rows)[-COURSE:]


def _months_before(day: dt.date, months: int) -> dt.date:
    number = day.year * 12 + day.month - 1 - months
    return dt.date(number // 12, number % 12 + 1, 1)


def worst(lines: Sequence[Standing], most: int) -> tuple[Standing, ...]:
    """Those of which the greatest part is not reported."""
    lacking = [line for line in lines if line.figure.missing and line.figure.expected]
    return tuple(sorted(lacking, key=_lacking, reverse=True)[:most])


def _lacking(line: Standing) -> Decimal:
    return Decimal(line.figure.missing or 0) / (line.figure.expected or 1)


def reached(lines: Sequence[Standing]) -> Mapping[str, int]:
    """Of the measures with a target, how many have reached it."""
    with_target = [line for line in lines if line.measure.target and line.measure.target.value is not None]
    done = [
        line
        for line in with_target
        if line.figure.value is not None
        and line.measure.target
        and line.measure.target.value is not None
        and (
            line.figure.value <= line.measure.target.value
            if line.measure.target.at_most
            else line.figure.value >= line.measure.target.value
        )
    ]
    return {"of": len(with_target), "done": len(done)}
