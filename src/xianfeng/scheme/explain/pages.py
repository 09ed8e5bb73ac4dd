"""The explanation: rules, calendar, registers and flows, measures with what exactly they count (统计口径)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from xianfeng.scheme.build.kinds import USUAL
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.scheme.explain.commendations import commendation
from xianfeng.scheme.explain.flows import by_whom, moves
from xianfeng.scheme.explain.gradings import grading
from xianfeng.scheme.explain.inspections import inspection
from xianfeng.scheme.explain.measures import statement
from xianfeng.scheme.explain.words import Words
from xianfeng.scheme.expressions import Expression
from xianfeng.scheme.faults import Language
from xianfeng.scheme.nodes import Field, Kind, Phase, Scheme
from xianfeng.scheme.obliging import Ladder, Obligation, Span, Window
from xianfeng.scheme.owing import binds_organisations
from xianfeng.scheme.phrasing import in_words
from xianfeng.scheme.planning import Plan, PlanStep
from xianfeng.scheme.promising import Promise
from xianfeng.scheme.usage import used_kinds
from xianfeng.scheme.whom import code_of, told
from xianfeng.sentences import translated

Called = Mapping[str, str]  # organisations by code, for who knows the registry
NO_NAMES: Called = MappingProxyType({})


def explain(scheme: Scheme, language: Language = "zh") -> str:
    """The whole scheme as Markdown. Titles stay in the scheme's own language."""
    return "\n".join(_Page(scheme, Words(language)).lines()) + "\n"


def flow(scheme: Scheme, kind: Kind, language: Language = "zh") -> tuple[str, ...]:
    """How a record of a kind gets from state to state, a sentence a step."""
    return tuple(moves(kind, scheme, Words(language)))


def demand(scheme: Scheme, obligation: Obligation, language: Language = "zh", called: Called = NO_NAMES) -> str:
    """What an obligation asks, without its title and without what is this office's own choice."""
    return _Page(scheme, Words(language), called).demand(obligation)


def whom(scheme: Scheme, obligation: Obligation, language: Language = "zh", called: Called = NO_NAMES) -> str:
    """Who owes it: which organisations, or who holds a role."""
    return _Page(scheme, Words(language), called).whom(obligation)


def followed(scheme: Scheme, language: Language = "zh") -> dict[str, tuple[str, ...]]:
    """What is done about what is not there, when the campaign pauses and how it is planned: sentences, by section."""
    page = _Page(scheme, Words(language))
    return {
        "ladders": tuple(map(page.ladder, scheme.ladders.values())),
        "quiet": tuple(map(page.pause, scheme.quiet.values())),
        "plans": tuple(f"{one.title}{page.words('colon')}{page.plan(one)}" for one in scheme.plans.values()),
        "evaluations": tuple(
            f"{one.title}{page.words('colon')}{page.evaluation(one)}" for one in scheme.evaluations.values()
        ),
        "inspections": tuple(
            f"{one.title}{page.words('colon')}{inspection(one, scheme, page.words)}"
            for one in scheme.inspections.values()
        ),
        "gradings": tuple(
            f"{one.title}{page.words('colon')}{grading(one, scheme, page.words)}" for one in scheme.gradings.values()
        ),
        "commendations": tuple(
            f"{one.title}{page.words('colon')}{commendation(one, scheme, page.words)}"
            for one in scheme.commendations.values()
        ),
    }


def graded(scheme: Scheme, name: str, language: Language = "zh") -> str:
    """How a grading comes to a class: its parts with their points, from how many points which class, bars, quotas."""
    return grading(scheme.gradings[name], scheme, Words(language))


def who(scheme: Scheme, name: str, language: Language = "zh") -> str:
    """A role, or who makes a move."""
    return by_whom(name, scheme, Words(language))


class _Page:
    def __init__(self, scheme: Scheme, words: Words, called: Called = NO_NAMES) -> None:
        self.scheme = scheme
        self.words = words
        self.called = called

    def lines(self) -> Iterator[str]:
        scheme, words = self.scheme, self.words
        yield f"# {scheme.title}"
        yield ""
        yield words("runs", since=scheme.since, until=scheme.until, at=scheme.at)
        if scheme.historical:
            yield words("historical")
        yield from self._section(
            "phases", (f"{p.title}{words('colon')}{self._span(p)}" for p in scheme.phases.values())
        )
        yield from self._section(
            "standards", (f"{s.title}{words('colon')}{words.join(list(s.items))}" for s in scheme.standards.values())
        )
        yield from self._section("constants", self._constants())
        yield from self._section("obligations", map(self._obligation, scheme.obligations.values()))
        yield from self._section("ladders", map(self.ladder, scheme.ladders.values()))
        yield from self._section("quiet", map(self.pause, scheme.quiet.values()))
        yield from self._section("plans", map(self._plan, scheme.plans.values()))
        yield from self._section("evaluations", map(self._evaluation, scheme.evaluations.values()))
        yield from self._section(
            "inspections",
            (f"**{i.title}**{words('colon')}{inspection(i, scheme, words)}" for i in scheme.inspections.values()),
        )
        told = ((one.title, grading(one, scheme, words)) for one in scheme.gradings.values())
        yield from self._section("gradings", (f"**{title}**{words('colon')}{rules}" for title, rules in told))
        told = ((one.title, commendation(one, scheme, words)) for one in scheme.commendations.values())
        yield from self._section("commendations", (f"**{title}**{words('colon')}{rules}" for title, rules in told))
        yield from self._kinds()
        yield from self._section("measures", (statement(m, scheme, words) for m in scheme.measures.values()))
        yield from self._section("bulletins", self._bulletins())

    def _section(self, word: str, items: Iterator[str]) -> Iterator[str]:
        told = [f"- {item}" for item in items]
        if told:
            yield from ("", f"## {self.words(word)}", "", *told)

    def _span(self, phase: Phase) -> str:
        return self.words("span", since=phase.since, until=phase.until)

    def _constants(self) -> Iterator[str]:
        for each in self.scheme.constants.values():
            yield f"{each.title}{self.words('colon')}{number(each.value)}{each.unit}{self._local(each.local)}"

    def _bulletins(self) -> Iterator[str]:
        for each in self.scheme.bulletins.values():
            total = self.words("total", total=each.total) if each.total else ""
            told = self.words("number", number=each.number, total=total, issued=each.issued, issuer=each.issuer)
            yield f"《{each.series}》{told}{self.words('colon')}{''.join(each.title)}"

    def _local(self, text: str) -> str:
        return self.words("local", text=text) if text else ""

    def _condition(self, expression: Expression | None, kind: Kind | None) -> str:
        return translated(in_words(expression, self.scheme, kind)) if expression else ""

    def _obligation(self, each: Obligation) -> str:
        return f"**{each.title}**{self.words('colon')}{self.demand(each)}{self._local(each.local)}"

    def demand(self, each: Obligation) -> str:
        words, kind = self.words, self.scheme.kinds[each.kind]
        counts = [
            words(key, count=n) for key in ("exactly", "at_least", "at_most") if (n := getattr(each, key)) is not None
        ]
        told = words(
            "owes",
            who=self.whom(each),
            about=words("each_subordinate") if each.about else "",
            every=self._every(each),
            count=words.join(counts),
            kind=kind.title,
        )
        matching = words("matching", condition=self._condition(each.matching, kind)) if each.matching else ""
        windows = words("windows", windows=words.join([w.title for w in each.windows])) if each.windows else ""
        return f"{told}{matching}{windows}{''.join(self._terms(each))}"

    def _every(self, each: Obligation) -> str:
        if each.after is None:
            return self.words(each.every)
        kind = self.scheme.kinds[each.after[0]]
        return self.words("after", kind=kind.title, state=kind.flow.states[each.after[1]].title)

    def _terms(self, each: Obligation) -> Iterator[str]:
        """By when, of whom who comes or goes, and what is done about what is missing."""
        if each.due:
            yield self.words("due_after_event" if each.after else "due_after", span=self.length(each.due))
        if each.joining != "next":
            yield self.words(f"joining_{each.joining}")
        if each.leaving:
            yield self.words(f"leaving_{each.leaving}")
        if each.ladder:
            yield self.words("by_ladder", ladder=self.scheme.ladders[each.ladder].title)

    def length(self, span: Span) -> str:
        return self.words(span.unit, n=span.amount)

    def pause(self, each: Window) -> str:
        since, until = ("{:02}-{:02}".format(*day) for day in (each.since, each.until))
        return self.words("pause", title=each.title, since=since, until=until)

    def ladder(self, each: Ladder) -> str:
        """Its steps in order: 期限前3个工作日提醒."""
        words = self.words
        steps = [
            words(
                "rung_after" if rung.after else "rung_before",
                span=self.length(rung.span),
                step=words("tell_superior" if step == "superior" else step),
            )
            for step, rung in each.rungs.items()
        ]
        return f"{each.title}{words('colon')}{words.join(steps)}{self._local(each.local)}"

    def _plan(self, each: Plan) -> str:
        return f"**{each.title}**{self.words('colon')}{self.plan(each)}"

    def plan(self, each: Plan) -> str:
        """Its steps in order, each with how long it takes and what it waits for; without its title."""
        words, kind = self.words, self.scheme.kinds[each.kind]
        where = words("where", condition=self._condition(each.where, kind)) if each.where else ""
        steps = words.join([self._plan_step(each, step) for step in each.steps.values()])
        told = words("plan", kind=kind.title, field=kind.fields[each.until].title, where=where, steps=steps)
        return f"{told}{self._local(each.local)}"

    def _plan_step(self, plan: Plan, step: PlanStep) -> str:
        waits = self.words.join([plan.steps[name].title for name in step.after])
        after = self.words("plan_after", steps=waits) if waits else ""
        told = self.words("plan_step", title=step.title, span=self.length(step.takes), after=after)
        return told + self._local(step.local)

    def _evaluation(self, each: Evaluation) -> str:
        return f"**{each.title}**{self.words('colon')}{self.evaluation(each)}"

    def evaluation(self, each: Evaluation) -> str:
        """Who is judged by whom, in what, and of how few nothing is shown; without its title."""
        words = self.words
        whom = words("organisations")
        if each.where:
            groups = told(each.where)
            named = [group.title if words.language == "zh" else group.english for group in groups or ()]
            whom = words.join(named) or whom + words("where", condition=self._condition(each.where, None))
        asked = [words("asked", title=one.title, ask=words(f"ask_{one.ask}")) for one in each.questions.values()]
        said = words(
            "evaluation",
            every=words(each.every),
            whom=whom,
            electorate=words(f"electorate_{each.electorate}"),
            questions=words.join(asked),
            electors=each.least_electors,
            cast=each.least_cast,
        )
        said += words("sampled", n=each.sample) if each.sample else ""
        said += words("merged_superior") if each.merged else ""
        said += words("annulled_above", n=each.annulled_above) if each.online else ""
        return said + (words("calls", n=each.calls) if each.calls else "") + self._local(each.local)

    def whom(self, each: Obligation) -> str:
        """Natural words where a condition has them, else the condition itself."""
        words = self.words
        if each.where is None:
            return by_whom(each.of, self.scheme, words)
        if binds_organisations(each):
            if code := code_of(each.where):
                own = words("own") if code == self.scheme.at else words("code", code=code)
                return self.called.get(code, own)
            if groups := told(each.where):
                return words.join([group.title if words.language == "zh" else group.english for group in groups])
        return by_whom(each.of, self.scheme, words) + words("where", condition=self._condition(each.where, None))

    def _kinds(self) -> Iterator[str]:
        yield from ("", f"## {self.words('kinds')}")
        for kind in used_kinds(self.scheme).values():
            yield from ("", f"### {kind.title}{self._local(kind.local)}", "")
            if kind.help:
                yield f"{kind.help}\n"
            if kind.intake:
                yield f"- {self.words('intake')}"
            if kind.request and kind.request.shown:
                shown = [kind.fields[name].title for name in kind.request.shown]
                yield f"- {self.words('shown', fields=self.words.join(shown))}"
            if kind.of_evaluations:
                yield f"- {self.words(f'source_{kind.source}')}"
            if kind.publishes:
                yield f"- {self.words('publishes', field=kind.fields[kind.publishes].title)}"
            if kind.promise:
                yield f"- {self._promise(kind, kind.promise)}"
            if kind.facts is not None:
                told = [*(self.scheme.measures[name].title for name in kind.facts), self.words("open_facts")]
                yield f"- {self.words('facts', measures=self.words.join(told))}"
            if kind.called:
                parts = [self._part(kind, name) for name in kind.called]
                yield f"- {self.words('called', fields=self.words.join(parts))}"
            asked = [self._field(field) for field in kind.fields.values() if not field.retired]
            yield f"- {self.words('asks', fields=self.words.join(asked))}"
            yield from (f"- {line}" for line in self._flow(kind))

    def _promise(self, kind: Kind, promise: Promise) -> str:
        words, states = self.words, kind.flow.states
        kept, broken = (words.join([states[name].title for name in some]) for some in (promise.kept, promise.broken))
        until = words("until", field=kind.fields[promise.due].title) if promise.due else ""
        return words("promise", kept=kept) + until + (words("broken", broken=broken) if broken else "")

    def _part(self, kind: Kind, name: str) -> str:
        """Of a record's name."""
        return kind.fields[name].title if name in kind.fields else self.words(f"called_{name}")

    def _flow(self, kind: Kind) -> Iterator[str]:
        if kind.flow == USUAL:
            yield self.words("usual_flow")
            return
        yield from moves(kind, self.scheme, self.words)

    def _field(self, field: Field) -> str:
        marks = (
            ("required", field.required),
            ("prefilled", field.prefill),
            ("personal", field.personal),
            (f"acts_{field.acts}", field.acts),
            (f"said_{field.by}", field.by),
            (f"among_{field.among.of}" if field.among else "", field.among),
            ("only_grows", field.only_grows),
        )
        return field.title + "".join(self.words(word) for word, on in marks if on) + self._local(field.local)


def number(value: Decimal) -> str:
    """Without the zeros that nobody wrote."""
    return f"{value.normalize():f}"
