"""Entries in words, for every page that tells what was done: who made one, what happened to an organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xianfeng.accounts import abilities
from xianfeng.log.models import Entry
from xianfeng.registry.models import Appointment

_OF_ORGANISATIONS: Mapping[str, str | Promise] = {
    "import": _("登记（记录开始以前就有）"),
    "found": _("成立"),
    "rename": _("更名"),
    "raise": _("升格"),
    "move": _("改变隶属"),
    "merge": _("并入其他组织"),
    "split": _("分立"),
    "close": pgettext_lazy("组织", "撤销"),
    "affiliate": _("增加参与隶属"),
    "disaffiliate": _("终止参与隶属"),
    "undo": _("撤回导入"),
}


def actors(refs: Iterable[str]) -> dict[str, str]:
    """Offices and roles, never people's names: those are personal."""
    given = set(refs)
    numbers = [int(ref.partition(":")[2]) for ref in given if ref.startswith("appointment:")]
    held = Appointment.objects.filter(id__in=numbers).select_related("organisation") if numbers else ()
    said = {f"appointment:{row.id}": f"{row.organisation.name} · {abilities.title(row.role)}" for row in held}
    fixed = {"import": gettext("系统操作员"), "clock": gettext("系统日历")}
    return said | {ref: fixed[ref] for ref in given if ref in fixed}


def organisation_event(entry: Entry) -> str:
    return str(_OF_ORGANISATIONS.get(entry.action, entry.action))
