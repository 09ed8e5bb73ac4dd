"""Where campaigns are run. Rooms above tell, since this one knows no schemes: an office is one only at a root."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from xianfeng.registry.models import Place

_providers: list[Callable[[], Iterable[int]]] = []


def register(provider: Callable[[], Iterable[int]]) -> None:
    """`provider` tells the organisations at which campaigns are rooted; told once, in a room's `AppConfig.ready`."""
    _providers.append(provider)


def paths() -> Iterator[str]:
    """The paths of the places where campaigns are rooted."""
    organisations = {number for provider in _providers for number in provider()}
    rows = Place.objects.filter(organisation__in=organisations, ended_seq=None)
    return iter(rows.values_list("path", flat=True))
