"""What the documents state, and ways to make the demonstration's books say something else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xianfeng.acceptance import expected

SCHEMES = Path(__file__).parents[2] / "schemes"


def expectations(system: str) -> expected.System:
    return expected.read(SCHEMES / system / "figures.yaml")


def perturb(system: str, case: dict[str, Any]) -> None:
    from xianfeng.demo import filing, groundwork, plan, prepare

    by = prepare.office(system)
    if "without" in case:
        take_back(case["without"], system)
        return
    planned = plan.read(SCHEMES / system / "demo.yaml")
    raw = {"plan": 1, "scheme": system, "seed": 1, "until": planned.until}
    extra = plan.build({**raw, "filings": [{"id": "perturbation", **case["item"]}]}, place="perturbations.yaml")
    made = filing.Filed(planned)
    assert filing.file_item(planned, extra.filings[0], groundwork.lay(planned, by=by), made, by=by)


def take_back(without: dict[str, Any], system: str) -> None:
    from xianfeng.demo.prepare import office
    from xianfeng.ledger.handling import withdraw
    from xianfeng.ledger.models import Record

    records = Record.objects.filter(reference__startswith=f"{without['item']}/").order_by("reference")
    chosen = list(records.values_list("id", flat=True))[:: without.get("every", 1)]
    for record in chosen[: without.get("most", len(chosen))]:
        withdraw(by=office(system), record=record, reason="测试：计划里本来没有")
