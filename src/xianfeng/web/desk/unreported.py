"""Which organisations below have not reported what a campaign's obligations ask of them, obligation by obligation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from xianfeng import figures
from xianfeng.bulletins import addresses
from xianfeng.figures.interface import Query
from xianfeng.ledger import versions
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Evidenced, Scheme
from xianfeng.scheme.obliging import Obligation
from xianfeng.scheme.owing import owing
from xianfeng.web.desk.kinds import takes_part
from xianfeng.web.frame import campaigns, last_day
from xianfeng.web.kept import Kept
from xianfeng.web.scope import Scope
from xianfeng.web.templatetags.xianfeng import listed

_MOST = 20_000  # organisations below that owe one thing
_lacks: Kept[tuple[Lack, ...]] = Kept()


@dataclass(frozen=True)
class Lack:
    """What somebody below has not reported. `names`: where they are told; `links`: where they are sent links."""

    title: str
    campaign: str
    over: bool  # the campaign has ended
    missing: int
    names: str
    links: str


def lacks(seen: Scope, own: Node) -> tuple[Lack, ...]:
    """Of campaigns that run first, then of the others; found once an entry for each part of the books."""
    return _lacks.of(seen, (own.id, timezone.localdate()), lambda: tuple(_sorted(seen, own)))


def missing(scheme: Scheme, measure: str, own: Node) -> tuple[int, ...]:
    """The organisations below that a measure lacks."""
    found = figures.engine().moment().missing(_query(scheme, measure, own), limit=_MOST)
    return tuple(number for number in found if number != own.id)


def _sorted(seen: Scope, own: Node) -> list[Lack]:
    found = [lack for link in campaigns() for lack in _of_campaign(versions.current(link.name), seen, own)]
    return sorted(found, key=lambda lack: lack.over)


def _of_campaign(scheme: Scheme, seen: Scope, own: Node) -> Iterator[Lack]:
    if not takes_part(scheme, own):
        return
    asked = tuple(_asked(scheme, seen, own))
    found = figures.engine().moment().figures([_query(scheme, measure.name, own) for measure, _ in asked])
    for (measure, rules), figure in zip(asked, found, strict=True):
        below = missing(scheme, measure.name, own) if figure.missing else ()
        if below:
            yield Lack(
                title=listed(rule.title for rule in rules),
                campaign=scheme.title,
                over=scheme.until < timezone.localdate(),
                missing=len(below),
                names=addresses.figure(scheme, figure.query, own.code) + "#missing",
                links=_links(scheme, rules[0], measure),
            )


def _asked(scheme: Scheme, seen: Scope, own: Node) -> Iterator[tuple[Evidenced, tuple[Obligation, ...]]]:
    """Each obligation once, by a measure that it is behind: one that asks for nothing else, where there is one."""
    owed = [(one, owing(scheme, one)) for one in scheme.measures.values() if isinstance(one, Evidenced)]
    told: set[str] = set()
    for measure, rules in sorted(owed, key=lambda pair: len(pair[1])):
        names = {rule.name for rule in rules}
        if not names <= told and seen.measure(measure, own.id):
            told |= names
            yield measure, rules


def _query(scheme: Scheme, measure: str, own: Node) -> Query:
    """As the dashboard asks, so that both say the same number."""
    return Query(scheme=scheme.hash, measure=measure, organisation=own.id, until=last_day(scheme))


def _links(scheme: Scheme, rule: Obligation, measure: Evidenced) -> str:
    asked = {"kind": f"{scheme.name}/{rule.kind}", "lacking": measure.name}
    return f"{reverse('links')}?{urlencode(asked)}#make"
