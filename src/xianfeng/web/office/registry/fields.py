"""Fields of the registry's forms: an organisation of the own subtree, a day, a hidden number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext

from xianfeng.registry.models import Organisation
from xianfeng.web.office.registry import territory
from xianfeng.web.scope import Scope

DAY_INPUT = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OrganisationField(forms.CharField):
    """Picked by name, sent as a code; one of another's subtree is as unknown as one that does not exist."""

    source: str | Promise = reverse_lazy("pick_organisations")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)
        self.scope: Scope | None = None

    @property
    def picker(self) -> str:
        return f"{self.source}?within=1"

    def clean(self, value: Any) -> Organisation | None:
        code = super().clean(value)
        return _found(self.scope, code) if code else None


class OrganisationsField(forms.CharField):
    """Several, a code in a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=4000, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)
        self.scope: Scope | None = None

    def clean(self, value: Any) -> list[Organisation]:
        codes = dict.fromkeys(line.strip() for line in super().clean(value).splitlines() if line.strip())
        return [_found(self.scope, code) for code in codes]


def _found(scope: Scope | None, code: str) -> Organisation:
    found = territory.by_code(scope, code) if scope else None
    if found is None:
        raise ValidationError(gettext("本级范围内没有代码为“%(code)s”的组织。") % {"code": code})
    return found
