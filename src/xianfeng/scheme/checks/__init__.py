"""The rules of a scheme, one a file: each looks at a draft and yields faults. A new rule is a file, listed here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from xianfeng.scheme.checks import (
    bulletin_dates,
    bulletin_numbers,
    calendar_dates,
    clock_moves,
    displays,
    field_bounds,
    field_keys,
    field_marks,
    fields_exist,
    handlers_named,
    kinds_exist,
    ladders,
    ladders_of_moves,
    law_asked_twice,
    law_check_in,
    law_compulsory_proof,
    law_ranking,
    law_too_often,
    measure_dates,
    measure_fields,
    measure_parts,
    moves_set,
    names_free,
    needs_usable,
    obligation_events,
    obligation_terms,
    overdue_known,
    owed,
    phases,
    plan_dates,
    plan_proofs,
    plan_steps,
    public_reasons,
    quotas,
    ratio_dating,
    requesters,
    reviews_by_others,
    roles_exist,
    runs,
    states_exist,
    states_reachable,
    subjects,
    templates,
    types_kept,
    windows,
    withdrawn_kept,
)
from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault

Rule = Callable[[Draft], Iterable[Fault]]

RULES: tuple[Rule, ...] = (
    bulletin_dates.check,
    bulletin_numbers.check,
    calendar_dates.check,
    clock_moves.check,
    displays.check,
    field_bounds.check,
    field_keys.check,
    field_marks.check,
    fields_exist.check,
    handlers_named.check,
    kinds_exist.check,
    ladders.check,
    ladders_of_moves.check,
    measure_dates.check,
    measure_fields.check,
    measure_parts.check,
    moves_set.check,
    names_free.check,
    needs_usable.check,
    obligation_events.check,
    obligation_terms.check,
    overdue_known.check,
    owed.check,
    phases.check,
    plan_dates.check,
    plan_proofs.check,
    plan_steps.check,
    public_reasons.check,
    quotas.check,
    ratio_dating.check,
    requesters.check,
    reviews_by_others.check,
    roles_exist.check,
    runs.check,
    states_exist.check,
    states_reachable.check,
    subjects.check,
    templates.check,
    types_kept.check,
    windows.check,
    withdrawn_kept.check,
)
LAW: tuple[Rule, ...] = (  # relaxed for historical schemes: the documents' own campaigns
    law_asked_twice.check,
    law_check_in.check,
    law_compulsory_proof.check,
    law_ranking.check,
    law_too_often.check,
)


def run(draft: Draft) -> Iterator[Fault]:
    for rule in (*RULES, *(() if draft.historical else LAW)):
        yield from rule(draft)
