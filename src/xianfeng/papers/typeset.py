"""PDF by typst: our own templates read a paper as data, so that no text of it can be markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from xianfeng.papers import serial, words
from xianfeng.papers.dispatch import Dispatch
from xianfeng.papers.document import Document, plain
from xianfeng.papers.sheet import Sheet
from xianfeng.papers.sign_off import SignOff

_HERE = Path(__file__).parent


def written(paper: Document | Dispatch | Sheet | SignOff) -> bytes:
    """The same paper gives the same bytes."""
    match paper:
        case Document():
            return _compiled("bulletin.typ", _bulletin(paper))
        case Dispatch():
            return _compiled("dispatch.typ", _dispatch(paper))
        case Sheet():
            return _compiled("sheet.typ", asdict(paper))
        case SignOff():
            return _compiled("sign_off.typ", asdict(paper))


def _bulletin(document: Document) -> dict[str, Any]:
    data = serial.to_json(document)
    masthead = document.masthead
    title = tuple(map(plain, masthead.title))
    return {
        **data["masthead"],
        "title": "".join(title) or masthead.series,
        "title_lines": data["masthead"]["title"],
        "name-size": words.name_size(masthead.series, 62),
        "title-size": words.title_size(title),
        "seal": words.seal(masthead),
        "editors_note": data["editors_note"],
        "body": data["body"],
        "dense": document.dense,
    }


def _dispatch(dispatch: Dispatch) -> dict[str, Any]:
    return {
        **asdict(dispatch),
        "title": "".join(dispatch.title),
        "title_lines": dispatch.title,
        "title-size": words.title_size(dispatch.title),
        "name-size": words.name_size(dispatch.issuer, 48),
        "body": serial.blocks(dispatch.body),
        "indents": dispatch.indents,
    }


def _compiled(template: str, told: Mapping[str, Any]) -> bytes:
    import typst  # costs a process about 40 MB: only where a PDF is made

    from xianfeng.papers.faces import faces, fonts

    data = {**told, "notice": words.SYNTHETIC, "fonts": dict(faces().families)}
    inputs = {"document": json.dumps(data, ensure_ascii=False)}
    compiler = typst.Compiler(input=str(_HERE / template), root=str(_HERE), font_paths=fonts(), sys_inputs=inputs)
    made = compiler.compile(format="pdf")
    assert isinstance(made, bytes)  # noqa: S101 - one file: no list of pages
    return made
