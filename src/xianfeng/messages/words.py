"""Sentences kept with what was put into them, so that a message is read in the language of its reader."""

from __future__ import annotations

import json
from typing import Any

from xianfeng import canonical
from xianfeng.sentences import Said, say


def kept(sentence: str) -> str:
    """As JSON; values that are no sentences are kept as the texts that they are printed as."""
    return canonical.dumps(_plain(sentence))


def told(text: str) -> Said:
    return _said(json.loads(text))


def _plain(sentence: str) -> dict[str, Any]:
    if not isinstance(sentence, Said):
        return {"say": "{told}", "with": {"told": sentence}}
    return {"say": sentence.template, "with": {name: _value(value) for name, value in sentence.values.items()}}


def _value(value: object) -> Any:
    if isinstance(value, Said):
        return _plain(value)
    return value if isinstance(value, int) else str(value)


def _said(plain: dict[str, Any]) -> Said:
    values = {name: _said(value) if isinstance(value, dict) else value for name, value in plain["with"].items()}
    return say(plain["say"], **values)
