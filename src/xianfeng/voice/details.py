"""Personal details in what somebody wrote: found before it is published, and the numbers among them never published.

Numbers that lead to a person are masked whoever publishes; several names in a row are only pointed out, since a rule
cannot tell whose they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MASK = "■■■■"
_GAP = r"[\s\-—.·]?"
_NUMBERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("identity", re.compile(rf"(?<!\d)\d{{6}}{_GAP}(?:18|19|20)\d{{2}}{_GAP}\d{{4}}{_GAP}\d{{3}}[\dXx](?!\d)")),
    ("card", re.compile(rf"(?<!\d)\d{{4}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?(?!\d)")),
    ("telephone", re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)")),
    ("telephone", re.compile(r"(?<!\d)0\d{2,3}[\s\-—]?\d{7,8}(?!\d)")),
    ("mail", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
)
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


def found(text: str) -> tuple[Detail, ...]:
    """In the order of the text, none within another. Full-width digits count as digits."""
    plain = _narrow(text)
    taken: list[Detail] = []
    for detail in _candidates(text, plain):
        if not any(detail.start < other.end and other.start < detail.end for other in taken):
            taken.append(detail)
    return tuple(sorted(taken, key=lambda detail: detail.start))


def masked(text: str) -> str:
    """The text as it may be published."""
    for detail in reversed(found(text)):
        if detail.masked:
            text = text[: detail.start] + MASK + text[detail.end :]
    return text


def _candidates(text: str, plain: str) -> Iterator[Detail]:
    for sort, pattern in _NUMBERS:
        yield from (_detail(sort, text, match, masked=True) for match in pattern.finditer(plain))
    yield from (_detail("names", text, match, masked=False) for match in _NAMES.finditer(plain))
    yield from (_detail("link", text, match, masked=False) for match in _LINK.finditer(plain))


def _detail(sort: str, text: str, match: re.Match[str], *, masked: bool) -> Detail:
    return Detail(sort, text[match.start() : match.end()], match.start(), match.end(), masked)


def _narrow(text: str) -> str:
    """The same length, full-width signs as their narrow twins."""
    return "".join(one if len(one) == 1 else each for each in text for one in [unicodedata.normalize("NFKC", each)])
