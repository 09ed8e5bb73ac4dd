"""An organisation comes under another, with everything below it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from xianfeng.log.actors import Actor
from xianfeng.registry import actions
from xianfeng.registry.models import Affiliation
from xianfeng.web.office.registry import consequences
from xianfeng.web.office.registry.changes.form import ChangeForm
from xianfeng.web.office.registry.fields import OrganisationField


class Move(ChangeForm):
    title = _("改变隶属")
    button = _("改变隶属")
    action = "move"

    parent = OrganisationField(label=_("新的上级"), help_text=_("在本级范围内选；划到范围以外的，由共同的上级办理。"))

    def do(self, by: Actor) -> None:
        actions.move(
            organisation=self.organisation.id,
            parent=self.cleaned_data["parent"].id,
            day=self.day_,
            by=by,
            reason=self.cleaned_data["reason"],
        )

    def consequences(self) -> list[str]:
        counting = Affiliation.objects.filter(organisation=self.organisation, relation="counting", until=None)
        held = counting.select_related("parent").first()
        old = held.parent if held else None
        return consequences.of_moving(self.organisation, old, self.cleaned_data["parent"], self.day_)
