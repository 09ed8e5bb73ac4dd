"""A scheme on its way: the nodes that could be built, the place of each, and what was refused so far.

Checks look at a draft, so that the faults of the third measure are told together with the unknown key of the first.
What was refused is known by its path; a rule does not complain about a name whose definition was itself refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from xianfeng.scheme.commending import Commendation
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.scheme.faults import Fault, fault, nearest
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.inspecting import Inspection
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Bulletin, Constant, Kind, Phase, Role, Standard
from xianfeng.scheme.obliging import Ladder, Obligation, Window
from xianfeng.scheme.planning import Plan
from xianfeng.scheme.surface.reading import Reading
from xianfeng.scheme.surface.tree import Scalar


@dataclass
class Draft:
    reading: Reading
    heading: dict[str, Any]
    shared: frozenset[str] = frozenset()  # kinds that a library defines
    replaced: tuple[tuple[str, Scalar, Scalar], ...] = ()  # values laid over an included one: path, before, after
    has_file: Callable[[str], bool] = lambda path: False
    phases: list[tuple[str, Phase]] = field(default_factory=list)  # with the path of each
    standards: dict[str, Standard] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    constants: dict[str, Constant] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    obligations: dict[str, Obligation] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    bulletins: dict[str, Bulletin] = field(default_factory=dict)
    ladders: dict[str, Ladder] = field(default_factory=dict)
    quiet: dict[str, Window] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    evaluations: dict[str, Evaluation] = field(default_factory=dict)
    inspections: dict[str, Inspection] = field(default_factory=dict)
    gradings: dict[str, Grading] = field(default_factory=dict)
    commendations: dict[str, Commendation] = field(default_factory=dict)

    @property
    def historical(self) -> bool:
        return bool(self.heading.get("historical", False))

    def at(self, code: str, path: str, **details: object) -> Fault:
        """A fault at the value of a path."""
        return fault(code, self.reading.of_value(path), **details)

    def at_key(self, code: str, path: str, **details: object) -> Fault:
        """A fault at the key of a path: where a thing is defined."""
        return fault(code, self.reading.at(path), **details)

    def report(self, code: str, path: str, **details: object) -> None:
        """Tell a fault at the key of a path while building; the thing at that path is refused."""
        self.reading.refuse(code, self.reading.at(path), path, **details)

    def refer(self, code: str, path: str, name: str, section: str, known: Any) -> None:
        """Tell a fault while building if `name` is defined nowhere."""
        found = self.unknown(code, path, name, section, known)
        if found:
            self.reading.faults.append(found)
            self.reading.broken.add(path)

    def unknown(self, code: str, path: str, name: str, section: str, known: Any) -> Fault | None:
        """A fault for a name that nothing defines; None when its definition was refused or its file is missing."""
        if name in known or self.reading.incomplete or self.reading.is_broken(f"{section}.{name}"):
            return None
        if section in self.reading.broken:
            return None
        return self.at(code, path, name=name, near=nearest(name, known))
