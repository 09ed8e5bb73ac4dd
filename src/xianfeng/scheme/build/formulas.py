"""Expressions inside a scheme: parsed with the names they may use, their faults told at the very character."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from xianfeng.scheme.expressions import BOOLEAN, Expression, ExpressionFault, ExpressionFaults, Type
from xianfeng.scheme.expressions.expression import parse
from xianfeng.scheme.faults import fault
from xianfeng.scheme.surface.reading import Reading

_PATH_HERE = re.compile(r"\w+(\.\w+)?")


@dataclass(frozen=True)
class Scope:
    """The names a formula may use, and why it may not use the others."""

    names: Mapping[str, Type]
    barred: Mapping[str, str] = field(default_factory=dict)  # name -> code of the fault that tells why
    refused: Callable[[str], bool] = lambda name: False  # whether it is missing because its definition was refused


class Formulas:
    """Parses one scheme's formulas, with its constants."""

    def __init__(self, reading: Reading, constants: Mapping[str, Decimal]) -> None:
        self.reading = reading
        self.constants = constants

    def parse(
        self,
        text: str | None,
        path: str,
        scope: Scope,
        *,
        origin: Callable[[int], int] = int,
        expect: Type | None = BOOLEAN,
    ) -> Expression | None:
        """The condition, or None after reporting. `origin`: where a character of `text` stands in what was written;
        `expect`: of another sort than a condition, None for any."""
        if text is None:
            return None
        try:
            return parse(text, scope.names, constants=self.constants, expect=expect)
        except ExpressionFaults as refused:
            for each in refused.faults:
                self._report(each, text, path, scope, origin(each.offset))
            return None

    def _report(self, found: ExpressionFault, text: str, path: str, scope: Scope, place: int) -> None:
        name = _PATH_HERE.match(text, found.offset)
        unknown = found.code == "expression.unknown_name"
        barred = scope.barred.get(name[0]) if name and unknown else None
        self.reading.broken.add(path)
        if unknown and name and not barred and scope.refused(name[0]):
            return
        mark = self.reading.inside(path, place)
        if barred and name:
            self.reading.faults.append(fault(barred, mark, name=name[0]))
        else:
            self.reading.faults.append(fault(found.code, mark, message=found.message, advice=found.hint))
