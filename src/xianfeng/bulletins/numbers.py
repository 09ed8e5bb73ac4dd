"""Numbers as the office prints them: 383, 18%, 3.7万, 6361亿, 19800多, 三百二十五, 所有.

Rounding is half-up on the exact decimal, as in every office; a float never comes near.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

from xianfeng.figures.interface import Figure
from xianfeng.problems import Problem
from xianfeng.scheme.displays import MOST_PLACES, SUITED, TITLES, WORDS, Quantity
from xianfeng.scheme.measuring import Display
from xianfeng.sentences import say

NOT_REPORTED = "未报"

Number = int | Decimal


def printed(value: Number | None, display: Display) -> str:
    """The text of a value. None, nothing reported, is never printed as a number."""
    if value is None:
        return NOT_REPORTED
    with localcontext(prec=60):
        exact = Decimal(value)
        if not exact and display.style in ("wan", "yi"):
            return "0"  # 0名, never 0万名
        text = _STYLES[display.style](abs(exact), display)
    minus = "负" if display.style == "words" else "-"
    return minus + text if exact < 0 and text.strip("0.%") else text


def told(figure: Figure, display: Display) -> str:
    """A figure as it is printed: of one that may be more, at least how much."""
    return floored(printed(figure.value, display), is_floor=figure.is_floor)


def floored(text: str, *, is_floor: bool) -> str:
    """The words of a value; every figure's go through here, in whichever style."""
    return say("至少{n}", n=text) if text and is_floor else text


def rounds_to_zero(value: Number, display: Display) -> bool:
    """Whether something prints as nothing: 383 as 0万, 0.3% as 0%. A zero that is one may print."""
    style = _STYLES[display.style]
    return value != 0 and style(abs(Decimal(value)), display) == style(Decimal(0), display)


def finer(value: Number, display: Display) -> str:
    """The coarsest `show` near a display that still says something of a value other than zero."""
    exact = Decimal(value)
    for style in _FINER.get(display.style, (display.style,)):
        for places in range(2 if style in ("yi", "wan") else min(MOST_PLACES, max(0, -exact.adjusted())) + 1):
            show = f"{style}:{places}" if places else style
            if not rounds_to_zero(exact, parse_show(show, display)):
                return show
    return f"{display.style}:{MOST_PLACES}"


def spoken(value: Decimal, display: Display, unit: str) -> str:
    """An exact value as people read it: 17.8462%, 6361亿元; what 亿 cannot say in four places, in full behind it."""
    if display.style in ("percent", "all_or_percent"):
        return f"{_bare(value * 100)}%{unit}"
    full = f"{_bare(value)}{unit}"
    if abs(value) < 10**8:
        return full
    large = value / 10**8
    short = _trimmed(large, 4)
    return f"{short}亿{unit}" if Decimal(short) == large else f"{short}亿{unit}（{full}）"


def _bare(value: Decimal) -> str:
    """Without the zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def chosen(show: str, default: Display, of: Quantity) -> Display:
    """A template's `show=` for such a value; '' keeps the scheme's own. A `Problem` where it would print another."""
    display = parse_show(show, default)
    if show and display.style not in SUITED[of]:
        told = say("{style} 不适合{titles}，会印成别的数。", style=display.style, titles=TITLES[of][0])
        styles = "、".join(style for style in _STYLES if style in SUITED[of])
        raise Problem("bulletin.unfit_style", told, hint=say("可用：{styles}。", styles=styles))
    return display


def parse_show(show: str, default: Display) -> Display:
    """A template's `show='wan:1'` as a display; '' keeps the measure's own."""
    if not show:
        return default
    style, *details = show.split(":")
    if style not in _STYLES:
        raise _unknown(show)
    if style != default.style:
        default = replace(default, style=style, word="")  # type: ignore[arg-type]  # 多, 余, 所有, 各 belong to a style
    try:
        if style == "lower_bound":
            return _lower_bound_from(details, default)
        (places,) = details or ("0",)
        return replace(default, places=_whole(places, 0, MOST_PLACES))
    except ValueError:
        raise _unknown(show) from None


def _lower_bound_from(details: list[str], default: Display) -> Display:
    """From ['100', '余']; what is not said stays as it is."""
    step, word = (*details, *(str(default.step), default.word)[len(details) :])
    if details[1:] and word not in WORDS["lower_bound"]:
        raise ValueError(word)
    return replace(default, step=_whole(step, 1, 10**12), word=word)


def _whole(text: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise ValueError(text)
    return int(text)


def _unknown(show: str) -> Problem:
    hint = say(
        "可用：{styles}；小数位数0到{most_places}，如 wan:1；lower_bound:100:余 的词只能是多、余。",
        styles="、".join(_STYLES),
        most_places=MOST_PLACES,
    )
    return Problem("bulletin.unknown_style", say("没有'{show}'这种写法。", show=show), hint=hint)


def _fixed(value: Decimal, places: int) -> str:
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"


def _trimmed(value: Decimal, places: int) -> str:
    return _bare(Decimal(_fixed(value, places)))


def _plain(value: Decimal, display: Display) -> str:
    return _fixed(value, display.places)


def _percent(value: Decimal, display: Display) -> str:
    return _fixed(value * 100, display.places) + "%"


def _wan(value: Decimal, display: Display) -> str:
    return _trimmed(value / 10**4, display.places) + "万"


def _yi(value: Decimal, display: Display) -> str:
    return _trimmed(value / 10**8, display.places) + "亿"


def _lower_bound(value: Decimal, display: Display) -> str:
    """19823 → 19800多. An exact multiple has no more to it, and below the first step the number itself is told."""
    floor = value // display.step * display.step
    if not floor or floor == value:
        return _trimmed(value, display.places)
    return f"{floor:f}{display.word or '多'}"


def _all_or_percent(value: Decimal, display: Display) -> str:
    """所有 or 各, or 99.5%的. Rounded down: one village short is never '100%'."""
    if value == 1:
        return display.word or "所有"
    floored = (value * 100).quantize(Decimal(1).scaleb(-display.places), ROUND_DOWN)
    return f"{floored:f}%的"


_DIGITS = "零一二三四五六七八九"
_ROUND = {10: "十", 100: "百", 1000: "千", 10_000: "万", 100_000_000: "亿"}


def _words(value: Decimal, display: Display) -> str:
    """A count in characters: 五, 十八, 三百二十五; a round one as in 百个, 千名; two of something is 两."""
    number = int(value.quantize(Decimal(1), ROUND_HALF_UP))
    if number in _ROUND:
        return _ROUND[number]
    text = _large(number)
    return text[1:] if text.startswith("一十") else text


def _large(number: int) -> str:
    if number == 0:
        return "零"
    if number == 2:
        return "两"
    for unit, name in ((10**8, "亿"), (10**4, "万")):
        if number >= unit:
            high, low = divmod(number, unit)
            joint = "零" if low and low < unit // 10 else ""
            return _large(high) + name + joint + (_below(low) if low < 10**4 else _large(low) if low else "")
    return _below(number)


def _below(number: int) -> str:
    """0…9999; '' for 0."""
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if not digit:
            gap = bool(text)
            continue
        spoken = "两" if digit == 2 and unit == 1000 else _DIGITS[digit]
        text += ("零" if gap else "") + spoken + name
        gap = False
    return text


_STYLES: Mapping[str, Callable[[Decimal, Display], str]] = {
    "plain": _plain,
    "percent": _percent,
    "wan": _wan,
    "yi": _yi,
    "lower_bound": _lower_bound,
    "words": _words,
    "all_or_percent": _all_or_percent,
}

_FINER: Mapping[str, tuple[str, ...]] = {
    "yi": ("yi", "wan", "plain"),
    "wan": ("wan", "plain"),
    "words": ("plain",),
    "lower_bound": ("plain",),
}
