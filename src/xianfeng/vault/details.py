"""Personal details in what somebody wrote: found before it is published, and the numbers among them never published.

Numbers that lead to a person are masked whoever publishes, however they are spaced and in whatever digits; several
names in a row are only pointed out, since a rule cannot tell whose they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MASK = "■■■■"
_GAP = r"[ \t\-./()\[\]·_~*|]{0,4}"  # between any two digits; narrow, and every dash written as one
_MORE = rf"(?:{_GAP}\d)"
_MAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+", re.ASCII)
_DIGITS = (
    ("identity", rf"[1-9]{_MORE}{{5}}{_GAP}(?:1{_GAP}[89]|2{_GAP}0){_MORE}{{9}}{_GAP}[\dXx]"),
    ("identity", rf"[1-9]\d{{5}}{_GAP}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]){_GAP}\d{{3}}"),  # until 1999
    ("card", rf"\d{{4}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?"),
    ("telephone", rf"(?:\+?(?:00)?86{_GAP})?1{_GAP}[3-9]{_MORE}{{9}}"),
    ("telephone", rf"\(?0\d{{2,3}}{_MORE}{{7,8}}"),
)
_NUMBERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    *((sort, re.compile(rf"(?<!\d){digits}(?!\d)")) for sort, digits in _DIGITS),
    ("mail", _MAIL),
)
_SPELLED = str.maketrans("〇零一幺二三四五六七八九", "001123456789")
_UNSEEN = ("Cf", "Mn", "Me")  # what has no width, or stands on another sign
_DASH = "Pd"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤游翁池柯连施卓"
)
_NAME = rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}"
_NAMES = re.compile(rf"{_NAME}(?:[、,，\s]{_NAME}){{2,}}")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

TITLES: dict[str, str | Promise] = {
    "identity": _("身份证号"),
    "card": _("银行卡号"),
    "telephone": _("电话号码"),
    "mail": _("电子邮箱"),
    "known": _("登记的姓名或电话"),
    "names": _("一串姓名"),
    "link": _("网址"),
}


@dataclass(frozen=True)
class Detail:
    """`sort`: a key of TITLES. `masked`: it will not be published."""

    sort: str
    text: str
    start: int
    end: int
    masked: bool


def found(text: str, known: Iterable[str] = ()) -> tuple[Detail, ...]:
    """In the order of the text, none within another. `known`: what is known to lead to somebody, as his name."""
    taken: list[Detail] = []
    for detail in _candidates(_Plain.of(text), known):
        if not any(detail.start < other.end and other.start < detail.end for other in taken):
            taken.append(detail)
    return tuple(sorted(taken, key=lambda detail: detail.start))


def masked(text: str, known: Iterable[str] = ()) -> str:
    """The text as it may be published."""
    for detail in reversed(found(text, known)):
        if detail.masked:
            text = text[: detail.start] + MASK + text[detail.end :]
    return text


@dataclass(frozen=True)
class _Plain:
    """A text without what is not seen, full-width signs as their narrow twins; `places`: of each sign, in the text."""

    text: str
    plain: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Plain:
        signs = [(sign, place) for place, each in enumerate(text) for sign in _narrow(each)]
        return cls(text, "".join(sign for sign, _ in signs), tuple(place for _, place in signs))

    def details(self, sort: str, pattern: re.Pattern[str], *, spelled: bool = False, masked: bool) -> Iterator[Detail]:
        """`spelled`: with 一三八 for 138."""
        for match in pattern.finditer(self.plain.translate(_SPELLED) if spelled else self.plain):
            start, end = self.places[match.start()], self.places[match.end() - 1] + 1
            yield Detail(sort, self.text[start:end], start, end, masked)


def _candidates(plain: _Plain, known: Iterable[str]) -> Iterator[Detail]:
    for pattern in filter(None, map(_spelling, known)):
        yield from plain.details("known", pattern, masked=True)
    for spelled in (False, True):
        for sort, pattern in _NUMBERS:
            yield from plain.details(sort, pattern, spelled=spelled, masked=True)
    yield from plain.details("names", _NAMES, masked=False)
    yield from plain.details("link", _LINK, masked=False)


def _spelling(known: str) -> re.Pattern[str] | None:
    """Finds it however it is spaced; one sign alone leads to nobody."""
    signs = [re.escape(sign) for sign in re.sub(rf"\s|{_GAP}", "", _Plain.of(known).plain)]
    return re.compile(_GAP.join(signs)) if len(signs) > 1 else None


def _narrow(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in _UNSEEN:
        return ""
    return "-" if category == _DASH else unicodedata.normalize("NFKC", sign)
