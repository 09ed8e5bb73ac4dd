"""Conventions that a reader relies on and nobody should have to remember."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]

# Every model is one of these: written once, or a projection that `check` rebuilds and compares, or working state.
IMMUTABLE = {
    "Entry",
    "Posting",
    "Seal",
    "Tile",
    "SchemeVersion",
    "Closing",
    "AccountEvent",
    "CommentEvent",
    "ComplaintEvent",
    "Proposal",
    "ProposalLine",
}
PROJECTION = {
    "Organisation",
    "Affiliation",
    "Place",
    "Designation",
    "Person",
    "Appointment",
    "Membership",
    "Record",
    "Attachment",
    "Mention",
    "Imported",
    "SearchDocument",
    "SearchTerm",
    "Round",
    "Term",
    "Duty",
    "Tally",
    "Circular",
}
WORKING = {
    "Poll",
    "Code",
    "Ballot",
    "Counterfoil",
    "Feed",
    "Manuscript",
    "InspectionPlan",
    "Signal",
    "DrawnVisit",
    "Going",
    "Head",
    "PersonalValue",
    "PersonalRead",
    "SearchProgress",
    "DutyProgress",
    "Account",
    "Invitation",
    "Link",
    "Draft",
    "Comment",
    "Complaint",
    "Sending",
    "Topic",
    "Message",
    "Delivery",
    "Preference",
    "Tick",
    "EvaluationRound",
    "Electorate",
    "JudgedUnit",
    "CountingSheet",
    "WrittenAnswer",
    "Worker",
}


def models() -> set[str]:
    here = {model.__name__ for model in apps.get_models() if model.__module__.startswith("xianfeng.")}
    return here | set().union(*map(_apart, ("issuing", "box")))


def _apart(name: str) -> set[str]:
    """Those of an application that runs apart from the house, with settings of its own."""
    code = "import django; django.setup(); print(*(model.__name__ for model in django.apps.apps.get_models()))"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": f"xianfeng.config.{name}", "DATABASE_URL": ""}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def test_every_model_says_how_it_may_change() -> None:
    assert models() == IMMUTABLE | PROJECTION | WORKING


def test_every_model_is_in_the_glossary() -> None:
    words = set(re.findall(r"[A-Z][A-Za-z]+", (ROOT / "GLOSSARY.md").read_text()))
    glossary = words | {"SchemeVersion", "Head"}
    assert models() - glossary == set()


def test_migrations_have_descriptive_names() -> None:
    names = [
        path.stem for path in tracked("src/*/migrations/*.py", "src/**/migrations/*.py") if path.stem != "__init__"
    ]
    assert names
    assert [name for name in names if "_auto_" in name or re.fullmatch(r"\d{4}_(initial|\d+)", name)] == []


def test_every_setting_is_documented() -> None:
    source = "\n".join(path.read_text() for path in tracked("src/xianfeng/*.py"))
    asked = set(re.findall(r"environ(?:\.get\()?\[?\(?\"([A-Z_]+)\"", source)) - {"DJANGO_SETTINGS_MODULE", "PATH"}
    documented = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(), flags=re.MULTILINE))
    assert asked == documented


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"/(work|root|farm|home)/[a-z]", id="paths of one machine"),
        pytest.param(r"registry\.npmjs|pypi\.org|files\.pythonhosted", id="registry hosts"),
        pytest.param(r"\b(TODO|FIXME|XXX)\b", id="unfinished business"),
    ],
)
def test_nothing_committed_mentions(pattern: str) -> None:
    here = Path(__file__)
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked(
            "*.py", "*.md", "*.yaml", "*.toml", "*.txt", "*.json", "*.html", "*.css", "Makefile", "scripts/*"
        )
        if path != here
        for match in [re.search(pattern, path.read_text(errors="ignore"))]
        if match
    ]
    assert found == []
