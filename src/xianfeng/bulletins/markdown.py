"""The Markdown of a rendered template, with its marks, as a document's blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from xianfeng.bulletins import marks
from xianfeng.bulletins.normalise import normalise
from xianfeng.characters import misleading
from xianfeng.papers.document import Block, Heading, Inline, Paragraph, Runs, Table, Text
from xianfeng.problems import Problem
from xianfeng.sentences import say

_PARSER = MarkdownIt("zero", {"html": False}).enable(["heading", "blockquote", "table"])

Item = Inline | Table  # what a mark stands for


@dataclass(frozen=True, kw_only=True)
class Parsed:
    editors_note: tuple[Block, ...]
    body: tuple[Block, ...]


def parse(text: str, items: Sequence[Item]) -> Parsed:
    """Blocks of the text; `items` are what its marks stand for. HTML and anything else unknown stays text."""
    tokens = _PARSER.parse(text)
    note = tuple(_blocks(_quotation(tokens), items))
    return Parsed(editors_note=note, body=tuple(_blocks(tokens[_length(tokens) :], items)))


def parse_line(text: str, items: Sequence[Item]) -> Runs:
    """One line without blocks: a line of the headline."""
    return _runs(text, items)


def _quotation(tokens: list[Token]) -> list[Token]:
    return tokens[1 : _length(tokens) - 1] if _length(tokens) else []


def _length(tokens: list[Token]) -> int:
    """How many tokens the quotation at the very start takes: the editor's note."""
    if not tokens or tokens[0].type != "blockquote_open":
        return 0
    return next(i for i, token in enumerate(tokens) if token.type == "blockquote_close" and token.level == 0) + 1


def _blocks(tokens: list[Token], items: Sequence[Item]) -> Iterator[Block]:
    stream = iter(tokens)
    for token in stream:
        match token.type:
            case "paragraph_open":
                yield _paragraph(next(stream).content, items)
            case "heading_open":
                yield Heading(min(int(token.tag[1:]), 3), _runs(next(stream).content, items))
            case "table_open":
                yield _table(stream, items)
            case "blockquote_open":
                raise Problem("bulletin.quotation", "引用（>）只能在最前面，作编者按。", hint="正文里不用引用。")


def _table(stream: Iterator[Token], items: Sequence[Item]) -> Table:
    rows: list[tuple[Runs, ...]] = []
    for token in stream:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append(())
        elif token.type == "inline":
            rows[-1] = (*rows[-1], _runs(token.content, items))
    return Table(tuple(rows))


def _paragraph(content: str, items: Sequence[Item]) -> Block:
    parts = marks.split(content.strip())
    if len(parts) == 1 and isinstance(parts[0], int):
        item = _item(parts[0], items)
        if isinstance(item, Table):
            return item
    return Paragraph(_runs(content, items))


def _runs(content: str, items: Sequence[Item]) -> Runs:
    runs: list[Inline] = []
    for position, part in enumerate(normalise(content).split("**")):
        strong = position % 2 == 1
        for piece in marks.split(part):
            if isinstance(piece, str):
                runs.append(Text(_unmarked(piece), strong))
            else:
                runs.append(_inline(piece, items, strong=strong))
    return tuple(runs)


def _inline(index: int, items: Sequence[Item], *, strong: bool) -> Inline:
    item = _item(index, items)
    if isinstance(item, Table):
        raise Problem("bulletin.table_in_text", "table(...)、chart(...) 要独占一段。", hint="在它前后各空一行。")
    return replace(item, strong=strong)


def _item(index: int, items: Sequence[Item]) -> Item:
    if index >= len(items):
        raise _forged()
    return items[index]


def _unmarked(text: str) -> str:
    if marks.PRIVATE.search(text):
        raise _forged()
    character = misleading(text)
    if character is not None:
        message = say("模板里有改变阅读方向或控制设备的字符（U+{character:04X}）。", character=ord(character))
        raise Problem("bulletin.misleading_character", message, hint="删去它；它看不见，多半是粘贴时带来的。")
    return text


def _forged() -> Problem:
    return Problem("bulletin.private_characters", "模板里有私用区字符。", hint="删去看不见的字符；生僻字用正式编码。")
