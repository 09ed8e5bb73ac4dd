"""An organisation ends; somebody takes over what is open."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xianfeng.log.actors import Actor
from xianfeng.registry import actions
from xianfeng.web.office.registry import consequences
from xianfeng.web.office.registry.changes.form import ChangeForm
from xianfeng.web.office.registry.fields import OrganisationField


class Close(ChangeForm):
    title = pgettext_lazy("组织", "撤销")
    button = _("撤销这个组织")
    action = "close"

    successor = OrganisationField(
        label=_("承接组织"),
        required=False,
        help_text=_("接过未办结的事项和历史数据的组织；确实没有的空着，那时要先把事项办结。"),
    )

    def do(self, by: Actor) -> None:
        heir = self.cleaned_data["successor"]
        actions.close(
            organisation=self.organisation.id,
            successor=heir.id if heir else None,
            day=self.day_,
            by=by,
            reason=self.cleaned_data["reason"],
        )

    def consequences(self) -> list[str]:
        lines = consequences.of_ending(self.organisation, self.cleaned_data["successor"], self.day_)
        return [*lines, gettext("撤销不能撤回。")]
