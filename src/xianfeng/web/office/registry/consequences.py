"""What a change of the tree will do, counted before it is done: what hangs below, what is open, where work counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext

from xianfeng.accounts.reach import Reach
from xianfeng.ledger.models import Record
from xianfeng.registry import open_items, places
from xianfeng.registry.models import Appointment, Organisation, Place

TOLD = 5


@dataclass(frozen=True)
class Weight:
    """What an organisation carries on a day, itself and all below it."""

    below: int
    records: int  # filed at it and below, where they stood then
    offices: int  # appointments at it and below that have not ended


def weight(organisation: Organisation, day: dt.date) -> Weight:
    number = places.at([organisation.id], day).get(organisation.id)
    if number is None:
        return Weight(0, 0, 0)
    path = Place.objects.values_list("path", flat=True).get(id=number)
    reach = Reach((path,))
    return Weight(
        below=Place.objects.filter(places.on(day), places.within(path, itself=False)).count(),
        records=Record.objects.filter(reach.place_in("place")).count(),
        offices=Appointment.objects.filter(Q(until=None) & reach.organisation_in("organisation")).count(),
    )


def of_moving(organisation: Organisation, old: Organisation | None, new: Organisation, day: dt.date) -> list[str]:
    """Work stays where it was done, so a figure of then does not change and one of now does."""
    carried = weight(organisation, day)
    said = {"name": organisation.name, "new": new.name, "day": day}
    lines = [
        gettext("从 %(day)s 起，%(name)s隶属于%(new)s。") % said,
        gettext("随同划转：下级组织 %(below)s 个、现任任职 %(offices)s 项。")
        % {"below": carried.below, "offices": carried.offices},
    ]
    if old is not None:
        said |= {"old": old.name, "records": carried.records}
        lines.append(
            gettext(
                "此前登记的 %(records)s 件工作：按当时的隶属统计，仍计入%(old)s，数字不变；"
                "按现在的隶属统计，改计入%(new)s。"
            )
            % said
        )
        lines.append(
            gettext(
                "%(old)s少 %(count)s 个组织，%(new)s多 %(count)s 个；以后由%(new)s的管理员办理，%(old)s的不再能办理。"
            )
            % (said | {"count": carried.below + 1})
        )
    return lines


def of_ending(organisation: Organisation, heir: Organisation | None, day: dt.date) -> list[str]:
    items = open_items.at(organisation.id)
    above = 0 if heir else sum(item.go_up is not None for item in items)
    offices = Appointment.objects.filter(organisation=organisation, until=None).count()
    said = {"name": organisation.name, "day": day}
    lines = [gettext("从 %(day)s 起，%(name)s不再存在；它的页面、记录和沿革都保留。") % said]
    if offices:
        lines.append(gettext("它的 %(count)s 项现任任职在这一天结束。") % {"count": offices})
    if items:
        told = gettext("；").join(item.title for item in items[:TOLD])
        more = gettext("等") if len(items) > TOLD else ""
        to = heir.name if heir else gettext("所指定的组织")
        lines.append(
            gettext("未办结的 %(count)s 项移交给%(to)s：%(told)s%(more)s。")
            % {"count": len(items), "to": to, "told": told, "more": more}
        )
    else:
        lines.append(gettext("没有未办结的事项要移交。"))
    if above:
        said["above"] = above
        lines.append(gettext("由它承办的 %(above)s 项，没有指定承接组织的，交给它的上级，期限不变。") % said)
    lines.append(_figures(organisation, heir))
    return lines


def _figures(organisation: Organisation, heir: Organisation | None) -> str:
    said = {"records": Record.objects.filter(organisation=organisation.id).count(), "name": organisation.name}
    if heir is None:
        return (
            gettext("它办过的 %(records)s 件工作仍按当时的隶属统计；没有承接组织，按现在的样子统计时不计入任何组织。")
            % said
        )
    return gettext(
        "它办过的 %(records)s 件工作：按当时的隶属统计，仍计在%(name)s；按现在的样子统计，计入%(heir)s。"
    ) % (said | {"heir": heir.name})
