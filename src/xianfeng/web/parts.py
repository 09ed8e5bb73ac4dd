"""What pages hand to the small components: where a list goes on, tabs, progress, and a step that asks once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Pages:
    """For `components/pages.html`. Lists go on by key, so there is a next and a first and no number of pages."""

    next: str = ""
    first: str = ""
    where: str | Promise = ""  # "共 1,204 条，此处从第 51 条起"


@dataclass(frozen=True)
class Tab:
    """For `components/tabs.html`."""

    title: str | Promise
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Progress:
    """For `components/progress.html`. `cancel`: the address to which a POST stops the work."""

    title: str | Promise
    done: int
    total: int
    cancel: str = ""


@dataclass(frozen=True)
class Confirmation:
    """A step that cannot be undone, asked once: its consequences named, its button saying what it does."""

    title: str | Promise
    consequences: Sequence[str | Promise]
    button: str | Promise
    back: str
    values: Mapping[str, str] = field(default_factory=dict)  # posted again, unchanged


def confirmed(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get(CONFIRMED) == "yes"


def confirm(request: HttpRequest, question: Confirmation) -> HttpResponse:
    """The page that asks; its form posts to the same address with `confirmed` set."""
    return render(request, "components/confirm.html", {"page": question})
