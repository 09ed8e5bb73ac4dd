"""A template is somebody else's program: it gets its calls answered and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from xianfeng.bulletins.template import Template, render
from xianfeng.problems import Problem

CALLS = ("figure", "note")


def answered(text: str) -> tuple[str, list[tuple[str, tuple[Any, ...], Mapping[str, Any]]]]:
    """The text of a template whose every call prints M, and the calls it made."""
    calls: list[tuple[str, tuple[Any, ...], Mapping[str, Any]]] = []

    def answer(call: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        calls.append((call, args, kwargs))
        return {"mark": "M", "value": {"decimal": "3.5"}, "missing": None}

    (rendered,) = render((Template(name="bulletins/first.md", text=text),), answer, calls=CALLS)
    return rendered, calls


def test_calls_are_answered_in_order() -> None:
    text, calls = answered("共{{ figure('a', at='350100') }}项，{{ note('A4', '八届') }}")
    assert text == "共M项，M"
    assert calls == [("figure", ("a",), {"at": "350100"}), ("note", ("A4", "八届"), {})]


def test_values_are_exact_in_conditions() -> None:
    assert answered("{% if figure('a').value == 3.5 %}是{% endif %}")[0] == "是"
    assert answered("{% if figure('a').missing is none %}不知{% endif %}")[0] == "不知"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("{{ ''.__class__ }}", "template_forbidden", id="class of a text"),
        pytest.param("{{ figure.__globals__ }}", "template_forbidden", id="globals of a call"),
        pytest.param("{{ figure('a').__init__.__globals__ }}", "template_forbidden", id="globals of a method"),
        pytest.param("{{ figure('a')._facts }}", "template_forbidden", id="inside of an answer"),
        pytest.param("{{ '{0.__class__.__mro__}'.format(1) }}", "template_forbidden", id="class by format"),
        pytest.param("{{ self._TemplateReference__context }}", "template_forbidden", id="context"),
        pytest.param("{{ range(10000000) }}", "template_error", id="long range"),
        pytest.param("{% include '/etc/passwd' %}", "template_error", id="file by include"),
        pytest.param("{% import 'os' as os %}", "template_error", id="import"),
        pytest.param("{{ open('/etc/passwd').read() }}", "template_undefined", id="open"),
        pytest.param("{{ lipsum() }}", "template_undefined", id="not a call of ours"),
        pytest.param("{{ nothing }}", "template_undefined", id="unknown name"),
        pytest.param("{{ figure('a').nothing }}", "template_undefined", id="unknown fact"),
        pytest.param("{{ none }}", "template_undefined", id="none"),
        pytest.param("{{ figure( }}", "template_syntax", id="unclosed"),
        pytest.param("{% for x in [1] %}", "template_syntax", id="unended"),
        pytest.param("{{ 'x' * 10**10 }}", "template_memory", id="huge text"),
        pytest.param("{{ 'x'|center(99999999999) }}", "template_memory", id="huge filter"),
        pytest.param("{% for i in range(99999) %}一二三四五{% endfor %}", "template_too_long", id="long output"),
        pytest.param("{% macro m(n) %}{{ m(n) }}{% endmacro %}{{ m(1) }}", "template_error", id="recursion"),
        pytest.param("{{ " + "(" * 9999 + "1" + ")" * 9999 + " }}", "template_error", id="deep nesting"),
        pytest.param("{% for i in range(9999) %}{{ figure('a') }}{% endfor %}", "template_calls", id="many calls"),
    ],
)
def test_refused_with_a_reason(text: str, code: str) -> None:
    with pytest.raises(Problem) as refused:
        answered(text)
    assert refused.value.code == f"bulletin.{code}"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}", id="loops"),
        pytest.param("{% set x = 9 ** (9 ** 9) %}", id="power"),
    ],
)
def test_a_template_that_does_not_end_is_stopped(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xianfeng.bulletins.template.THINKING", 1.0)
    with pytest.raises(Problem) as refused:
        answered(text)
    assert refused.value.code == "bulletin.template_stopped"


def test_a_mistake_names_its_line() -> None:
    with pytest.raises(Problem) as refused:
        answered("一\n\n{% if true %}\n{{ nothing }}\n{% endif %}")
    assert refused.value.place == "bulletins/first.md:4"


def test_a_mistake_of_an_answer_names_the_line_of_its_call() -> None:
    def answer(call: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        raise Problem("bulletin.unknown_measure", "没有。")

    with pytest.raises(Problem) as refused:
        render((Template(name="bulletins/first.md", text="一\n二\n{{ figure('a') }}"),), answer, calls=CALLS)
    assert refused.value.place == "bulletins/first.md:3"
