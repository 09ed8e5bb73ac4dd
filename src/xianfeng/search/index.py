"""The index follows the log: entry by entry, whatever an entry is about is read anew from its room.

A step is one transaction that takes some entries and says how far it came, so a run that is killed has lost nothing and
taking an entry twice changes nothing. A search takes the few entries that came since the last one; an import of a
nation is taken by `xianfeng search extend`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version

from django.db import OperationalError, connection, transaction

from xianfeng import folding
from xianfeng.ledger import mentions, published, versions
from xianfeng.ledger.models import Record, SchemeVersion
from xianfeng.log.append import head
from xianfeng.log.bulk import batched
from xianfeng.log.models import Entry
from xianfeng.registry import places
from xianfeng.registry.models import Place
from xianfeng.search import documents, sources
from xianfeng.search.documents import Stored
from xianfeng.search.models import SearchDocument, SearchProgress, SearchTerm
from xianfeng.search.terms import Kind

_FORMAT = 1  # of terms; another one needs another index
_STEP = 20_000  # entries
_BEFORE_A_SEARCH = 300
_ROW = 1
_ABOUT = {"organisation": Kind.ORGANISATION, "record": Kind.RECORD, "bulletin": Kind.BULLETIN, "scheme": Kind.SCHEME}
_Touched = dict[Kind, dict[int, int]]  # kind -> thing -> the last entry about it


def spelling() -> str:
    """How terms are made here and now."""
    return f"{_FORMAT}-{folding.fingerprint()}-{version('pypinyin')}"


def reached() -> int:
    """The last entry that is in the index."""
    return SearchProgress.objects.filter(id=_ROW).values_list("reached", flat=True).first() or 0


def is_of_this_spelling() -> bool:
    known = SearchProgress.objects.filter(id=_ROW).values_list("spelling", flat=True).first()
    return known in (None, spelling())


def catch_up() -> None:
    """Before a search: the entries since the last one, as many as nobody waits for; none while others write."""
    with suppress(OperationalError), _without_waiting():
        extend(most=_BEFORE_A_SEARCH, wait=False)


def extend(
    *, most: int | None = None, wait: bool = True, progress: Callable[[int], None] = lambda reached: None
) -> int:
    """Take what the log has more; how many entries were taken."""
    taken = 0
    while most is None or taken < most:
        step = _STEP if most is None else min(_STEP, most - taken)
        if reached() >= head() or not (more := _extend(step, wait)):
            break
        taken += more
        progress(reached())
    return taken


def clear() -> None:
    """An empty index, to be extended from the first entry."""
    with transaction.atomic():
        _hold()
        with connection.cursor() as cursor:
            for model in (SearchTerm, SearchDocument):  # whole tables, which is quick on both databases
                cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608
        SearchProgress.objects.filter(id=_ROW).update(reached=0, serial=0, spelling=spelling())


@transaction.atomic
def _extend(most: int, wait: bool) -> int:
    progress = _hold(wait=wait)
    entries = Entry.objects.filter(seq__gt=progress.reached).order_by("seq")
    rows = list(entries.values_list("seq", "stream", "action", "about")[:most])
    touched: _Touched = defaultdict(dict)
    for seq, stream, action, about in rows:
        if stream in _ABOUT:
            touched[_ABOUT[stream]][seq if stream == "bulletin" else about] = seq
        if stream == "organisation" and action == "move":
            for kind, thing in _moved(about):
                touched[kind][thing] = seq
        if stream == "organisation" and action == "rename":
            touched[Kind.RECORD].update((record, seq) for record in mentions.naming(about))
        if stream == "scheme":
            touched[Kind.RECORD].update((record, seq) for record in _republished(seq))
    for kind, things in touched.items():
        progress.serial = _write(kind, things, progress.serial)
    if rows:
        progress.reached = rows[-1][0]
        progress.save()
    return len(rows)


@contextmanager
def _without_waiting() -> Iterator[None]:
    """SQLite's writers queue for the whole database, behind an import if there is one. A search does not."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {patience:d}")


def _hold(*, wait: bool = True) -> SearchProgress:
    """The row of the index, held until the transaction ends: one writer at a time."""
    start = {"reached": 0, "serial": 0, "spelling": spelling()}
    SearchProgress.objects.get_or_create(id=_ROW, defaults=start)
    return SearchProgress.objects.select_for_update(nowait=not wait).get(id=_ROW)


def _moved(organisation: int) -> Iterator[tuple[Kind, int]]:
    """Whoever stands under an organisation that got a new place, and the records that they hold or handle."""
    paths = Place.objects.filter(organisation=organisation, ended_seq=None).values_list("path", flat=True)
    for path in paths:
        below = Place.objects.filter(places.within(path)).values_list("organisation_id", flat=True)
        for some in batched(below.distinct()):
            yield from ((Kind.ORGANISATION, one) for one in some)
            held = Record.objects.filter(holder__in=some).values_list("id", flat=True)
            yield from ((Kind.RECORD, one) for one in (*held, *mentions.naming(*some)))


def _republished(seq: int) -> Iterator[int]:
    """The records of which another version of their campaign makes another part public."""
    adopted = SchemeVersion.objects.filter(seq=seq).first()
    if adopted is None:
        return
    before = SchemeVersion.objects.filter(name=adopted.name, seq__lt=seq).order_by("-seq").first()
    old = published.of(versions.scheme(before.hash)) if before else {}
    new = published.of(versions.scheme(adopted.hash))
    changed = [kind for kind in old.keys() | new.keys() if old.get(kind) != new.get(kind)]
    yield from Record.objects.filter(scheme__name=adopted.name, kind__in=changed).values_list("id", flat=True)


def _write(kind: Kind, things: dict[int, int], serial: int) -> int:
    """Replace the documents of things that changed, the last entry's last; the last serial given."""
    old: defaultdict[int, dict[bool, Stored]] = defaultdict(dict)
    for row in documents.of(kind, list(things)):
        old[row.about][row.full] = row
    new: list[Stored] = []
    kept: list[tuple[int, int]] = []
    for text in sorted(sources.texts(kind, things), key=lambda text: things[text.about]):
        row = documents.stored(text, serial + 1, things[text.about])
        before = old[row.about].get(row.full)
        if before is not None and documents.says_the_same(before, row):
            del old[row.about][row.full]
            kept.append((before.id, row.seq))
        else:
            serial += 1
            new.append(row)
    documents.remove(row for rows in old.values() for row in rows.values())
    documents.add(new)
    _tell(kept)
    return serial


def _tell(kept: Iterable[tuple[int, int]]) -> None:
    """Documents that an entry left as they were: only that it is known."""
    with connection.cursor() as cursor:
        statement = f"UPDATE {SearchDocument._meta.db_table} SET seq = %s WHERE id = %s"  # noqa: S608
        cursor.executemany(statement, [(seq, number) for number, seq in kept])
