"""How long a password must be, said in the product's own words."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext


class LongEnough:
    """Long is what keeps a password from being guessed; what it is made of is not asked."""

    def __init__(self, least: int = 10) -> None:
        self.least = least

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.least:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        told = ngettext("密码太短，至少要 %(least)s 个字符。", "密码太短，至少要 %(least)s 个字符。", self.least)
        return told % {"least": self.least}
