"""What waits for whoever acts for an organisation, counted by kind: what those below sent for its review, what others
sent it to handle, what it owes. None of it is held there, so that a list of what is held would leave it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.accounts import abilities
from xianfeng.accounts.abilities import Ability
from xianfeng.duties import owed
from xianfeng.ledger import mentions, versions
from xianfeng.ledger.models import Record
from xianfeng.registry.lineage import Node
from xianfeng.registry.models import Appointment
from xianfeng.web.frame import campaigns
from xianfeng.web.record import waiting

_MOST_OWED = 5_000  # duties that are counted


def told(organisation: Node) -> tuple[str, ...]:
    """In words, a kind a line."""
    return (*_to_review(organisation), *_to_handle(organisation), *_owed(organisation))


def _to_review(organisation: Node) -> Iterator[str]:
    held = Appointment.objects.filter(organisation=organisation.id).values_list("role", flat=True).distinct()
    reviewing = frozenset(role for role in held if Ability.REVIEW in abilities.of(role))
    found = waiting.at_organisation(organisation, reviewing)
    for (campaign, kind), count in _by_kind((one.version, one.kind, one.count) for one in found):
        yield gettext("{campaign}：待审核的{kind} {n} 条").format(campaign=campaign, kind=kind, n=count)


def _to_handle(organisation: Node) -> Iterator[str]:
    sent = Record.objects.filter(id__in=mentions.naming(organisation.id)).exclude(holder=organisation.id)
    rows = sent.order_by().values_list("scheme_id", "kind", "state").annotate(n=Count("id"))
    still_open = ((version, kind, n) for version, kind, state, n in rows if _is_open(version, kind, state))
    for (campaign, kind), count in _by_kind(still_open):
        yield gettext("{campaign}：承办的{kind}，{n} 件没有办结").format(campaign=campaign, kind=kind, n=count)


def _owed(organisation: Node) -> Iterator[str]:
    titles = {link.name: link.title for link in campaigns()}
    rows = owed.owed(organisation.id, now=timezone.now(), limit=_MOST_OWED).rows
    for (scheme, title), count in Counter((one.scheme, one.title) for one in rows).most_common():
        campaign = titles.get(scheme, scheme)
        yield gettext("{campaign}：{title}，{n} 项没有完成").format(campaign=campaign, title=title, n=count)


def _is_open(version: str, kind: str, state: str) -> bool:
    return versions.scheme(version).kinds[kind].flow.states[state].open


def _by_kind(counted: Iterable[tuple[str, str, int]]) -> list[tuple[tuple[str, str], int]]:
    """By the titles of campaign and kind, whatever the version; the most first."""
    found: Counter[tuple[str, str]] = Counter()
    for version, kind, count in counted:
        scheme = versions.scheme(version)
        found[scheme.title, scheme.kinds[kind].title] += count
    return found.most_common()
