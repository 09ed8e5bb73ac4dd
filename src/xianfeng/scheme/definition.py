"""What a measure means, in plain Chinese: its 统计口径, for figure pages, source sheets and `scheme explain`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch

from xianfeng.scheme import titles
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.nodes import (
    REGISTRY,
    Count,
    Coverage,
    Distinct,
    Evidenced,
    Flowing,
    Growth,
    Kind,
    Latest,
    Measure,
    Ratio,
    Scheme,
    Sum,
)
from xianfeng.scheme.owing import owing
from xianfeng.scheme.phrasing import in_words
from xianfeng.scheme.usage import kinds_of

SHARED = "含其他活动登记在同一台账里的记录"


@dataclass(frozen=True, kw_only=True)
class Definition:
    """`sentence` says what is counted; the rest says which records, when they count, and where the scheme says so."""

    title: str
    sentence: str
    condition: str  # in words, '' when there is none
    formula: str  # as the scheme writes it
    dating: str
    review: str
    scope: str  # whose records besides the campaign's own, '' when only those
    owed: str  # the titles of the obligations that owe it, '' when nobody does
    help: str
    local: str
    line: str  # 'scheme.yaml:120', '' when the measure stands in no file

    def __str__(self) -> str:
        told = (
            self.sentence,
            self.condition and f"条件：{self.condition}",
            self.dating,
            self.review,
            self.scope,
            self.help,
        )
        return "；".join(part.rstrip("。；") for part in told if part) + "。"


def define(scheme: Scheme, name: str) -> Definition:
    """The definition of a scheme's measure."""
    measure = scheme.measures[name]
    flowing = measure if isinstance(measure, Flowing) else None
    file, line = scheme.lines.get(f"measures.{name}", ("", 0))
    conditions = list(_conditions(scheme, measure))
    return Definition(
        title=measure.title,
        sentence=_sentence(measure, scheme),
        condition="；".join(words for words, _ in conditions),
        formula="; ".join(text for _, text in conditions),
        dating=_dating(scheme, flowing) + _start(scheme, flowing) if flowing else "",
        review=f"{titles.LEVELS[flowing.counts]}即计" if flowing else "",
        scope=SHARED if any(kind.shared for kind in kinds_of(scheme, measure)) else "",
        owed=titles.listed(rule.title for rule in owing(scheme, measure)) if isinstance(measure, Evidenced) else "",
        help=measure.help,
        local=measure.local,
        line=f"{file}:{line}" if file else "",
    )


@singledispatch
def _sentence(measure: Measure, scheme: Scheme) -> str:
    raise NotImplementedError(type(measure).__name__)


@_sentence.register
def _(measure: Count, scheme: Scheme) -> str:
    return f"“{_kind(scheme, measure).title}”的记录数，一条记录计一"


@_sentence.register
def _(measure: Sum, scheme: Scheme) -> str:
    return f"“{_kind(scheme, measure).title}”各条记录的“{_field(scheme, measure)}”相加"


@_sentence.register
def _(measure: Latest, scheme: Scheme) -> str:
    kind = _kind(scheme, measure)
    subject = f"、各{kind.fields[kind.subject].title}" if kind.subject in kind.fields else ""
    return f"各组织{subject}最近一次填报的“{kind.title}”中的“{_field(scheme, measure)}”相加"


@_sentence.register
def _(measure: Distinct, scheme: Scheme) -> str:
    return f"“{_kind(scheme, measure).title}”涉及的“{_field(scheme, measure)}”，相同的只计一次"


@_sentence.register
def _(measure: Coverage, scheme: Scheme) -> str:
    population = "组织" if measure.population == REGISTRY else f"“{scheme.kinds[measure.population].title}”"
    if not measure.kind:
        return f"{population}中符合条件的所占的比例"
    return f"{population}中有“{scheme.kinds[measure.kind].title}”记录的所占的比例，每个只计一次"


@_sentence.register
def _(measure: Ratio, scheme: Scheme) -> str:
    upper, lower = scheme.measures[measure.numerator], scheme.measures[measure.denominator]
    return f"“{upper.title}”除以“{lower.title}”"


@_sentence.register
def _(measure: Growth, scheme: Scheme) -> str:
    of, since = scheme.measures[measure.of], measure.since
    return f"“{of.title}”比{titles.day(since)}增长的比例"


def _kind(scheme: Scheme, measure: Flowing) -> Kind:
    return scheme.kinds[measure.kind]


def _field(scheme: Scheme, measure: Sum | Latest | Distinct) -> str:
    if measure.field == REGISTRY:
        return "填报组织"
    return _kind(scheme, measure).fields[measure.field].title


def _dating(scheme: Scheme, measure: Flowing) -> str:
    kind, by = _kind(scheme, measure), measure.by
    match by.by:
        case "entered":
            return f"按进入“{kind.flow.states[by.name].title}”的日期计"
        case "field":
            return f"按“{kind.fields[by.name].title}”计"
        case _:
            return "按发生日期计"


def _start(scheme: Scheme, measure: Flowing) -> str:
    return f"，只计{titles.day(scheme.since)}以后的" if measure.since_start else ""


def _conditions(scheme: Scheme, measure: Measure) -> Iterator[tuple[str, str]]:
    """Each condition in words and as it is written."""
    if isinstance(measure, Flowing):
        yield from _condition("", measure.where, scheme, measure.kind)
    if isinstance(measure, Coverage):
        yield from _condition("总体为 ", measure.where, scheme, measure.population)
        yield from _condition("其中 ", measure.having, scheme, measure.population)
        yield from _condition("记录须 ", measure.matching, scheme, measure.kind)


def _condition(start: str, expression: Expression | None, scheme: Scheme, kind: str) -> Iterator[tuple[str, str]]:
    if expression is not None:
        yield f"{start}{in_words(expression, scheme, scheme.kinds.get(kind))}", expression.text
