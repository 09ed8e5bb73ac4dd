"""Evaluations: who is judged by whom, in which questions; and what their results can be called in figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from xianfeng.scheme.build import names
from xianfeng.scheme.build.formulas import Formulas
from xianfeng.scheme.build.kinds import titled
from xianfeng.scheme.evaluating import (
    ANNULLED_ABOVE,
    GIVEN,
    LEAST_BATCH,
    LEAST_CAST,
    LEAST_ELECTORS,
    Evaluation,
    Question,
)
from xianfeng.scheme.nodes import Kind


def build(values: Mapping[str, Any], formulas: Formulas) -> dict[str, Evaluation]:
    whole = {"title", "electorate", "questions"}
    return {name: _evaluation(name, said, formulas) for name, said in values.items() if whole <= said.keys()}


def _evaluation(name: str, said: Mapping[str, Any], formulas: Formulas) -> Evaluation:
    least = said.get("least", {})
    questions = {n: _question(n, one) for n, one in said["questions"].items() if {"title", "ask"} <= one.keys()}
    return Evaluation(
        name=name,
        title=said["title"],
        electorate=said["electorate"],
        questions=MappingProxyType(questions),
        where=formulas.parse(said.get("where"), f"evaluations.{name}.where", names.of_organisation()),
        sample=said.get("sample", 0),
        merged=said.get("merged", ""),
        every=said.get("every", "year"),
        least_electors=least.get("electors", LEAST_ELECTORS),
        least_cast=least.get("cast", LEAST_CAST),
        batch=said.get("batch", LEAST_BATCH),
        annulled_above=said.get("annulled_above", ANNULLED_ABOVE),
        calls=said.get("calls", 0),
        local=said.get("local", ""),
    )


def _question(name: str, said: Mapping[str, Any]) -> Question:
    choices = titled(said["choices"]) if "choices" in said else GIVEN.get(said["ask"], {})
    return Question(name=name, title=said["title"], ask=said["ask"], choices=choices)


def results(kinds: Mapping[str, Kind], evaluations: Iterable[Evaluation]) -> dict[str, Kind]:
    """The kinds again; those that hold results know the campaign's own evaluations, questions and answers."""
    rules = tuple(evaluations)
    asked = [question for rule in rules for question in rule.counted]
    words: dict[str, Mapping[str, str]] = {
        "evaluation": {rule.name: rule.title for rule in rules},
        "question": {question.name: question.title for question in asked},
        "answer": {value: title for question in asked for value, title in question.choices.items()},
    }
    return {name: _knowing(kind, words) if kind.of_evaluations else kind for name, kind in kinds.items()}


def _knowing(kind: Kind, words: Mapping[str, Mapping[str, str]]) -> Kind:
    fields = {
        name: replace(field, choices=MappingProxyType(dict(words[name]))) if name in words else field
        for name, field in kind.fields.items()
    }
    return replace(kind, fields=MappingProxyType(fields))
