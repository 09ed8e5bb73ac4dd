"""Where campaigns are run. Rooms above tell, since this one knows no schemes: an office is one only at a root."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from xianfeng.registry.known import Known
from xianfeng.registry.models import Place

_providers: list[Callable[[], Iterable[int]]] = []


def register(provider: Callable[[], Iterable[int]]) -> None:
    """`provider` tells the organisations at which campaigns are rooted; told once, in a room's `AppConfig.ready`."""
    _providers.append(provider)


def paths() -> Iterator[str]:
    """The paths of the places where campaigns are rooted."""
    organisations = (number for provider in _providers for number in provider())
    return (path for path in _STANDS.each(organisations).values() if path)


def _stands(organisations: Collection[int]) -> Mapping[int, str]:
    rows = Place.objects.filter(organisation__in=organisations, ended_seq=None)
    return dict.fromkeys(organisations, "") | dict(rows.values_list("organisation", "path"))


_STANDS = Known(_stands)
