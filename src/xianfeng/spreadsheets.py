"""Text that no spreadsheet runs: what people typed goes into Excel and CSV as words, whatever it begins with."""

from __future__ import annotations

import re

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")
LONGEST = 32_767  # characters in a cell, by Excel's own limit


def harmless(words: str) -> str:
    """Text that no spreadsheet takes for a formula, here or after it was saved as CSV; a lone dash stays a dash."""
    plain = ILLEGAL_CHARACTERS_RE.sub("", words)[: LONGEST - 1]
    return f"'{plain}" if len(plain) > 1 and FORMULA.match(plain) else plain
