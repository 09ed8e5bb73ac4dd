"""Work that comes in while pages are asked for: now and then a record of another register, as the ledger takes it."""

from __future__ import annotations

import json
from collections.abc import Iterator


def filings() -> Iterator[str]:
    """Each step files one more record, like one that is in the books; its kind."""
    from xianfeng.ledger import actions, powers, versions
    from xianfeng.ledger.models import Record
    from xianfeng.problems import Problem

    patterns = list(_patterns())
    taken = True
    while taken:
        taken = False
        for pattern in patterns:
            record = Record.objects.get(id=pattern)
            scheme = versions.scheme(record.scheme_id)
            row = actions.Row(organisation=record.organisation, day=record.day, values=json.loads(record.values))
            try:
                actions.file_many(by=powers.office(scheme), scheme=scheme.name, kind=record.kind, rows=[row])
            except Problem:  # such a record is filed once
                continue
            taken = True
            yield f"{scheme.name} {record.kind}"


def _patterns() -> Iterator[int]:
    """A record of each kind that holds nothing personal."""
    from xianfeng.ledger import versions
    from xianfeng.ledger.models import Record

    for name in versions.names():
        for kind in versions.current(name).kinds.values():
            if any(field.personal for field in kind.fields.values()):
                continue
            found = Record.objects.filter(scheme__name=name, kind=kind.name).order_by("id").first()
            if found is not None:
                yield found.id
