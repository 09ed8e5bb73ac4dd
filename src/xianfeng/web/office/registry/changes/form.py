"""What every change of an organisation asks: from which day, why; and what its page was opened on."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xianfeng.log.actors import Actor
from xianfeng.log.models import Entry
from xianfeng.registry.models import Organisation
from xianfeng.web.office.registry.events import latest
from xianfeng.web.office.registry.fields import DAY_INPUT, OrganisationField, OrganisationsField
from xianfeng.web.scope import Scope


class ChangeForm(forms.Form):
    """`organisation`: the one that is changed. A change says what it will do before it is done."""

    title: ClassVar[str | Promise]
    button: ClassVar[str | Promise]
    action: ClassVar[str]  # as entries call it
    beneath: ClassVar[bool] = False  # whether it only adds beneath, and so may be done at one's own organisation
    lead: ClassVar[str | Promise] = ""

    day = forms.DateField(label=_("从哪一天起"), widget=DAY_INPUT, help_text=_("实际发生的日期，不晚于今天。"))
    reason = forms.CharField(
        label=_("依据或理由"), required=False, max_length=500, help_text=_("例如：文件名称和文号。")
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, organisation: Organisation, scope: Scope) -> None:
        self.organisation, self.scope = organisation, scope
        super().__init__(data, initial={"seen": latest(organisation.id)})
        for field in self.fields.values():
            if isinstance(field, OrganisationField | OrganisationsField):
                field.scope = scope
        self.order_fields([*[name for name in self.fields if name not in ("day", "reason")], "day", "reason"])

    def do(self, by: Actor) -> None:
        """The change itself, by the registry's own rules: a Problem when it does not allow it."""
        raise NotImplementedError

    def consequences(self) -> list[str]:
        """What will be so afterwards, sentence by sentence."""
        raise NotImplementedError

    def done_by(self, actor: Actor) -> bool:
        """Whether what is asked has been done by the same actor since: a form sent twice."""
        last = Entry.objects.filter(seq=latest(self.organisation.id)).first()
        return (
            self.stale
            and last is not None
            and last.actor == actor.ref
            and last.action == self.action
            and last.day == self.cleaned_data["day"]
        )

    @property
    def stale(self) -> bool:
        """Whether something has happened to the organisation since the page was opened."""
        return bool(self.cleaned_data["seen"] != latest(self.organisation.id))

    @property
    def day_(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        return day
