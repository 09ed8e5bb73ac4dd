"""What a measure says it is owed by are obligations on its own kind that organisations can fail to meet.

A role of the scheme may stand for organisations that are not known yet, so an obligation of one may be named."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.measuring import Evidenced
from xianfeng.scheme.obliging import Obligation
from xianfeng.scheme.owing import binds_organisations, demands, evidence


def check(draft: Draft) -> Iterator[Fault]:
    for measure in draft.measures.values():
        if not isinstance(measure, Evidenced) or not measure.owed:
            continue
        path, kind = f"measures.{measure.name}.owed", evidence(measure)
        if not kind:
            yield draft.at_key("owed_without_kind", path)
            continue
        for number, name in enumerate(measure.owed):
            place = f"{path}[{number}]"
            found = draft.unknown("unknown_obligation", place, name, "obligations", draft.obligations)
            if found:
                yield found
            elif name in draft.obligations:
                yield from _fits(draft, place, draft.obligations[name], kind)


def _fits(draft: Draft, place: str, rule: Obligation, kind: str) -> Iterator[Fault]:
    if rule.kind != kind and rule.kind in draft.kinds and kind in draft.kinds:
        yield draft.at("owed_other_kind", place, name=rule.name, theirs=rule.kind, kind=kind)
    if not binds_organisations(rule) and rule.of not in draft.roles:
        yield draft.at("owed_by_role", place, name=rule.name, of=rule.of)
    elif not demands(rule):
        yield draft.at("owed_without_least", place, name=rule.name)
