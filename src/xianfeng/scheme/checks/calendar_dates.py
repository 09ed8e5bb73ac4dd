"""What stands in people's calendars stands there by a date."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault
from xianfeng.scheme.nodes import OWN_DAY
from xianfeng.scheme.types import FieldType

DATES = {FieldType.DATE, FieldType.DATETIME}


def check(draft: Draft) -> Iterator[Fault]:
    for kind in draft.kinds.values():
        field = kind.fields.get(kind.calendar)
        if kind.calendar != OWN_DAY and field is not None and (field.type not in DATES or field.personal):
            yield draft.at("calendar_no_date", f"kinds.{kind.name}.calendar", name=field.name)
