"""A campaign's measures in one line each: value, course, target, who has not reported, how far it was reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.bulletins import addresses
from xianfeng.bulletins.numbers import printed
from xianfeng.figures import periods
from xianfeng.figures.aims import Standing
from xianfeng.figures.interface import Figure, Figures, Query
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import cells, drawings
from xianfeng.web.cells import Cell, Look
from xianfeng.web.drawings import Drawn
from xianfeng.web.figure import beside, evidence
from xianfeng.web.figure.courses import Course, Courses
from xianfeng.web.figure.lines import MeasureLine, said, target_at
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table
from xianfeng.web.templatetags.xianfeng import exact

_LARGE: Mapping[str, int] = {"wan": 10**5, "yi": 10**9}  # from here on a number is read in 万 and 亿
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


_ON_THE_WAY: tuple[Promise, Look] = (_("推进中"), Look.PLAIN)
_TARGET: Mapping[Standing, tuple[Promise, Look]] = {
    Standing.MET: (_("已达到"), Look.DONE),
    Standing.SHORT: (_("到期未达到"), Look.ATTENTION),
    Standing.UNKNOWN: (_("是否达到不能确定"), Look.PLAIN),
}
_CEILING: Mapping[Standing, tuple[Promise, Look]] = {
    Standing.MET: (_("在限额内"), Look.DONE),
    Standing.SHORT: (_("超过限额"), Look.ATTENTION),
    Standing.UNKNOWN: (_("是否超过不能确定"), Look.PLAIN),
}


def measure_lines(
    engine: Figures, scheme: Scheme, code: str, asked: Query, measures: Sequence[Measure], *, seen: Scope
) -> tuple[MeasureLine, ...]:
    """All of them as of one entry; `asked` gives the place and the time."""
    queries = [replace(asked, measure=measure.name) for measure in measures]
    found = engine.figures(queries)
    lines = tuple(
        MeasureLine(
            measure=measure,
            query=query,
            figure=evidence.figure(figure, scheme, measure, seen),
            link=addresses.figure(scheme, query, code),
            flows=periods.flows(scheme, measure),
            target=target_at(scheme, measure, code),
        )
        for measure, query, figure in zip(measures, queries, found, strict=True)
    )
    return beside.told(lines, scheme)


@dataclass(frozen=True)
class Section:
    """A section of the campaign's measures, and what a reader is told of it before he opens it."""

    table: Table
    behind: int  # measures whose target is due and not reached, or whose ceiling is passed
    unreported: int  # measures of which somebody has not reported


def sections(lines: Sequence[MeasureLine], here: str, courses: Courses) -> tuple[Section, ...]:
    """The campaign's sections in its order. `here`: the dashboard, to which a measure is added."""
    by_section: dict[str, list[MeasureLine]] = {}
    for line in lines:
        by_section.setdefault(line.measure.section, []).append(line)
    others = gettext("其他") if len(by_section) > 1 else gettext("指标")
    return tuple(
        Section(
            table=_table(f"measures-{at}", title or others, rows, here, courses),
            behind=sum(line.is_behind for line in rows),
            unreported=sum(bool(line.figure.missing) for line in rows),
        )
        for at, (title, rows) in enumerate(by_section.items(), start=1)
    )


def _table(name: str, title: str, lines: Sequence[MeasureLine], here: str, courses: Courses) -> Table:
    rows = [_row(line, here, courses) for line in lines]
    return Table(name=name, title=title, columns=_COLUMNS, rows=rows, note=courses.span)


def _row(line: MeasureLine, here: str, courses: Courses) -> tuple[Cell, ...]:
    figure = line.figure
    return (
        cells.text(line.measure.title, link=f"{here}&measure={line.measure.name}#below"),
        replace(cells.figure(figure, _text(line), link=line.link), note=_note(line)),
        cells.text(line.measure.unit),
        _drawn(line, courses.of.get(line.measure.name, ())),
        progress(line),
        missing(figure, f"{line.link}#missing"),
        reviewed(figure),
        cells.number(figure.filed),
        cells.number(figure.reviewed),
        cells.number(figure.submitted),
    )


def _text(line: MeasureLine) -> str:
    """At a glance 361亿 says more than eleven digits, which the file and the figure's page have; all else in full."""
    value, show = line.figure.value, line.measure.show
    least = _LARGE.get(show.style)
    if value is not None and least is not None and value >= least:
        return said(line.figure, printed(value, show))
    return line.text


def _note(line: MeasureLine) -> str:
    """Its unit, and what stands beside it."""
    unit = "" if line.figure.value is None else line.measure.unit
    return " ".join(part for part in (unit, line.beside) if part)


def missing(figure: Figure, link: str = "") -> Cell:
    """How many of those who owe it have not reported; empty where nobody owes it, which is something else than none."""
    if figure.missing is None or not figure.expected:
        return cells.text("")
    words = f"{exact(figure.missing)} / {exact(figure.expected)}"
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


def progress(line: MeasureLine) -> Cell:
    """How far towards the target, with a word: a colour alone says nothing."""
    stands = line.standing
    if stands is None or line.goal is None or line.figure.value is None:
        return cells.text(line.aim)
    on_the_way = stands is Standing.SHORT and not line.is_behind
    word, look = _ON_THE_WAY if on_the_way else (_CEILING if line.is_ceiling else _TARGET)[stands]
    share = "" if line.is_ceiling else line.reached_text
    return Drawn(
        " · ".join(part for part in (str(word), share, line.aim) if part),
        picture=drawings.share(line.figure.value, line.goal, look.value),
    )


def _drawn(line: MeasureLine, course: Course) -> Cell:
    if line.figure.value is None:
        return cells.text("")
    return Drawn("", picture=drawings.columns(course) if line.flows else drawings.trend(course))


def lacking(lines: Sequence[MeasureLine], most: int) -> tuple[MeasureLine, ...]:
    """Those of which something is not reported, the greatest part of it first."""
    return tuple(sorted((line for line in lines if line.lack), key=lambda line: -line.lack)[:most])


def behind(lines: Sequence[MeasureLine], most: int) -> tuple[MeasureLine, ...]:
    """Those whose target is due and not reached, the farthest from it first."""
    late = [line for line in lines if line.is_behind]
    return tuple(sorted(late, key=lambda line: line.reached)[:most])
