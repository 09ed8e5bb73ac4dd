"""What a measure means, in plain words: its 统计口径, for figure pages, source sheets and `scheme explain`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, dataclass, fields, replace
from functools import singledispatch

from xianfeng.scheme import titles
from xianfeng.scheme.measuring import (
    REGISTRY,
    SUBJECT,
    Count,
    Coverage,
    Distinct,
    Evidenced,
    Flowing,
    Growth,
    Latest,
    Measure,
    Ratio,
    Sum,
)
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.owing import owing
from xianfeng.scheme.phrasing import in_words
from xianfeng.scheme.usage import kinds_of
from xianfeng.sentences import Said, say, together, translated

SHARED = say("含其他活动登记在同一台账里的记录")


@dataclass(frozen=True, kw_only=True)
class Definition:
    """`sentence` says what is counted; the rest says which records, when they count, and where the scheme says so."""

    title: str
    sentence: str
    condition: str  # in words, '' when there is none
    formula: str  # as the scheme writes it
    dating: str
    place: str  # where a record counts, '' where it was filed
    start: str  # since when records count, and until when, '' when they always do
    review: str
    scope: str  # whose records besides the campaign's own, '' when only those
    owed: str  # the titles of the obligations that owe it, '' when nobody does
    help: str
    local: str
    line: str  # 'scheme.yaml:120', '' when the measure stands in no file

    @property
    def told(self) -> Said:
        """All of it in one line."""
        condition = self.condition and say("条件：{condition}", condition=self.condition)
        help_ = self.help.rstrip("。；")
        parts = filter(
            None, (self.sentence, condition, self.dating, self.place, self.start, self.review, self.scope, help_)
        )
        return say("{definition}。", definition=together(parts))

    @property
    def translated(self) -> Definition:
        """In the language of whoever reads; what the scheme wrote stays as it is."""
        return replace(self, **{part.name: translated(getattr(self, part.name)) for part in _said(self)})

    def __str__(self) -> str:
        return self.told


def _said(definition: Definition) -> Iterator[Field[str]]:
    """The parts that are the house's own words."""
    return (part for part in fields(definition) if isinstance(getattr(definition, part.name), Said))


def define(scheme: Scheme, name: str) -> Definition:
    """The definition of a scheme's measure."""
    measure = scheme.measures[name]
    flowing = measure if isinstance(measure, Flowing) else None
    file, line = scheme.lines.get(f"measures.{name}", ("", 0))
    conditions = list(_conditions(scheme, measure))
    return Definition(
        title=measure.title,
        sentence=_sentence(measure, scheme),
        condition=together(words for words, _ in conditions),
        formula="; ".join(text for _, text in conditions),
        dating=_dating(scheme, flowing) if flowing else "",
        place=_place(scheme, flowing) if flowing else "",
        start=together(_start(scheme, flowing)) if flowing else "",
        review=say("{level}即计", level=titles.LEVELS[flowing.counts]) if flowing else "",
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
    return say("“{kind}”的记录数，一条记录计一", kind=_kind(scheme, measure).title)


@_sentence.register
def _(measure: Sum, scheme: Scheme) -> str:
    kind = _kind(scheme, measure).title
    return say("“{kind}”各条记录的“{field}”相加", kind=kind, field=_field(scheme, measure))


@_sentence.register
def _(measure: Latest, scheme: Scheme) -> str:
    kind, field = _kind(scheme, measure), _field(scheme, measure)
    if kind.subject not in kind.fields:
        return say("各组织最近一次填报的“{kind}”中的“{field}”相加", kind=kind.title, field=field)
    subject = kind.fields[kind.subject].title
    if measure.at == SUBJECT:
        return say("各{subject}最近一次“{kind}”中的“{field}”相加", subject=subject, kind=kind.title, field=field)
    return say(
        "各组织、各{subject}最近一次填报的“{kind}”中的“{field}”相加", subject=subject, kind=kind.title, field=field
    )


@_sentence.register
def _(measure: Distinct, scheme: Scheme) -> str:
    kind = _kind(scheme, measure).title
    return say("“{kind}”涉及的“{field}”，相同的只计一次", kind=kind, field=_field(scheme, measure))


@_sentence.register
def _(measure: Coverage, scheme: Scheme) -> str:
    registry = measure.population == REGISTRY
    population = say("组织") if registry else say("“{kind}”", kind=scheme.kinds[measure.population].title)
    if not measure.kind:
        return say("{population}中符合条件的所占的比例", population=population)
    kind = scheme.kinds[measure.kind].title
    return say("{population}中有“{kind}”记录的所占的比例，每个只计一次", population=population, kind=kind)


@_sentence.register
def _(measure: Ratio, scheme: Scheme) -> str:
    upper, lower = scheme.measures[measure.numerator], scheme.measures[measure.denominator]
    return say("“{upper}”除以“{lower}”", upper=upper.title, lower=lower.title)


@_sentence.register
def _(measure: Growth, scheme: Scheme) -> str:
    of, since = scheme.measures[measure.of], measure.since
    return say("“{measure}”比{day}增长的比例", measure=of.title, day=titles.day(since))


def _kind(scheme: Scheme, measure: Flowing) -> Kind:
    return scheme.kinds[measure.kind]


def _field(scheme: Scheme, measure: Sum | Latest | Distinct) -> str:
    if measure.field == REGISTRY:
        return say("填报组织")
    return _kind(scheme, measure).fields[measure.field].title


def _dating(scheme: Scheme, measure: Flowing) -> str:
    kind, by = _kind(scheme, measure), measure.by
    match by.by:
        case "entered":
            return say("按进入“{state}”的日期计", state=kind.flow.states[by.name].title)
        case "field":
            return say("按“{field}”计", field=kind.fields[by.name].title)
        case _:
            return say("按发生日期计")


def _place(scheme: Scheme, measure: Flowing) -> str:
    if measure.at != SUBJECT:
        return ""
    kind = _kind(scheme, measure)
    return say("计在“{field}”，不论由谁填报", field=kind.fields[kind.subject].title)


def _start(scheme: Scheme, measure: Flowing) -> Iterator[str]:
    if measure.since_start:
        yield say("只计{day}以后的", day=titles.day(scheme.since))
    if measure.stands_until:
        states = _kind(scheme, measure).flow.states
        ends = titles.listed(states[name].title for name in measure.stands_until)
        yield say("不论从哪天起统计，期末还没有进入“{states}”的都计", states=ends)


def _conditions(scheme: Scheme, measure: Measure) -> Iterator[tuple[str, str]]:
    """Each condition in words and as it is written."""
    if isinstance(measure, Flowing) and measure.where:
        yield in_words(measure.where, scheme, scheme.kinds.get(measure.kind)), measure.where.text
    if isinstance(measure, Coverage):
        population = scheme.kinds.get(measure.population)
        if measure.where:
            condition = in_words(measure.where, scheme, population)
            yield say("总体为 {condition}", condition=condition), measure.where.text
        if measure.having:
            condition = in_words(measure.having, scheme, population)
            yield say("其中 {condition}", condition=condition), measure.having.text
        if measure.matching:
            condition = in_words(measure.matching, scheme, scheme.kinds.get(measure.kind))
            yield say("记录须 {condition}", condition=condition), measure.matching.text
