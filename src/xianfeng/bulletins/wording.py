"""What a reader is told of a source beside its numbers: made from the scheme version when a document is rendered.

None of it is stored, so these words may improve without making anything that was published untrue.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from xianfeng.bulletins import addresses
from xianfeng.bulletins.numbers import floored, spoken
from xianfeng.bulletins.rules import title_of
from xianfeng.figures.interface import Query
from xianfeng.papers.document import Source
from xianfeng.scheme import titles
from xianfeng.scheme.definition import define
from xianfeng.scheme.nodes import Scheme

STATED = "活动方案规定。"
OWN = "本期自己的报头：期号签发时编，日期和印数由编发单位定。"


@dataclass(frozen=True, kw_only=True)
class Wording:
    title: str
    definition: str  # 统计口径
    period: str
    line: str  # scheme.yaml:120
    address: str  # the page that opens it, from the site's root


def wording(source: Source, scheme: Scheme) -> Wording:
    path = _path(source)
    return Wording(
        title=title_of(scheme, path) + ("（目标）" if source.call == "target" else ""),
        definition=source.earlier + _definition(source, scheme),
        period=_period(source.query) if source.query else "",
        line=line_of(scheme, path),
        address=_address(source, scheme, path),
    )


def value(source: Source) -> str:
    """The exact value with its unit, as people say it; what the scheme or a record says in words, as it is."""
    if not source.value or source.call in ("rule", "record", "organisation"):
        return source.value
    return floored(spoken(Decimal(source.value), source.show, source.unit), is_floor=source.is_floor)


def _path(source: Source) -> str:
    """Where the scheme states it, or defines what was counted."""
    match source.call:
        case "rule":
            return source.name
        case "constant":
            return f"constants.{source.name}"
        case _:
            return f"measures.{source.name}"


def _definition(source: Source, scheme: Scheme) -> str:
    match source.call:
        case "rule":
            return STATED if _in_file(source, scheme) else OWN
        case "constant":
            return scheme.constants[source.name].local or STATED
        case "target":
            measure = scheme.measures[source.name]
            return (measure.target.local if measure.target else "") or measure.help or STATED
        case _:
            return str(define(scheme, source.name))


def _period(query: Query) -> str:
    until = titles.day(query.until)
    return f"{titles.day(query.since)}至{until}" if query.since else f"截至{until}"


def _in_file(source: Source, scheme: Scheme) -> bool:
    """Whether the campaign's file states it; an issue written at the desk states its own imprint."""
    return not source.name.startswith("bulletins.") or ".".join(source.name.split(".")[:2]) in scheme.lines


def _address(source: Source, scheme: Scheme, path: str) -> str:
    if source.record is not None:
        return addresses.record(source.record)
    if source.query is not None:
        return addresses.figure(scheme, source.query, source.code)
    if source.call == "rule" and not _in_file(source, scheme):
        return addresses.bulletin(scheme, path.split(".")[1])
    return addresses.rule(scheme, path)


def line_of(scheme: Scheme, path: str) -> str:
    """Where the scheme states it: the line of the path or of the nearest thing around it."""
    while path:
        if path in scheme.lines:
            file, line = scheme.lines[path]
            return f"{file}:{line}"
        path = path.rpartition(".")[0]
    return ""
