"""Remakes the catalogues of the interface's words from the words marked in the sources: `make messages`.

English is written by people in locale/en/LC_MESSAGES/django.po: what is there is kept, new words are added empty and
listed, words no longer used go. Traditional Chinese is made from the Chinese sources and never edited. Both are
compiled, and everything is committed: an installation, a wheel or a fresh clone needs no further step and no gettext.
Run twice it changes nothing; tests/web/test_languages.py fails on what is stale or not translated.

    messages.py            remake, and list the words that have no English yet
    messages.py --missing  these words alone, as lines of JSON: words, plural, context
    messages.py --fill F   take English from such lines, with the English (and its plural) added; then remake
"""

from __future__ import annotations

import ast
import functools
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "xianfeng"
LOCALE = SOURCE / "locale"
MARKS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "say"), ("words",)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), ("words", "plural")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ("context", "words")),
    "npgettext": ("context", "words", "plural"),
}
COMMANDS, SHOWN = "cli", {"help", "metavar"}  # what a command is for is its docstring, as Typer shows it
PROBLEMS, SENTENCES = {"Problem", "Problems"}, {"message", "hint", "place"}  # what they say is marked by being there
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# What the conversion gets wrong, or an office that writes traditional characters writes otherwise. Characters are
# Taiwan's standard ones, as in the libraries' own pages; words stay those of the documents: 文件, not 檔案 (ADR 15).
OFFICE_WORDS = {"籤": "簽", "標簽": "標籤", "編髮": "編發", "彙報": "匯報", "複核": "覆核", "帳號": "賬號", "佈": "布"}


class Key(NamedTuple):
    """A message as catalogues know it; `context` tells it from the same words with another meaning."""

    words: str
    plural: str
    context: str


class Undated(Catalog):
    """A catalogue whose header says nothing that changes from run to run."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return [
            ("Language", str(self.locale_identifier)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: object) -> None:
        """What a file says of itself is not taken over."""


def marked() -> dict[Key, set[str]]:
    """Every marked message and the files it stands in."""
    found: dict[Key, set[str]] = {}
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in READERS and "static" not in path.parts:
            for key in READERS[path.suffix](path):
                found.setdefault(key, set()).add(path.relative_to(SOURCE).as_posix())
    for counted in [key for key in found if key.plural]:  # a catalogue holds the same words once
        found[counted] |= found.pop(counted._replace(plural=""), set())
    return found


def of_template(path: Path) -> Iterator[Key]:
    from django.utils.translation.template import templatize

    calls = templatize(path.read_text(encoding="utf-8"), origin=path.name)
    unindented = "\n".join(line.strip() for line in calls.splitlines())
    for _, name, words, _ in extract_python(io.BytesIO(unindented.encode()), list(MARKS), [], {"encoding": "utf-8"}):
        texts = [words] if isinstance(words, str) else words
        yield _key(MARKS[name], [text for text in texts if text])


def of_python(path: Path) -> Iterator[Key]:
    room = path.relative_to(SOURCE).parts[0]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if room == COMMANDS:
        yield from _of_commands(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (parts := MARKS.get(_name(node.func))):
            texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            if texts:  # else it translates what is marked elsewhere
                yield _key(parts, texts)
        elif isinstance(node, ast.Call) and _name(node.func) in PROBLEMS:
            for told in (*node.args[1:], *(each.value for each in node.keywords if each.arg in SENTENCES)):
                yield from (_key(("words",), [text]) for text in _literals(told))


def _of_commands(tree: ast.Module) -> Iterator[Key]:
    """The help of commands and of what they take."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and CHINESE.search(words := ast.get_docstring(node) or ""):
            yield _key(("words",), [words])
        elif isinstance(node, ast.keyword) and node.arg in SHOWN:
            yield from (_key(("words",), [words]) for words in _literals(node.value))


def _literals(told: ast.expr) -> Iterator[str]:
    """What a problem says as it stands: a text, or one of two."""
    if isinstance(told, ast.IfExp):
        yield from (*_literals(told.body), *_literals(told.orelse))
    elif isinstance(told, ast.Constant) and isinstance(told.value, str) and CHINESE.search(told.value):
        yield told.value


def _name(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


def _key(parts: tuple[str, ...], texts: list[str]) -> Key:
    return Key(**{"plural": "", "context": ""} | dict(zip(parts, texts, strict=False)))


READERS: dict[str, Callable[[Path], Iterator[Key]]] = {".html": of_template, ".py": of_python}


@functools.cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("s2tw").convert
    return convert


def traditional(words: str) -> str:
    converted = _converter()(words)
    for wrong, right in OFFICE_WORDS.items():
        converted = converted.replace(wrong, right)
    return converted


def kept() -> dict[Key, tuple[str, ...]]:
    """The English that is there, by message."""
    path = LOCALE / "en" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {key: english for key, english in _entries(read_po(file)) if all(english)}


def _entries(catalog: Catalog) -> Iterator[tuple[Key, tuple[str, ...]]]:
    for message in catalog:
        if message.id:
            words, plural = message.id if isinstance(message.id, tuple) else (message.id, "")
            said = message.string if isinstance(message.string, tuple | list) else (message.string,)
            yield Key(words, plural, message.context or ""), tuple(said)


def catalogues(words: Iterable[Key], english: dict[Key, tuple[str, ...]]) -> dict[str, Catalog]:
    made = {name: Undated(locale=name, charset="utf-8", header_comment="", fuzzy=False) for name in ("en", "zh_Hant")}
    for key in sorted(words):
        told = {"en": english.get(key, ("", "") if key.plural else ("",)), "zh_Hant": (traditional(key.words),)}
        for name, catalog in made.items():
            catalog.add(
                (key.words, key.plural) if key.plural else key.words,
                told[name] if key.plural else told[name][0],
                context=key.context or None,
            )
    return made


def files(made: dict[str, Catalog]) -> dict[Path, bytes]:
    """What should stand in the folder of catalogues."""
    texts: dict[Path, bytes] = {}
    for name, catalog in made.items():
        folder = LOCALE / name / "LC_MESSAGES"
        text, compiled = io.BytesIO(), io.BytesIO()
        write_po(text, catalog, no_location=True, sort_output=True, width=0)
        write_mo(compiled, catalog)
        texts[folder / "django.po"], texts[folder / "django.mo"] = text.getvalue().lstrip(), compiled.getvalue()
    return texts


def filled(lines: str) -> dict[Key, tuple[str, ...]]:
    rows = [json.loads(line) for line in lines.splitlines() if line.strip()]
    return {Key(words, plural, context): tuple(english) for words, plural, context, *english in rows}


def main(arguments: list[str]) -> None:
    words, english = marked(), kept()
    if arguments[:1] == ["--fill"]:
        english |= filled(Path(arguments[1]).read_text(encoding="utf-8"))
    missing = sorted(key for key in words if key not in english)
    if arguments[:1] == ["--missing"]:
        for key in missing:
            print(json.dumps(key, ensure_ascii=False))
        return
    for path, content in files(catalogues(words, english)).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
    print(f"{len(words)} messages, {len(missing)} without English")
    for key in missing:
        print(f"  {key.words}  ({', '.join(sorted(words[key]))})")


if __name__ == "__main__":
    main(sys.argv[1:])
