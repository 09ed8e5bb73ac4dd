"""What becomes a document: organisations, records, closed bulletins and schemes, as their rooms keep them now.

A record's text fields are what is found of it, never a personal one, and for those within who handles it. Where the
public may read only a part, that part is a document of its own, so that no question, excerpt or order can tell the
rest.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import F, Q

from xianfeng.bulletins.closing import document_of
from xianfeng.bulletins.models import Closing
from xianfeng.folding import fold
from xianfeng.ledger import mentions, versions
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record, SchemeVersion
from xianfeng.ledger.published import Published
from xianfeng.log.bulk import batched
from xianfeng.log.models import Entry
from xianfeng.papers.document import Block, plain, runs_of
from xianfeng.registry.changes import GONE
from xianfeng.registry.models import Designation, Organisation, Place
from xianfeng.registry.paths import WIDTH
from xianfeng.scheme import calling
from xianfeng.scheme.types import Level
from xianfeng.search import pinyin
from xianfeng.search.terms import Kind

_TITLE = 60  # characters of the text by which a record is called
_HIGHEST = 15
_STANDS = Q(ended_seq=F("organisation__ended_seq")) | Q(ended_seq=None, organisation__ended_seq=None)


@dataclass(frozen=True, kw_only=True)
class Text:
    """A document before it has a number. `weight`: what is found first among equals; below 0, what is closed."""

    kind: Kind
    about: int
    public: bool
    full: bool
    title: str
    text: str = ""
    name: str = ""
    keys: str = ""
    paths: tuple[str, ...] = ()
    weight: int = 0


def texts(kind: Kind, things: Collection[int]) -> Iterator[Text]:
    """The documents of some things of one kind; none of those that are gone."""
    for some in batched(sorted(things)):
        yield from _TEXTS[kind](some)


def everything(kind: Kind) -> Iterator[int]:
    """Every thing of a kind that may have documents."""
    if kind is Kind.SCHEME:
        begun = Entry.objects.filter(stream="scheme").order_by("about").values_list("about", flat=True)
        return begun.distinct().iterator()
    model = {Kind.ORGANISATION: Organisation, Kind.RECORD: Record, Kind.BULLETIN: Closing}[kind]
    rows = model._default_manager.order_by("pk").values_list("pk", flat=True)
    return rows.iterator(chunk_size=5_000)


def _organisations(some: list[int]) -> Iterator[Text]:
    former: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for held, name, code in (
        Designation.objects.filter(organisation__in=some).order_by("id").values_list("organisation_id", "name", "code")
    ):
        former[held].append((name, code))
    stands = _stands(some)
    for row in Organisation.objects.filter(id__in=some).exclude(code__startswith=GONE).order_by("id"):
        yield _organisation(row, former[row.id], tuple(stands.get(row.id, ())))


def _organisation(row: Organisation, former: Iterable[tuple[str, str]], paths: tuple[str, ...]) -> Text:
    """What it is called and under whom it stands is public. The higher it stands the sooner it is found."""
    names = dict.fromkeys((row.name, *(name for name, _ in former)))
    codes = dict.fromkeys((row.code, *(code for _, code in former)))
    name = fold(row.name)
    depth = min((len(path) // WIDTH for path in paths), default=_HIGHEST)
    return Text(
        kind=Kind.ORGANISATION,
        about=row.id,
        public=True,
        full=True,
        title=row.name,
        text="\n".join(names),
        name=name,
        keys=_joined((*map(fold, codes), *pinyin.keys(name))),
        paths=paths,
        weight=-1 if row.closed else max(_HIGHEST - depth, 0),
    )


def _records(some: list[int]) -> Iterator[Text]:
    rows = list(Record.objects.filter(id__in=some).order_by("id"))
    mentioned = mentions.stored(some)
    also = {one for named in mentioned.values() for one in named}
    names = dict(Organisation.objects.filter(id__in=also).values_list("id", "name"))
    stands = _stands({*names, *(row.holder for row in rows)})
    places = dict(Place.objects.filter(id__in={row.place for row in rows}).values_list("id", "path"))
    published = Published()
    for row in rows:
        by = sorted(names.keys() & mentioned.get(row.id, frozenset()))
        near = (path for one in (row.holder, *by) for path in stands.get(one, ()))
        paths = tuple(dict.fromkeys((places[row.place], *near)))
        yield from _record(row, paths, tuple(names[one] for one in by), published)


def _record(row: Record, paths: tuple[str, ...], by: tuple[str, ...], campaigns: Published) -> Iterator[Text]:
    """In full and with who handles it, for those within; and for the public, what the campaign publishes of what has
    been filed."""
    scheme = versions.scheme(row.scheme_id)
    values: Mapping[str, object] = json.loads(row.values)
    readable = campaigns.fields(scheme.name, row.kind)
    kind = scheme.kinds[row.kind]
    texts = [each.name for each in kind.fields.values() if each.type.is_text and not each.personal]
    texts.sort(key=lambda name: name not in calling.parts(kind))
    told = [(name in readable, str(values[name])) for name in texts if name in values]
    published = [text for public, text in told if public] if row.level > Level.NONE.rank else []
    same = len(published) == len(told) and not by
    weight = -1 if row.state == WITHDRAWN else 0
    whole = [*(text for _, text in told), *by] if told else []
    for lines, public, full in ((whole, same, True), ([] if same else published, True, False)):
        if lines:
            title = lines[0][:_TITLE]
            yield Text(
                kind=Kind.RECORD,
                about=row.id,
                public=public,
                full=full,
                title=title,
                text="\n".join(lines),
                name=fold(title),
                paths=paths,
                weight=weight,
            )


def _bulletins(some: list[int]) -> Iterator[Text]:
    for row in Closing.objects.filter(id__in=some).select_related("scheme").defer("scheme__package").order_by("id"):
        document = document_of(row)
        head = document.masthead
        title = "".join(plain(line) for line in head.title)
        blocks: Iterable[Block] = (*document.editors_note, *document.body)
        lines = (plain(runs) for block in blocks for runs in runs_of(block))
        printed = f"{head.series} {plain(head.number)} {plain(head.special)} {head.issuer}".replace("  ", " ")
        yield _published(Kind.BULLETIN, row.id, title, (printed, *(line for line in lines if line.strip())))


def _schemes(some: list[int]) -> Iterator[Text]:
    """A campaign is found by what its newest version calls its parts."""
    for about in some:
        entries = Entry.objects.filter(stream="scheme", about=about).values("seq")
        version = SchemeVersion.objects.filter(seq__in=entries).order_by("-seq").values_list("hash", flat=True).first()
        if version is None:
            continue
        scheme = versions.scheme(version)
        lines = [phase.title for phase in scheme.phases.values()]
        lines += [item for standard in scheme.standards.values() for item in (standard.title, *standard.items)]
        lines += [kind.title for kind in scheme.kinds.values()]
        lines += [measure.title for measure in scheme.measures.values() if measure.public]
        yield _published(Kind.SCHEME, about, scheme.title, ("、".join(dict.fromkeys(lines)),))


def _published(kind: Kind, about: int, title: str, lines: Iterable[str]) -> Text:
    return Text(
        kind=kind, about=about, public=True, full=True, title=title, text="\n".join((title, *lines)), name=fold(title)
    )


_TEXTS: Mapping[Kind, Callable[[list[int]], Iterator[Text]]] = {
    Kind.ORGANISATION: _organisations,
    Kind.RECORD: _records,
    Kind.BULLETIN: _bulletins,
    Kind.SCHEME: _schemes,
}


def _stands(organisations: Iterable[int]) -> dict[int, list[str]]:
    """Where organisations stand now, or stood last."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for some in batched(sorted(set(organisations))):
        rows = Place.objects.filter(_STANDS, organisation__in=some).order_by("id")
        for organisation, path in rows.values_list("organisation_id", "path"):
            found[organisation].append(path)
    return found


def _joined(spelt: Iterable[str]) -> str:
    return "|" + "".join(f"{key}|" for key in dict.fromkeys(spelt) if key)
