"""A flow as a picture: its states one under another, its moves as arrows; the same is told in sentences beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xianfeng.scheme.flowing import Flow
from xianfeng.web.templatetags.xianfeng import listed

_BOX, _TALL, _GAP, _EDGE = 168, 44, 34, 8
_CHARACTER, _LANE = 14, 26  # of a label; between the box and the first arrow beside it


@dataclass(frozen=True)
class _Arrow:
    """All moves from one state to another; states by their place from the top."""

    start: int
    end: int
    label: str

    @property
    def straight(self) -> bool:
        return self.end == self.start + 1


def drawn(flow: Flow, label: str) -> SafeString:
    order = _order(flow)
    arrows = _arrows(flow, order)
    back = [arrow for arrow in arrows if arrow.end <= arrow.start]
    skip = [arrow for arrow in arrows if arrow.end > arrow.start + 1]
    left = _widths(back)
    x = _EDGE + left
    straight = max((_width(arrow.label) for arrow in arrows if arrow.straight), default=0)
    right = max(_widths(skip), straight - _BOX // 2)
    width, height = x + _BOX + right + _EDGE, len(order) * (_TALL + _GAP) - _GAP + 2 * _EDGE
    shapes = [
        *(_box(flow, name, x, at) for at, name in enumerate(order)),
        *(_down(arrow, x) for arrow in arrows if arrow.straight),
        *_beside(skip, x + _BOX, 1),
        *_beside(back, x, -1),
    ]
    return format_html(
        '<svg class="flow" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">{}</svg>',
        *(width, height, width, height, label),
        format_html_join("", "{}", ((shape,) for shape in shapes)),
    )


def _order(flow: Flow) -> list[str]:
    """As a record gets there: the first state on top, what is reached later below, otherwise as in the file."""
    found, waiting = [flow.initial], [flow.initial]
    while waiting:
        state = waiting.pop(0)
        for move in flow.moves.values():
            if state in move.origins and move.leads(state) not in found:
                found.append(move.target)
                waiting.append(move.target)
    return [*found, *(name for name in flow.states if name not in found)]


def _arrows(flow: Flow, order: Sequence[str]) -> list[_Arrow]:
    labels: dict[tuple[int, int], list[str]] = {}
    for move in (one for one in flow.moves.values() if one.target):
        for origin in move.origins:
            labels.setdefault((order.index(origin), order.index(move.target)), []).append(move.title)
    return [_Arrow(start, end, listed(told)) for (start, end), told in labels.items()]


def _width(label: str) -> int:
    return sum(_CHARACTER if ord(each) > 255 else _CHARACTER // 2 + 1 for each in label) + 14


def _widths(arrows: Iterable[_Arrow]) -> int:
    widths = [_width(arrow.label) for arrow in arrows]
    return sum(widths) + _LANE if widths else 0


def _middle(at: int) -> int:
    return _EDGE + at * (_TALL + _GAP) + _TALL // 2


def _box(flow: Flow, name: str, x: int, at: int) -> SafeString:
    state = flow.states[name]
    look = " ".join(filter(None, ("first" if name == flow.initial else "", "" if state.open else "closed")))
    return format_html(
        '<g class="state {}"><rect x="{}" y="{}" width="{}" height="{}" rx="6"/><text x="{}" y="{}">{}</text></g>',
        *(look, x, _middle(at) - _TALL // 2, _BOX, _TALL, x + _BOX // 2, _middle(at) + 5, state.title),
    )


def _down(arrow: _Arrow, x: int) -> SafeString:
    middle, top, bottom = x + _BOX // 2, _middle(arrow.start) + _TALL // 2, _middle(arrow.end) - _TALL // 2
    return format_html(
        '<g class="move"><path d="M{} {}V{}"/>{}<text class="from" x="{}" y="{}">{}</text></g>',
        *(middle, top, bottom - 6, _head(middle, bottom, "down"), middle + 9, (top + bottom) // 2 + 4, arrow.label),
    )


def _beside(arrows: Sequence[_Arrow], x: int, side: int) -> list[SafeString]:
    """Each in a lane of its own, its label behind its line; `side`: 1 to the right, -1 to the left."""
    drawn_, lane = [], x + side * _LANE
    for number, arrow in enumerate(sorted(arrows, key=lambda arrow: abs(arrow.end - arrow.start))):
        shift = 5 * (number - len(arrows) // 2)
        start, end = _middle(arrow.start) + shift, _middle(arrow.end) + shift
        if arrow.start == arrow.end:
            start, end = start - 9, start + 9
        drawn_.append(
            format_html(
                '<g class="move"><path d="M{} {}H{}V{}H{}"/>{}<text class="{}" x="{}" y="{}">{}</text></g>',
                *(x, start, lane, end, x + side * 6, _head(x, end, "left" if side > 0 else "right")),
                *("from" if side > 0 else "to", lane + side * 6, (start + end) // 2 + 4, arrow.label),
            )
        )
        lane += side * _width(arrow.label)
    return drawn_


def _head(x: int, y: int, to: str) -> SafeString:
    points = {
        "down": ((x - 4, y - 7), (x + 4, y - 7)),
        "left": ((x + 7, y - 4), (x + 7, y + 4)),
        "right": ((x - 7, y - 4), (x - 7, y + 4)),
    }[to]
    (ax, ay), (bx, by) = points
    return format_html('<polygon points="{},{} {},{} {},{}"/>', x, y, ax, ay, bx, by)
