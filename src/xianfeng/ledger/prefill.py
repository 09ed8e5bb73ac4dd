"""What is known is not asked again: the values a form starts from, out of the registry and earlier records.

A field that a row does not name takes its prefilled value, and the entry says so; one that is left blank stays blank.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from xianfeng.ledger.forms import Form
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.scheme.nodes import Field
from xianfeng.scheme.types import FieldType


def offer(form: Form, *, organisation: int, day: dt.date) -> dict[str, Any]:
    """The prefilled values of a new record of this organisation on that day, for those fields that have one."""
    offered: dict[str, Any] = {}
    for field in form.prefilled:
        if field.prefill == "registry":
            value = _registered(field, organisation, day)
        elif field.prefill == "last":
            value = _last(form, field, organisation, day)
        else:
            above = tree.ancestors(organisation, day)
            value = _last(form, field, above[0], day) if above else None
        if value is not None:
            offered[field.name] = value
    return offered


def _registered(field: Field, organisation: int, day: dt.date) -> Any:
    """The organisation itself, or its name."""
    if field.type in (FieldType.ORGANISATION, FieldType.PLACE):
        return organisation
    if field.type.is_text:
        return tree.named([organisation], day)[organisation].name
    return None


def _last(form: Form, field: Field, organisation: int, day: dt.date) -> Any:
    """What the organisation's latest record in the same register says."""
    records = Record.objects.filter(organisation=organisation, register=form.register, day__lte=day)
    latest = records.exclude(state=WITHDRAWN).order_by("-day", "-id").values_list("values", flat=True).first()
    return json.loads(latest).get(field.name) if latest else None
