"""What one organisation writes to others in its own name (公文), such as a circular."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import east_asian_width

from xianfeng.papers.document import Block


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """`number`: 发文字号, or that it is a draft. `addressed`: 主送机关. `dated`: 成文日期, '' until it is issued.

    The body ends in a paragraph: it stays on one page with who signs.
    """

    issuer: str
    number: str
    title: tuple[str, ...]  # its lines
    addressed: str
    body: tuple[Block, ...]
    dated: str
    synthetic: bool

    @property
    def indents(self) -> tuple[float, float]:
        """How many characters the issuer's name and the date below it stand from the right.

        By the standard the date begins two characters after the name, and neither ends nearer than two to the margin.
        """
        name, date = _width(self.issuer), _width(self.dated)
        if not date:
            return 2, 0
        of_date = max(2.0, name - date)
        return of_date + date + 2 - name, of_date


def _width(text: str) -> float:
    return sum(1.0 if east_asian_width(one) in "WF" else 0.5 for one in text)
