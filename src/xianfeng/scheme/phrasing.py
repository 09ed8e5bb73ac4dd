"""Formulas in words, with the titles that people see instead of names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xianfeng.scheme import titles
from xianfeng.scheme.expressions import Expression, describe
from xianfeng.scheme.inspecting import SIGNALS
from xianfeng.scheme.measuring import REGISTRY, VALUE
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import Said, say

_OWN = {"state": say("状态"), "day": say("办理日期"), REGISTRY: say("填报组织"), "overdue": say("已超过办理时限")}
_OF_ORGANISATION = {
    "level": say("层级"),
    "type": say("类型"),
    "category": say("类别"),
    "tier": say("级别"),
    "code": say("代码"),
    "name": say("名称"),
    VALUE: say("这个指标的数"),
    SIGNALS: say("失真提示的条数"),
}
_REGISTRY = {
    "type": titles.TYPES,
    "level": titles.ORGANISATION_LEVELS,
    "category": titles.CATEGORIES,
    "tier": titles.TIERS,
}


def in_words(expression: Expression, scheme: Scheme, kind: Kind | None) -> Said:
    """A formula over a kind's records, or over organisations and what measures come to at them when `kind` is None."""
    constants = {constant.name: constant.title for constant in scheme.constants.values()}
    if kind is None:
        measures = {measure.name: measure.title for measure in scheme.measures.values()}
        return describe(expression, titles=measures | constants | _OF_ORGANISATION, choices=_REGISTRY)
    called: dict[str, str] = dict(_OWN)
    choices: dict[str, Mapping[str, str]] = {"state": {name: state.title for name, state in kind.flow.states.items()}}
    for path, title, values in _names(scheme, kind):
        called[path] = title
        choices[path] = dict(values)
    return describe(expression, titles=constants | called, choices=choices)


def _names(scheme: Scheme, kind: Kind) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Every path of a record with its title and the titles of its values."""
    yield from _of_organisation(REGISTRY, _OWN[REGISTRY])
    for field in kind.fields.values():
        yield field.name, field.title, field.choices
        if field.type is FieldType.ORGANISATION:
            yield from _of_organisation(field.name, field.title)
        elif field.type is FieldType.RECORD:
            pointed = scheme.kinds[field.of]
            state = say("{title}的{words}", title=field.title, words=_OWN["state"])
            yield f"{field.name}.state", state, {name: one.title for name, one in pointed.flow.states.items()}
            for other in pointed.fields.values():
                yield (
                    f"{field.name}.{other.name}",
                    say("{title}的{words}", title=field.title, words=other.title),
                    other.choices,
                )


def _of_organisation(name: str, title: str) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    for each, words in _OF_ORGANISATION.items():
        yield f"{name}.{each}", say("{title}的{words}", title=title, words=words), _REGISTRY.get(each, {})
