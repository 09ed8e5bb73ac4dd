"""What can be commented on: an issue of a campaign's bulletins, or a promise made in public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.conf import settings

Sort = Literal["bulletins", "promises"]
EVERY = "*"


@dataclass(frozen=True)
class Subject:
    """`key`: the issue's name in its campaign, or the number of the promise's record."""

    scheme: str
    sort: Sort
    key: str

    @property
    def ref(self) -> str:
        return f"{self.sort}/{self.key}"


def of(scheme: str, ref: str) -> Subject:
    sort, _, key = ref.partition("/")
    return Subject(scheme, "bulletins" if sort == "bulletins" else "promises", key)


def is_open(scheme: str) -> bool:
    """Whether a campaign takes comments: the installation says which do, for somebody has to read them."""
    chosen = settings.XIANFENG_COMMENTS
    return bool(settings.XIANFENG_SYNTHETIC) or EVERY in chosen or scheme in chosen
