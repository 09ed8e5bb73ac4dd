"""Sentences that can be said in another language later: what is put in stays apart from the words around it.

The rooms below the pages raise them in Chinese and know nothing of languages. The pages name the translator that holds
for whoever is reading; without one a sentence is what it is written as.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

_ENDS = frozenset("。！？；：…”.!?;:")
Translator = Callable[[str], str]
_translators: list[Translator] = []


class Said(str):
    """A Chinese sentence like any other text, which remembers how it was put together."""

    template: str
    values: dict[str, object]


def say(template: str, /, **values: object) -> Said:
    """`say("没有第 {record} 号记录。", record=7)`: catalogues hold the template; values may be sentences too."""
    sentence = Said(template.format(**values) if values else template)
    sentence.template, sentence.values = template, values
    return sentence


def together(sentences: Iterable[str], by: str = "；") -> Said:
    """Several, one after the other, each to be translated by itself."""
    values = {f"part{number}": sentence for number, sentence in enumerate(sentences)}
    return say(by.join(f"{{{name}}}" for name in values), **values)


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
    return translate(sentence.template).format(**values)


def translate_with(translator: Translator) -> None:
    """Told once, by the pages."""
    _translators[:] = [translator]
