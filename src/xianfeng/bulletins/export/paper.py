"""PDF by typst: our own template reads the document as data, so that no text of it can be markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from xianfeng.bulletins import serial
from xianfeng.bulletins.document import Document, plain
from xianfeng.bulletins.export import words
from xianfeng.bulletins.export.sheet import Sheet
from xianfeng.bulletins.export.sign_off import SignOff

_HERE = Path(__file__).parent
_RED_NAME = 440  # points the red name may take of the type area's 442


def bulletin(document: Document) -> bytes:
    """The bulletin in the geometry of GB/T 9704; the same document gives the same bytes."""
    data = serial.to_json(document)
    masthead = document.masthead
    told: dict[str, Any] = {
        **data["masthead"],
        "title": "".join(plain(line) for line in masthead.title) or masthead.series,
        "title_lines": data["masthead"]["title"],
        "name-size": min(62, _RED_NAME // max(len(masthead.series) + 1, 1)),
        "title-size": words.title_size(masthead),
        "notice": words.SYNTHETIC,
        "seal": words.seal(masthead),
        "editors_note": data["editors_note"],
        "body": data["body"],
    }
    return _compiled("bulletin.typ", told)


def source_sheet(sheet: Sheet) -> bytes:
    """The source sheet, on A4 across."""
    told = {
        "title": sheet.title,
        "issuer": sheet.issuer,
        "head": sheet.head,
        "rows": sheet.rows,
        "remarks": sheet.remarks,
        "synthetic": sheet.synthetic,
        "notice": words.SYNTHETIC,
    }
    return _compiled("sheet.typ", told)


def sign_off(sheet: SignOff) -> bytes:
    """The sign-off sheet, on one page of A4 unless much has to be looked at."""
    return _compiled("sign_off.typ", {**asdict(sheet), "notice": words.SYNTHETIC})


def _compiled(template: str, told: Mapping[str, Any]) -> bytes:
    import typst  # costs a process about 40 MB: only where a PDF is made

    from xianfeng.bulletins.export.faces import faces, fonts

    inputs = {"document": json.dumps({**told, "fonts": dict(faces().families)}, ensure_ascii=False)}
    compiler = typst.Compiler(input=str(_HERE / template), root=str(_HERE), font_paths=fonts(), sys_inputs=inputs)
    made = compiler.compile(format="pdf")
    assert isinstance(made, bytes)  # noqa: S101 - one file: no list of pages
    return made
