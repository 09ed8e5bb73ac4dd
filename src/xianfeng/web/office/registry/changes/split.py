"""One organisation ends in favour of several that exist already; each child and each open item goes to one of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.log.actors import Actor
from xianfeng.registry import actions, open_items
from xianfeng.registry.models import Organisation, Place
from xianfeng.web.office.registry import consequences
from xianfeng.web.office.registry.changes.form import ChangeForm
from xianfeng.web.office.registry.fields import OrganisationsField

CHOSEN = 200  # children or items that are given by hand; the rest goes to the heir


class Split(ChangeForm):
    """Who takes what can be asked once the parts are known, so the form comes back with a choice for each."""

    title = _("分立")
    button = _("办理分立")
    action = "split"
    lead = _("先把分立后的组织都登记好，再办这一项。")

    into = OrganisationsField(
        label=_("分立成哪些组织"),
        help_text=_("一行一个代码，至少两个。第一个承接历史数据：按现在的样子统计时，以前的工作计入它。"),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._parts: list[Organisation] = []
        if data:
            self._offer()

    def _offer(self) -> None:
        """A choice for each child and each open item, as soon as the parts can be read."""
        try:
            self._parts = list(self.fields["into"].clean(self.data.get("into", "")))
        except forms.ValidationError:
            return
        choices = [(part.id, part.name) for part in self._parts]
        for name, label in self._asked():
            self.fields[name] = forms.TypedChoiceField(label=label, choices=choices, coerce=int)

    def _asked(self) -> list[tuple[str, str]]:
        children = [(f"child_{one.id}", gettext("下级：%(name)s") % {"name": one.name}) for one in self._children()]
        items = [(f"item_{item.key}", item.title) for item in open_items.at(self.organisation.id)]
        return [*children[:CHOSEN], *items[:CHOSEN]]

    def _children(self) -> list[Organisation]:
        rows = Place.objects.filter(parent__organisation=self.organisation, parent__until=None, until=None)
        chosen = {part.id for part in self._parts}
        return [
            row.organisation
            for row in rows.select_related("organisation").order_by("organisation__code")
            if row.organisation_id not in chosen
        ]

    def clean(self) -> None:
        if "into" in self.cleaned_data and len(self.cleaned_data["into"]) < 2:
            self.add_error("into", gettext("分立后至少有两个组织。"))

    def do(self, by: Actor) -> None:
        heir = self.cleaned_data["into"][0].id
        children = {one.id: self.cleaned_data.get(f"child_{one.id}", heir) for one in self._children()}
        items = open_items.at(self.organisation.id)
        actions.split(
            organisation=self.organisation.id,
            into=[part.id for part in self.cleaned_data["into"]],
            heir=heir,
            day=self.day_,
            by=by,
            children=children,
            successors={item.key: self.cleaned_data.get(f"item_{item.key}", heir) for item in items},
            reason=self.cleaned_data["reason"],
        )

    def consequences(self) -> list[str]:
        parts = self.cleaned_data["into"]
        children = self._children()
        names = {part.id: part.name for part in parts}
        counts = {part.id: 0 for part in parts}
        for child in children:
            counts[self.cleaned_data.get(f"child_{child.id}", parts[0].id)] += 1
        lines = consequences.of_ending(self.organisation, parts[0], self.day_)
        given = gettext("、").join(
            gettext("%(name)s %(n)s 个") % {"name": names[part], "n": n} for part, n in counts.items()
        )
        if children:
            lines.append(gettext("下级组织划分：%(given)s。") % {"given": given})
        return [*lines, gettext("分立不能撤回。")]
