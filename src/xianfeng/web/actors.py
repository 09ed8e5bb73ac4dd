"""Who made an entry, in words, for every page that tells what was done."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from xianfeng.accounts import abilities
from xianfeng.registry.models import Appointment


def actors(refs: Iterable[str]) -> dict[str, str]:
    """Offices and roles, never people's names: those are personal."""
    given = set(refs)
    numbers = [int(ref.partition(":")[2]) for ref in given if ref.startswith("appointment:")]
    held = Appointment.objects.filter(id__in=numbers).select_related("organisation") if numbers else ()
    said = {f"appointment:{row.id}": f"{row.organisation.name} · {abilities.title(row.role)}" for row in held}
    fixed = {"import": gettext("系统操作员"), "clock": gettext("系统日历")}
    return said | {ref: fixed[ref] for ref in given if ref in fixed}
