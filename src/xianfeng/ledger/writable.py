"""Which fields whoever makes a move may write on the way: what was reviewed is changed with a reason or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from xianfeng.ledger.forms import Form, Values
from xianfeng.ledger.image import Image
from xianfeng.ledger.powers import SUPERIOR, TITLES
from xianfeng.problems import Problem
from xianfeng.scheme.flowing import AUTHOR, HANDLER, REQUESTER, Move
from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.types import FieldType, Level
from xianfeng.sentences import say

REASON = "reason"
_OWN_WORDS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.DATE, FieldType.ATTACHMENTS})


def writable(
    kind: Kind, move: Move, *, capacities: frozenset[str], personally: bool, level: int, filled: Collection[str]
) -> frozenset[str]:
    """The names of the fields that may be written with a move of a record at this level, in which `filled` are given.

    The author may complete the record on the way; others write only what the move asks of them. Whoever acts because a
    record names him writes in his own words, and leaves what the record is counted by. Once it was reviewed, its author
    fills in what is missing and what the move asks for; he alters the rest only by a move that asks him why. Where a
    requester or a handler speaks, only a move that needs it writes.
    """
    names = frozenset(kind.fields) - kind.said.difference(move.needs) - kind.bound
    if AUTHOR not in capacities:
        return names.intersection(move.needs)
    if personally:
        said = {name for name, field in kind.fields.items() if field.type in _OWN_WORDS or name in move.needs}
        names = names & said - {name for name, field in kind.fields.items() if field.acts}
    if level >= Level.REVIEWED.rank and REASON not in move.needs and SUPERIOR not in capacities:
        files = {name for name, field in kind.fields.items() if field.type is FieldType.ATTACHMENTS}
        names = frozenset(name for name in names if name in move.needs or name in files or name not in filled)
    return names


def refusals(
    form: Form, before: Image, move: Move, values: Values, *, capacities: frozenset[str], personally: bool
) -> Iterator[Problem]:
    """What was given for fields that may not be written. The author may send what a field says already."""
    filled = {*before.values, *before.personal}
    allowed = writable(form.kind, move, capacities=capacities, personally=personally, level=before.level, filled=filled)
    for name in (*values.clear, *values.personal, *values.emptied):
        if name not in allowed and not (AUTHOR in capacities and _unchanged(name, before, values, filled)):
            refused = _said_by(form, name, move.title) or _refusal(move, capacities, personally)
            yield form.told(name, refused)


def uncorrectable(form: Form, before: Image, values: Values) -> Iterator[Problem]:
    """What a correction would make a requester or a handler say, or alter in an objection. It may send what stands
    there already."""
    filled = {*before.values, *before.personal}
    for name in (*values.clear, *values.personal, *values.emptied):
        if _unchanged(name, before, values, filled):
            continue
        if said := _said_by(form, name, say("更正")):
            yield form.told(name, said)
        elif name in form.kind.bound:
            hint = say("提错了的，由提出的人收回，另提一件。")
            yield form.told(name, Problem("ledger.objection_bound", say("异议的这一项不能更正。"), hint=hint))


def untimely(form: Form, values: Values) -> Iterator[Problem]:
    """What a requester or a handler says by a later move, given with the filing."""
    for name in (*values.clear, *values.personal):
        if name in form.kind.said_later:
            hint = say("请留空，由{who}以后办理时填写。", who=TITLES[form.kind.fields[name].by])
            yield form.told(name, Problem("ledger.said_later", "登记时还不能填这一项。", hint=hint))


def _unchanged(name: str, before: Image, values: Values, filled: Collection[str]) -> bool:
    if name in values.emptied:
        return name not in filled
    return name in values.clear and name in before.values and values.clear[name] == before.values[name]


def _said_by(form: Form, name: str, doing: str) -> Problem | None:
    hints = {
        "": "",
        REQUESTER: say("这是诉求人自己说的；他要补充、评价的，凭查询码办理。"),
        HANDLER: say("这是承办单位自己说的，由它办理时填写。"),
    }
    hint = hints[form.kind.fields[name].by]
    return Problem("ledger.said_by_another", say("“{move}”时不能改这一项。", move=doing), hint=hint) if hint else None


def _refusal(move: Move, capacities: frozenset[str], personally: bool) -> Problem:
    told = say("“{move}”时不能改这一项。", move=move.title)
    if AUTHOR not in capacities:
        return Problem("ledger.not_asked", told, hint=say("请退回由填报组织修改，或用“更正”并写明理由。"))
    if personally:
        return Problem("ledger.not_his_own", told, hint=say("本人办理只改自己写的内容；要改的请单位办理。"))
    return Problem("ledger.reviewed_already", told, hint=say("已经审核过的内容，用“更正”改，并写明理由。"))
