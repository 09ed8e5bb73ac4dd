"""A document as JSON and back, for closings: tagged runs and blocks, nothing implied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from xianfeng.figures.interface import Query
from xianfeng.papers.document import (
    Block,
    Document,
    FigureRun,
    Heading,
    Inline,
    Masthead,
    NoteRun,
    Paragraph,
    Runs,
    Slice,
    Source,
    Table,
    Text,
)
from xianfeng.scheme.measuring import Display

_RUNS: Mapping[str, type[Text] | type[FigureRun] | type[NoteRun]] = {"text": Text, "figure": FigureRun, "note": NoteRun}
_TAGS = {kind: tag for tag, kind in _RUNS.items()}


def to_json(document: Document) -> dict[str, Any]:
    masthead = document.masthead
    return {
        "masthead": {
            **asdict(masthead),
            "number": _runs(masthead.number),
            "date": _runs(masthead.date),
            "special": _runs(masthead.special),
            "copies": _runs(masthead.copies),
            "title": [_runs(line) for line in masthead.title],
            "to": [list(pair) for pair in masthead.to],
        },
        "editors_note": blocks(document.editors_note),
        "body": blocks(document.body),
        "sources": [_source(source) for source in document.sources],
    }


def from_json(data: Mapping[str, Any]) -> Document:
    masthead = dict(data["masthead"])
    for name in ("number", "date", "special", "copies"):
        masthead[name] = _read_runs(masthead[name])
    masthead["title"] = tuple(_read_runs(line) for line in masthead["title"])
    masthead["to"] = tuple((label, whom) for label, whom in masthead["to"])
    return Document(
        masthead=Masthead(**masthead),
        editors_note=tuple(_read_block(block) for block in data["editors_note"]),
        body=tuple(_read_block(block) for block in data["body"]),
        sources=tuple(_read_source(source) for source in data["sources"]),
    )


def _runs(runs: Runs) -> list[dict[str, Any]]:
    return [{"run": _TAGS[type(run)], **asdict(run)} for run in runs]


def blocks(written: Iterable[Block]) -> list[dict[str, Any]]:
    return [_block(block) for block in written]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(runs):
            return {"block": "paragraph", "runs": _runs(runs)}
        case Heading(level, runs):
            return {"block": "heading", "level": level, "runs": _runs(runs)}
        case Table(rows):
            return {"block": "table", "rows": [[_runs(cell) for cell in row] for row in rows]}


def _read_runs(data: list[dict[str, Any]]) -> Runs:
    return tuple(_read_run(item) for item in data)


def _read_run(data: Mapping[str, Any]) -> Inline:
    fields = {name: value for name, value in data.items() if name != "run"}
    return _RUNS[data["run"]](**fields)


def _read_block(data: Mapping[str, Any]) -> Block:
    match data["block"]:
        case "paragraph":
            return Paragraph(_read_runs(data["runs"]))
        case "heading":
            return Heading(data["level"], _read_runs(data["runs"]))
        case _:
            return Table(tuple(tuple(_read_runs(cell) for cell in row) for row in data["rows"]))


def _source(source: Source) -> dict[str, Any]:
    data = asdict(source)
    if not source.is_floor:  # as it was written before any was
        del data["is_floor"]
    if source.query is not None:
        data["query"] |= {name: day and day.isoformat() for name, day in _days(data["query"])}
    return data


def _read_source(data: Mapping[str, Any]) -> Source:
    query, row = data["query"], data["row"]
    if query is not None:
        query = Query(**{**query, **{name: day and dt.date.fromisoformat(day) for name, day in _days(query)}})
    return Source(
        **{**data, "query": query, "row": None if row is None else Slice(**row), "show": Display(**data["show"])}
    )


def _days(query: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(name, query[name]) for name in ("since", "until")]
