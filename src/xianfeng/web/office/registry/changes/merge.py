"""One or several organisations end in favour of one that goes on; what hangs below them comes under it."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.log.actors import Actor
from xianfeng.registry import actions
from xianfeng.registry.models import Organisation
from xianfeng.web.office.registry import consequences, territory
from xianfeng.web.office.registry.changes.form import ChangeForm
from xianfeng.web.office.registry.fields import OrganisationField, OrganisationsField


class Merge(ChangeForm):
    title = _("并入其他组织")
    button = _("合并")
    action = "merge"
    lead = _("合并成一个新组织的，先增加新组织，再把原来的并入它。")

    into = OrganisationField(label=_("并入哪个组织"))
    others = OrganisationsField(
        label=_("同时并入的其他组织"), required=False, help_text=_("没有就空着；有几个写几行，一行一个代码。")
    )

    def clean(self) -> None:
        for other in self.cleaned_data.get("others", []):
            if not territory.changes(self.scope, other):
                self.add_error("others", gettext("%(name)s要由它的上级办理。") % {"name": other.name})

    @property
    def ending(self) -> list[Organisation]:
        return [self.organisation, *self.cleaned_data["others"]]

    def do(self, by: Actor) -> None:
        actions.merge(
            organisations=[one.id for one in self.ending],
            into=self.cleaned_data["into"].id,
            day=self.day_,
            by=by,
            reason=self.cleaned_data["reason"],
        )

    def consequences(self) -> list[str]:
        into = self.cleaned_data["into"]
        lines: list[str] = []
        for one in self.ending:
            below = consequences.weight(one, self.day_).below
            lines += consequences.of_ending(one, into, self.day_)
            if below:
                said = {"name": one.name, "below": below, "into": into.name}
                lines.append(gettext("%(name)s之下的 %(below)s 个组织划到%(into)s之下。") % said)
        return [*lines, gettext("合并不能撤回。")]
