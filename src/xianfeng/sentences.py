"""Sentences that can be said in another language later: what is put in stays apart from the words around it.

The rooms below the pages raise them in Chinese and know nothing of languages. The pages name the translator that holds
for whoever is reading; without one a sentence is what it is written as.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from html import escape

_ENDS = frozenset("。！？；：…”.!?;:")
Translator = Callable[[str], str]
_translators: list[Translator] = []


class Said(str):
    """A Chinese sentence like any other text, which remembers how it was put together."""

    template: str
    values: dict[str, object]
    finish: Callable[[str], str] | None = None  # what is done to the whole once it is put together, in any language

    def __html__(self) -> str:
        """In a template it is said in the language of the page."""
        return escape(translated(self))


def say(template: str, /, **values: object) -> Said:
    """`say("没有第 {record} 号记录。", record=7)`: catalogues hold the template; values may be sentences too."""
    return _said(template, values)


def _said(template: str, values: dict[str, object]) -> Said:
    sentence = Said(template.format(**values) if values else template)
    sentence.template, sentence.values = template, values
    return sentence


_BETWEEN = {  # what stands between two is other in another language
    "；": say("{told}；{more}").template,
    "、": say("{told}、{more}").template,
    "，": say("{told}，{more}").template,
    "，且": say("{told}，且{more}").template,
    "或": say("{told}或{more}").template,
    "，或": say("{told}，或{more}").template,
}


def together(sentences: Iterable[str], by: str = "；") -> Said:
    """Several, one after the other, each to be translated by itself, and what stands between them too."""
    between = _BETWEEN.get(by, f"{{told}}{by}{{more}}")
    told = reduce(lambda told, more: _said(between, {"told": told, "more": more}), tuple(sentences) or ("",))
    return told if isinstance(told, Said) else _said("{told}", {"told": told})


def finished(sentence: str, finish: Callable[[str], str]) -> Said:
    """A sentence whose text is gone over as a whole, in whichever language it is told."""
    said = Said(finish(sentence))
    said.template, said.values, said.finish = "{told}", {"told": sentence}, finish
    return said


def following(*sentences: str) -> str:
    """Sentences as one text: each ended, and a space between them where their language has one."""
    text = ""
    for sentence in filter(None, sentences):
        latin = sentence[-1].isascii()
        ended = sentence if sentence[-1] in _ENDS else sentence + ("." if latin else "。")
        text += f" {ended}" if text and text[-1].isascii() else ended
    return text


def translated(sentence: str) -> str:
    """As it is said in the language of the moment; any other text is looked up whole."""
    if not sentence or not _translators:
        return sentence
    translate = _translators[0]
    if not isinstance(sentence, Said):
        return translate(sentence)
    if not sentence.values:
        return translate(sentence.template)
    values = {name: translated(value) if isinstance(value, Said) else value for name, value in sentence.values.items()}
    told = translate(sentence.template).format(**values)
    return sentence.finish(told) if sentence.finish else told


def translate_with(translator: Translator) -> None:
    """Told once, by the pages."""
    _translators[:] = [translator]
