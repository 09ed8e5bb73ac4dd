"""A scheme in numbers: how much of each thing it has."""

from __future__ import annotations

from collections import Counter

from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.usage import used_kinds


def stats(scheme: Scheme) -> dict[str, int]:
    """Counts by what they count, in the order in which they are printed. Kinds are those that the scheme uses."""
    kinds = used_kinds(scheme).values()
    fields = [field for kind in kinds for field in kind.fields.values()]
    types = Counter(type(measure).__name__.lower() for measure in scheme.measures.values())
    return {
        "phases": len(scheme.phases),
        "standards": len(scheme.standards),
        "roles": len(scheme.roles),
        "constants": len(scheme.constants),
        "kinds": len(kinds),
        "kinds.shared": sum(kind.shared for kind in kinds),
        "fields": len(fields),
        "fields.required": sum(field.required for field in fields),
        "fields.prefilled": sum(bool(field.prefill) for field in fields),
        "fields.personal": sum(field.personal for field in fields),
        "fields.retired": sum(field.retired for field in fields),
        "states": sum(len(kind.flow.states) for kind in kinds),
        "moves": sum(len(kind.flow.moves) for kind in kinds),
        "obligations": len(scheme.obligations),
        "measures": len(scheme.measures),
        **{f"measures.{name}": types[name] for name in sorted(types)},
        "measures.with_target": sum(measure.target is not None for measure in scheme.measures.values()),
        "bulletins": len(scheme.bulletins),
        "local": _local(scheme),
    }


def _local(scheme: Scheme) -> int:
    """Choices marked as this office's own, where the document is silent."""
    said = [constant.local for constant in scheme.constants.values()]
    said += [obligation.local for obligation in scheme.obligations.values()]
    said += [measure.local for measure in scheme.measures.values()]
    said += [measure.target.local for measure in scheme.measures.values() if measure.target]
    for kind in used_kinds(scheme).values():
        said += [kind.local, *(field.local for field in kind.fields.values())]
        said += [move.local for move in kind.flow.moves.values()]
    return sum(map(bool, said))
