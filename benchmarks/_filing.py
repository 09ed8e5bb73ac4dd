"""Work that comes in while pages are asked for: now and then a record of another register, as the ledger takes it.

    python -m benchmarks._filing PAUSE SECONDS

A process of its own: what it takes to file is not among what pages are measured by.
"""

from __future__ import annotations

import json
import os
import sys
import time
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


def main() -> None:
    """A record every few seconds, for so long; how many."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "xianfeng.config.settings"
    import django

    django.setup()
    pause, seconds = map(int, sys.argv[1:])
    until, filed = time.monotonic() + seconds, 0
    for _ in filings():
        filed += 1
        time.sleep(pause)
        if time.monotonic() >= until:
            break
    print(f"{filed} records were filed meanwhile")


if __name__ == "__main__":
    main()
