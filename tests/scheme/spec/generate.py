"""Writes docs/reference/scheme/: `python -m tests.scheme.spec.generate`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tests.scheme.expressions import spec as expressions
from tests.scheme.spec import (
    core,
    evaluations,
    flows,
    gradings,
    includes,
    inspections,
    marks,
    measures,
    obligations,
    pages,
    plans,
)
from tests.scheme.spec.format import Spec
from xianfeng.paths import write_atomically
from xianfeng.scheme.surface.schema import json_schema

FOLDER = Path(__file__).parents[3] / "docs" / "reference" / "scheme"


def reference() -> dict[str, str]:
    """Every page by its file name."""
    return {
        "README.md": pages.index(),
        "sections.md": pages.sections(),
        "expressions.md": expressions.page(),
        "flows.md": page(flows.TITLE, flows.WORDS, (*flows.SPECS, *flows.TIMED)),
        "marks.md": page(marks.TITLE, marks.WORDS, marks.SPECS),
        "obligations.md": page(obligations.TITLE, obligations.WORDS, (*obligations.SPECS, *obligations.FOLLOWED)),
        "plans.md": page(plans.TITLE, plans.WORDS, plans.SPECS),
        "gradings.md": page(gradings.TITLE, gradings.WORDS, gradings.SPECS),
        "evaluations.md": page(evaluations.TITLE, evaluations.WORDS, (*evaluations.SPECS, evaluations.ONLINE)),
        "inspections.md": page(inspections.TITLE, inspections.WORDS, inspections.SPECS),
        "includes.md": page(includes.TITLE, includes.WORDS, includes.SPECS),
        "measures.md": page(measures.TITLE, measures.WORDS, measures.SPECS),
        "core.md": core.page(),
        "faults.md": pages.faults(),
        "schema.json": json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n",
    }


def page(title: str, words: str, specs: Sequence[Spec]) -> str:
    return "\n".join([f"# {title}", "", words, "", *(line for spec in specs for line in spec.markdown())])


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in reference().items():
        write_atomically(FOLDER / name, text.encode())
