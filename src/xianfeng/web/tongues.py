"""On an English page, what schemes and people wrote is Chinese: it is marked as such for whoever hears the page.

Where it stands is known to no template: a title may be in any cell, heading or choice, alone or within a sentence. So
the finished page is gone over once, for readers of English only. What fills an element names the element's language;
what stands within an English sentence gets a `span`.
"""

from __future__ import annotations

import re

LANGUAGE = "zh-Hans"
_HAN = r"\u3400-\u9fff"
_RUN = re.compile(rf"[“‘《（]?[{_HAN}](?:[^A-Za-z<>&;]*[{_HAN}])?[”’》）。]?")
_PIECE = re.compile(
    r"(?P<left><(?P<raw>script|style|textarea|title)\b.*?</(?P=raw)>)"
    rf"|(?P<open><(?P<name>[a-z][a-z0-9]*)(?P<rest>[^<>]*)>)(?P<only>[^<>]*[{_HAN}][^<>]*)(?P<close></(?P=name)>)"
    rf"|(?P<text>(?<=>)[^<>]*[{_HAN}][^<>]*(?=<))",
    re.DOTALL,
)
_WORDS = re.compile(r"[A-Za-z]{2,}")
_PLAIN = frozenset({"option", "text"})  # which hold text and no element


def marked(page: str) -> str:
    """The page with the language of its Chinese named; a document that is Chinese as a whole says so itself."""
    return page if '<html lang="zh' in page[:200] else _PIECE.sub(_named, page)


def _named(piece: re.Match[str]) -> str:
    if piece["left"]:
        return piece[0]
    if piece["text"]:
        return _RUN.sub(_span, piece["text"])
    if "lang=" in piece["rest"]:
        return piece[0]
    if _WORDS.search(piece["only"]) and piece["name"] not in _PLAIN:
        return f"{piece['open']}{_RUN.sub(_span, piece['only'])}{piece['close']}"
    return f'<{piece["name"]} lang="{LANGUAGE}"{piece["rest"]}>{piece["only"]}{piece["close"]}'


def _span(run: re.Match[str]) -> str:
    return f'<span lang="{LANGUAGE}">{run[0]}</span>'
