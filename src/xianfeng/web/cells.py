"""One value as a page shows it and as a workbook keeps it. What nobody reported never looks like a number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from xianfeng.bulletins.numbers import floored
from xianfeng.figures.interface import Figure
from xianfeng.sentences import Said, translated
from xianfeng.web.templatetags.xianfeng import exact

PERCENT = "0.00%"


class Look(StrEnum):
    PLAIN = ""
    UNREPORTED = "unreported"  # somebody owes it
    NOTHING = "nothing"  # there is nothing to count
    TAG = "tag"
    ATTENTION = "attention"
    DONE = "done"


@dataclass(frozen=True)
class Cell:
    """`value`: the exact number or day behind the text. `format`: how a workbook shows it, in Excel's language.

    `beside`: what a page alone shows after the words: files, a box to tick, a button.
    """

    text: str
    value: int | Decimal | dt.date | None = None
    link: str = ""
    note: str = ""
    look: Look = Look.PLAIN
    format: str = ""
    digits: str = ""  # every digit, where the text has fewer
    beside: SafeString | str = ""
    shown: SafeString | str = ""  # on a page, instead of the words

    @property
    def pasted(self) -> str:
        """What 'copy' takes instead of the text: a number without its grouping."""
        return str(self.value) if isinstance(self.value, int | Decimal) and not self.format else ""

    @property
    def is_day(self) -> bool:
        """Which no line is broken within."""
        return isinstance(self.value, dt.date)

    @property
    def html(self) -> SafeString:
        """As `{{ cell.html }}` shows it: faster than a template of its own, and a table has hundreds."""
        shown = format_html('<a href="{}">{}</a>', self.link, self.plain) if self.link else self.plain
        noted = format_html('{} <span class="quiet">{}</span>', shown, self.note) if self.note else shown
        return format_html("{}{}", noted, self.beside) if self.beside else noted

    @property
    def plain(self) -> SafeString:
        """Without its link."""
        if self.look is Look.UNREPORTED:
            return format_html('<span class="unreported">{}</span>', self.words)
        if self.look is Look.NOTHING:
            return format_html('<span class="nothing" title="{}">—</span>', gettext("没有可以计算的对象"))
        if self.look:
            return format_html('<span class="tag {}">{}</span>', self.look.value, self.text)
        if self.shown:
            return SafeString(self.shown)
        if self.digits:
            return format_html('<span title="{}">{}</span>', self.digits, self.text)
        return conditional_escape(self.text)

    @property
    def words(self) -> str:
        """What stands there for who sees neither colour nor link."""
        if self.look is Look.UNREPORTED:
            return self.text or gettext("未报")
        return "—" if self.look is Look.NOTHING else self.text

    @property
    def blank(self) -> bool:
        return not self.text and not self.beside and self.look is Look.PLAIN


def text(
    words: object, *, link: str = "", note: str = "", look: Look = Look.PLAIN, beside: SafeString | str = ""
) -> Cell:
    """Words, and codes and numbers that nobody adds up: 18 digits stay 18 digits."""
    return Cell(
        translated(words) if isinstance(words, Said) else str(words), link=link, note=note, look=look, beside=beside
    )


def number(value: int | Decimal | None, *, shown: str = "", link: str = "", format: str = "") -> Cell:  # noqa: A002
    """A number; `shown` is how it reads when not simply its digits. None is nothing to count, and no zero."""
    if value is None:
        return nothing()
    return Cell(shown or exact(value), value, link=link, format=format)


def day(value: dt.date | None, *, link: str = "") -> Cell:
    return Cell(value.isoformat(), value, link=link, format="yyyy-mm-dd") if value else nothing()


def linked(places: Iterable[tuple[str, str]]) -> Cell:
    """Several words, each with an address."""
    found = list(places)
    links = format_html_join(" ", '<a href="{}">{}</a>', ((href, words) for words, href in found))
    return Cell(gettext("、").join(words for words, _href in found), shown=links)


def unreported(words: str = "", *, link: str = "") -> Cell:
    return Cell(words, link=link, look=Look.UNREPORTED)


def nothing() -> Cell:
    return Cell("", look=Look.NOTHING)


def unasked() -> Cell:
    """Nobody has to report it there, which is something else than 0."""
    words = gettext("无报送要求")
    return Cell(words, shown=format_html('<span class="quiet">{}</span>', words))


def figure(found: Figure, shown: str, *, link: str = "", digits: str = "") -> Cell:
    """A figure of a measure: its number (`digits`: in full, where `shown` has fewer); or 未报 where somebody owes it;
    or a dash: there is nothing to count."""
    if found.value is None:
        return unreported(link=link) if found.missing else nothing()
    cell = number(found.value, shown=shown, link=link, format=in_workbook(found.value, shown, is_floor=found.is_floor))
    return replace(cell, digits=digits)


def at_least(value: int | Decimal, *, is_floor: bool) -> Cell:
    """A number that may be more."""
    shown = amount(value, is_floor=is_floor)
    return number(value, shown=shown, format=in_workbook(value, shown, is_floor=is_floor))


def amount(value: int | Decimal, *, is_floor: bool) -> str:
    return translated(floored(exact(value), is_floor=is_floor))


def in_workbook(value: int | Decimal, shown: str, *, is_floor: bool) -> str:
    """A figure's number as a workbook shows it; one that may be more stays a number, with the words around it."""
    usual = PERCENT if shown.endswith("%") else ""
    if not is_floor:
        return usual
    before, _, after = translated(floored("\0", is_floor=True)).partition("\0")
    digits = usual or ("#,##0" if value == int(value) else "#,##0.##########")
    return "".join(f'"{part}"' if part != digits else part for part in (before, digits, after) if part)
