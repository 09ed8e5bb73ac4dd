"""What a search found as people are shown it: a title with a link, what it says, where it belongs.

The index may be some entries behind, so the scope is asked again of what is shown, and a record that was written of
since is left out until the index has come that far.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext

from xianfeng.accounts.abilities import Ability
from xianfeng.bulletins.models import Closing
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record, SchemeVersion
from xianfeng.log.bulk import LARGEST
from xianfeng.log.models import Entry
from xianfeng.registry import tree
from xianfeng.registry.lineage import Lineage
from xianfeng.registry.models import Organisation
from xianfeng.scheme import titles
from xianfeng.search.documents import Stored
from xianfeng.search.excerpts import Excerpt, excerpt, marked
from xianfeng.search.query import Hits
from xianfeng.search.sight import Sight
from xianfeng.search.terms import Kind
from xianfeng.sentences import translated
from xianfeng.web.record.values import state_title
from xianfeng.web.scope import Scope

_NUMBER = re.compile(r"(?:\u7b2c\s*)?(\d{1,18})\s*\u53f7?")  # alone, or as a record is titled
_ABOVE = 3  # organisations named above one
_HEAD_OF_BULLETIN = 2  # lines: title and imprint, which are shown otherwise


@dataclass(frozen=True)
class Found:
    href: str
    title: Excerpt
    facts: tuple[str, ...]
    excerpt: Excerpt = ()
    closed: str = ""  # what to call it when it is over


@dataclass(frozen=True)
class Suggestion:
    """An organisation to be picked."""

    id: int
    code: str
    name: str
    where: str
    closed: bool


def sight(seen: Scope) -> Sight:
    """The scope of a request, as the index asks it."""
    paths = seen.reader.paths if seen.reader.can(Ability.READ) else ()
    return Sight(paths=paths, everything=seen.everything)


def shown(hits: Hits, seen: Scope) -> tuple[Found, ...]:
    """The answers of one kind, in their order."""
    if not hits.rows:
        return ()
    return tuple(_SHOWN[Kind(hits.rows[0].kind)](hits, seen))


def numbered(text: str, seen: Scope) -> tuple[Found, ...]:
    """The record that a number means, where this reader may see it."""
    said = _NUMBER.fullmatch(text)
    number = int(said.group(1)) if said else 0
    row = seen.records(Record.objects.filter(id=number)).first() if 0 < number <= LARGEST else None
    if row is None or not seen.record(row):
        return ()
    kind = versions.scheme(row.scheme_id).kinds[row.kind]
    title = gettext("{kind}第 {number} 号").format(kind=kind.title, number=number)
    at = tree.named([row.organisation], timezone.localdate())[row.organisation].name
    return (Found(reverse("record", args=[number]), marked(title, ()), (at, str(row.day))),)


def suggestions(rows: Sequence[Stored]) -> tuple[Suggestion, ...]:
    """Organisations, with what stands above them."""
    codes = dict(Organisation.objects.filter(id__in=_about(rows)).values_list("id", "code"))
    where = _where(_about(rows))
    return tuple(
        Suggestion(row.about, codes[row.about], row.title, where[row.about], row.closed)
        for row in rows
        if row.about in codes
    )


def _organisations(hits: Hits, seen: Scope) -> list[Found]:
    nodes = Organisation.objects.in_bulk(_about(hits.rows))
    where = _where(nodes)
    words = hits.question.words
    found = []
    for row in hits.rows:
        if node := nodes.get(row.about):
            kind = translated(titles.kind_of(node))
            former = gettext("、").join(row.text.split("\n")[1:])
            says = excerpt(gettext("曾用名：{names}").format(names=former), words) if former else ()
            facts = tuple(fact for fact in (where[node.id], kind, node.code) if fact)
            href = reverse("organisation", args=[node.code])
            closed = pgettext("组织", "已撤销") if row.closed else ""
            found.append(Found(href, marked(row.title, words), facts, says, closed))
    return found


def _records(hits: Hits, seen: Scope) -> list[Found]:
    numbers = _about(hits.rows)
    readable = {row.id: row for row in seen.records(Record.objects.filter(id__in=numbers))}
    in_full = set(seen.records_in_full(Record.objects.filter(id__in=numbers)).values_list("id", flat=True))
    nodes = tree.named({row.organisation for row in readable.values()}, timezone.localdate())
    found = []
    for row in hits.rows:
        record = readable.get(row.about)
        if record is None or record.seq != row.seq or not (row.public or record.id in in_full):
            continue
        kind = versions.scheme(record.scheme_id).kinds[record.kind]
        closed = pgettext("记录", "已撤销") if row.closed else ""
        state = () if closed else (state_title(kind, record.state),)
        facts = (kind.title, nodes[record.organisation].name, str(record.day), *state)
        words = hits.question.words
        says = excerpt(row.text, words) if row.text != row.title else ()
        found.append(
            Found(
                reverse("record", args=[record.id]),
                marked(row.title, words),
                facts,
                says,
                closed,
            )
        )
    return found


def _bulletins(hits: Hits, seen: Scope) -> list[Found]:
    closings = Closing.objects.select_related("scheme").defer("document", "scheme__package").in_bulk(_about(hits.rows))
    found = []
    for row in hits.rows:
        if issue := closings.get(row.about):
            number = gettext("第{number}期").format(number=issue.number)
            href = reverse("bulletin", args=[issue.scheme.name, issue.bulletin])
            says = excerpt("\n".join(row.text.split("\n")[_HEAD_OF_BULLETIN:]), hits.question.words)
            facts = (issue.series, number, str(issue.issued))
            found.append(Found(href, marked(row.title, hits.question.words), facts, says))
    return found


def _schemes(hits: Hits, seen: Scope) -> list[Found]:
    entries = Entry.objects.filter(stream="scheme", about__in=_about(hits.rows)).values_list("about", "scheme")
    by_hash = {hash_: about for about, hash_ in entries}
    names = SchemeVersion.objects.filter(hash__in=by_hash).values_list("hash", "name")
    name_of = {by_hash[hash_]: name for hash_, name in names}
    return [_scheme(row, name_of[row.about], hits.question.words) for row in hits.rows]


def _scheme(row: Stored, name: str, words: Sequence[str]) -> Found:
    """The titles of its parts are shown where one of them is what was asked for."""
    says = excerpt(row.text.partition("\n")[2], words)
    told = says if any(piece.found for piece in says) else ()
    return Found(reverse("campaign", args=[name]), marked(row.title, words), (), told)


_SHOWN: Mapping[Kind, Callable[[Hits, Scope], list[Found]]] = {
    Kind.ORGANISATION: _organisations,
    Kind.RECORD: _records,
    Kind.BULLETIN: _bulletins,
    Kind.SCHEME: _schemes,
}


def _about(rows: Sequence[Stored]) -> list[int]:
    return [row.about for row in rows]


def _where(organisations: Iterable[int]) -> dict[int, str]:
    """The organisations above each, from the top, the nearest few."""
    wanted = list(organisations)
    today, lineage = timezone.localdate(), Lineage()
    lineage.learn(wanted)
    found = {}
    for one in wanted:
        above = reversed(lineage.ancestors(one, today)[:_ABOVE])
        found[one] = " › ".join(node.name for held in above if (node := lineage.node(held, today)) is not None)
    return found
