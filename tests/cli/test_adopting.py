"""`xianfeng scheme adopt`: from a folder that passes its check to a campaign that records and bulletins know."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import run, told
from tests.ledger import factories
from xianfeng.ledger import versions
from xianfeng.ledger.models import SchemeVersion
from xianfeng.log.models import Seal
from xianfeng.problems import Problem

MINHOU = """xianfeng: 1
scheme: minhou-2026
title: 闽侯活动
at: "350121"
include: [core]
runs: {from: 2026-01-01, to: 2026-12-31, timezone: Asia/Shanghai}
measures:
  commitments: {title: 公开承诺, unit: 条, count: commitment, by: entered(published)}
"""


@pytest.fixture
def folder(tmp_path: Path, db: None) -> Path:
    factories.world()
    (tmp_path / "scheme.yaml").write_text(MINHOU)
    return tmp_path


def test_a_started_scheme_leads_to_an_adopted_one(tmp_path: Path, db: None) -> None:
    factories.world()
    path = tmp_path / "minhou-2026"
    assert f"xianfeng scheme adopt {path}" in told("scheme", "new", str(path), "--title", "闽侯活动", "--at", "350121")
    assert f"xianfeng scheme adopt {path}" in told("scheme", "check", str(path))
    printed = told("scheme", "adopt", str(path))
    assert printed.startswith("已载入：闽侯活动（minhou-2026），版本 ")
    assert "所属组织：闽侯县（350121）" in printed
    assert "第一个版本" in printed
    assert versions.current("minhou-2026").title == "闽侯活动"
    assert Seal.objects.get().size == SchemeVersion.objects.get(name="minhou-2026").seq


def test_an_edit_counts_once_it_is_adopted_and_says_what_it_changes(folder: Path) -> None:
    told("scheme", "adopt", str(folder))
    (folder / "scheme.yaml").write_text(
        MINHOU.replace("title: 公开承诺", "title: 承诺").replace("unit: 条", "unit: 项")
    )
    assert versions.current("minhou-2026").measures["commitments"].unit == "条"
    assert "改动 2 处（measures.commitments.title、measures.commitments.unit）" in told("scheme", "adopt", str(folder))
    assert versions.current("minhou-2026").measures["commitments"].unit == "项"
    assert "没有重复载入" in told("scheme", "adopt", str(folder))


def test_an_old_text_is_not_silently_ignored(folder: Path) -> None:
    told("scheme", "adopt", str(folder))
    (folder / "scheme.yaml").write_text(MINHOU.replace("unit: 条", "unit: 项"))
    told("scheme", "adopt", str(folder))
    (folder / "scheme.yaml").write_text(MINHOU)
    with pytest.raises(Problem) as refused:
        run("scheme", "adopt", str(folder))
    assert refused.value.code == "scheme.superseded"


def test_whoever_would_end_a_campaign_that_runs_says_so(folder: Path) -> None:
    """As by taking in the file of a demonstration, whose days were moved."""
    (folder / "scheme.yaml").write_text(MINHOU.replace("to: 2026-12-31", "to: 2099-12-31"))
    told("scheme", "adopt", str(folder))
    (folder / "scheme.yaml").write_text(MINHOU.replace("to: 2026-12-31", "to: 2026-02-28"))
    with pytest.raises(Problem) as refused:
        told("scheme", "adopt", str(folder))
    assert refused.value.code == "scheme.ends"
    assert versions.current("minhou-2026").until.year == 2099
    assert "改动 1 处（until）" in told("scheme", "adopt", str(folder), "--end")
    (folder / "scheme.yaml").write_text(MINHOU.replace("to: 2026-12-31", "to: 2026-02-27"))
    told("scheme", "adopt", str(folder))  # it is over already


def test_faults_are_told_and_nothing_is_adopted(folder: Path) -> None:
    (folder / "scheme.yaml").write_text(MINHOU.replace("title: 闽侯活动", "titel: 闽侯活动"))
    with pytest.raises(Problem) as refused:
        run("scheme", "adopt", str(folder))
    assert refused.value.code == "ledger.scheme_faults"
    assert "titel" in str(refused.value)
    with pytest.raises(Problem) as unknown:
        versions.current("minhou-2026")
    assert "xianfeng scheme adopt" in unknown.value.hint


def test_a_root_that_is_not_registered_is_told(folder: Path) -> None:
    (folder / "scheme.yaml").write_text(MINHOU.replace("350121", "350999"))
    assert "import-divisions --under 350999" in told("scheme", "adopt", str(folder))
