"""The specifications hold, and the reference prints them as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from tests.scheme.spec import flows, generate, gradings, includes, marks, measures
from tests.scheme.spec.format import Spec
from xianfeng.scheme.surface.schema import json_schema

SCHEME = Path(__file__).parents[1]
BY_TITLE: Callable[[Spec], str] = lambda spec: spec.title  # noqa: E731


@pytest.mark.parametrize("spec", flows.SPECS, ids=BY_TITLE)
def test_flows(spec: Spec) -> None:
    scheme = spec.loaded()
    (kind,) = [kind for name, kind in scheme.kinds.items() if scheme.lines[f"kinds.{name}"][0] == "scheme.yaml"]
    assert flows.moves(kind.flow) == spec.expected


@pytest.mark.parametrize("spec", flows.TIMED, ids=BY_TITLE)
def test_clocks_of_flows(spec: Spec) -> None:
    scheme = spec.loaded()
    (kind,) = [kind for name, kind in scheme.kinds.items() if scheme.lines[f"kinds.{name}"][0] == "scheme.yaml"]
    assert flows.clocks(kind.flow) == spec.expected


@pytest.mark.parametrize("spec", includes.SPECS, ids=BY_TITLE)
def test_includes(spec: Spec) -> None:
    scheme = spec.loaded()
    assert {path: includes.at(scheme, path) for path, _ in spec.expected.rows} == dict(spec.expected.rows)


@pytest.mark.parametrize("spec", marks.CALLED, ids=BY_TITLE)
def test_by_what_records_are_called(spec: Spec) -> None:
    assert marks.names(spec.loaded()) == spec.expected


@pytest.mark.parametrize("spec", marks.PROMISES, ids=BY_TITLE)
def test_which_records_are_promises(spec: Spec) -> None:
    assert marks.promises(spec.loaded()) == spec.expected


@pytest.mark.parametrize("spec", marks.REQUESTS, ids=BY_TITLE)
def test_what_is_asked_of_whoever_brings_something(spec: Spec) -> None:
    assert marks.requests(spec.loaded()) == spec.expected


@pytest.mark.parametrize("spec", marks.HEARD, ids=BY_TITLE)
def test_to_what_one_can_object(spec: Spec) -> None:
    assert marks.heard(spec.loaded()) == spec.expected


@pytest.mark.parametrize("spec", marks.FACTS, ids=BY_TITLE)
def test_with_which_figures_a_form_opens(spec: Spec) -> None:
    assert marks.facts(spec.loaded()) == spec.expected


@pytest.mark.parametrize("spec", marks.AMONG, ids=BY_TITLE)
def test_what_a_number_counts_of_the_registry(spec: Spec) -> None:
    assert marks.among(spec.loaded()) == spec.expected


@pytest.mark.parametrize("spec", gradings.SPECS, ids=BY_TITLE)
def test_which_class_is_proposed(spec: Spec) -> None:
    assert spec.given is not None
    assert gradings.classes(spec.loaded(), spec.given) == spec.expected


@pytest.mark.parametrize("spec", measures.SPECS, ids=BY_TITLE)
def test_measures_say_what_they_count(spec: measures.MeasureSpec) -> None:
    assert spec.statements() == spec.expected


@pytest.mark.parametrize("name", generate.reference())
def test_the_reference_is_up_to_date(name: str) -> None:
    page = generate.FOLDER / name
    assert page.read_text(encoding="utf-8") == generate.reference()[name], "make docs"


def as_json(value: Any) -> Any:
    """YAML as an editor hands it to JSON Schema: dates are texts."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def faults_of_schema(path: Path) -> list[str]:
    content = as_json(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))
    return [error.message for error in jsonschema.Draft202012Validator(json_schema()).iter_errors(content)]


@pytest.mark.parametrize("path", sorted((SCHEME / "good").glob("*.yaml")), ids=lambda path: path.stem)
def test_good_schemes_satisfy_the_json_schema(path: Path) -> None:
    assert faults_of_schema(path) == []


@pytest.mark.parametrize(
    "name",
    [
        "unknown_key",
        "unknown_key_in_field",
        "missing_key",
        "unknown_word",
        "not_a_list",
        "not_a_flag",
        "not_a_date",
        "not_in_this_version_returns",
        "bad_span",
        "bad_name",
        "measure_several_types",
    ],
)
def test_the_json_schema_refuses_what_the_loader_refuses(name: str) -> None:
    assert faults_of_schema(SCHEME / "bad" / f"{name}.yaml")
