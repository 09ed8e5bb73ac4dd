"""Filing: one record or a hundred thousand, through the same steps.

Rows are prepared in batches; the rows of a batch take their numbers at once and are written together. Everything is
written or nothing: a row that cannot be filed stops the whole, and every such row is told, by its number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from xianfeng.ledger import conditions, files, forms, history, mentions, personal, projection, versions
from xianfeng.ledger.drafting import draft
from xianfeng.ledger.forms import Form
from xianfeng.ledger.image import Image
from xianfeng.ledger.models import Record
from xianfeng.ledger.preparing import Preparation, Prepared, Row
from xianfeng.ledger.saying import of_row
from xianfeng.ledger.scribe import Scribe
from xianfeng.log import bulk
from xianfeng.log.actors import Actor
from xianfeng.log.append import Draft, append, next_number
from xianfeng.problems import Problem, Problems
from xianfeng.registry import changes
from xianfeng.sentences import say
from xianfeng.vault import values as vault

BATCH = 4_000  # rows prepared before any is written; a longer file holds the sequence from its first batch on
_FILED = "SELECT id, organisation, reference FROM ledger_record WHERE register = %s AND reference IN ({places})"
MOST_TOLD = 100  # a file with more faults is wrong as a whole: the rest are counted


def file(
    *,
    by: Actor,
    scheme: str,
    kind: str,
    organisation: int,
    day: dt.date,
    values: Mapping[str, object],
    reference: str | None = None,
    for_: int | None = None,
    state: str | None = None,
    attachments: files.Given = files.NONE,
) -> Record:
    """File one record under the current version of a scheme (by name).

    `reference` is the filer's own key: the same content under it is the record already filed. `for_` says that the
    actor fills in for this organisation. `state` is reached by the author's own moves on the same day; without it
    the record stands where its flow begins. `attachments` are files kept already (`files.keep`), by field.
    """
    row = Row(
        organisation=organisation,
        day=day,
        values=values,
        reference=reference,
        for_=for_,
        state=state,
        attachments=attachments,
    )
    form = forms.form(versions.current(scheme).hash, kind)
    with transaction.atomic():
        changes.hold_still()
        (prepared,) = Preparation(form, by).prepare([row])
        forms.refuse(prepared.problems, form)
        problems: list[Problem] = []
        numbers = _write(form, by, [(0, prepared)], problems)
        forms.refuse(problems, form)
        return Record.objects.get(id=numbers[0])


@transaction.atomic
def file_many(*, by: Actor, scheme: str, kind: str, rows: Iterable[Row]) -> tuple[int, ...]:
    """File many records in one transaction; their numbers, in the order of the rows. Everything or nothing."""
    changes.hold_still()
    form = forms.form(versions.current(scheme).hash, kind)
    preparation = Preparation(form, by)
    filed: list[int] = []
    refused: list[Problem] = []
    seen = 0
    for batch in bulk.batched(rows, BATCH):
        with bulk.uncollected():
            prepared = list(enumerate(preparation.prepare(batch), start=seen + 1))
            seen += len(batch)
            for number, one in prepared:
                refused.extend([problem.at(of_row(number), row=number) for problem in one.problems])
            if not refused:
                filed.extend(_write(form, by, prepared, refused))
    if refused:
        raise Problems(
            refused[:MOST_TOLD],
            code="ledger.rows",
            message=say(
                "“{form}”有 {count} 处要改，全部 {seen} 行都没有保存。",
                form=form.kind.title,
                count=len(refused),
                seen=seen,
            ),
            hint="请逐行改正后重新提交整个文件。",
        )
    return tuple(filed)


def check_many(*, by: Actor, scheme: str, kind: str, rows: Sequence[Row]) -> tuple[Problem, ...]:
    """What filing these rows would be refused for, each problem with its row; nothing is filed."""
    form = forms.form(versions.current(scheme).hash, kind)
    prepared = enumerate(Preparation(form, by).prepare(rows), start=1)
    return tuple(problem.at(of_row(number), row=number) for number, one in prepared for problem in one.problems)


def _write(form: Form, by: Actor, prepared: Sequence[tuple[int, Prepared]], problems: list[Problem]) -> list[int]:
    """Number and write prepared rows; the records of all rows, those filed before among them.

    From `next_number` on nobody else can write, so a reference that is not found now cannot be filed twice.
    """
    if conditions.concern(form.kind):
        conditions.weigh(list(_not_filed(form, by, prepared)))
    if form.personal:
        vault.take_turn(alone=False)  # before the sequence, as an erasure does: neither waits for the other for ever
    seq = next_number()
    known = _References(form, [one for _, one in prepared], by)
    numbers: list[int] = []
    begun: list[tuple[int, Prepared]] = []
    rows: list[int] = []
    for number, one in prepared:
        try:
            existing = known.find(one)
        except Problem as problem:
            problems.append(problem.at(of_row(number), row=number) if number else problem)
            continue
        if existing is None:
            known.remember(one, seq)
            begun.append((seq, one))
            rows.append(number)
            numbers.append(seq)
            seq += len(one.steps)
        else:
            numbers.append(existing)
    if not problems:
        if conditions.concern(form.kind):
            conditions.refuse([_writing(form, row, one) for row, (_, one) in zip(rows, begun, strict=True)])
        _keep_personal(form, begun)
        _insert(form, by, begun)
    return numbers


def _not_filed(form: Form, by: Actor, prepared: Sequence[tuple[int, Prepared]]) -> Iterator[conditions.Writing]:
    """Those that are not filed yet, as far as can be seen before it is their turn."""
    known = _References(form, [one for _, one in prepared], by)
    for row, one in prepared:
        if known.reference(one) is None:
            yield _writing(form, row, one)


def _writing(form: Form, row: int, one: Prepared) -> conditions.Writing:
    return conditions.Writing(record=None, row=row, form=form, before=None, after=one.steps[-1].after)


def _insert(form: Form, by: Actor, begun: Sequence[tuple[int, Prepared]]) -> None:
    drafts: list[Draft] = []
    records: list[tuple[Any, ...]] = []
    attached: list[tuple[int, int, Sequence[files.Described]]] = []
    scribe = Scribe(form.figures)
    for record, one in begun:
        before: Image | None = None
        on_behalf = one.row.for_
        told = files.described(one.row.attachments, {}) if one.row.attachments else ()
        for taken in one.steps:
            about, new = (record, ()) if before is not None else (None, told)
            drafts.append(draft(form, about, before, taken, scribe, on_behalf=on_behalf, attachments=new))
            before = taken.after
        if told:
            attached.append((record, record, told))
        if before is not None:
            records.append(projection.row(record, form, before, record + len(one.steps) - 1, scribe))
    append(drafts, by=by)
    bulk.insert(Record, projection.COLUMNS, records)
    mentions.begun(form, ((record, one.steps[-1].after) for record, one in begun))
    if attached:
        files.register(attached)


def _keep_personal(form: Form, begun: Sequence[tuple[int, Prepared]]) -> None:
    """Give the pending personal fields of every step their commitments."""
    if not form.personal:
        return
    tellings = [personal.Telling(record, taken.after, taken.told) for record, one in begun for taken in one.steps]
    kept = iter(personal.keep(form, tellings))
    for _, one in begun:
        held: dict[str, str] = {}
        for position, taken in enumerate(one.steps):
            held |= next(kept)
            one.steps[position] = taken._replace(after=personal.committed(taken.after, held))


class _References:
    """What has been filed under the references of a batch: before it, and in it."""

    def __init__(self, form: Form, prepared: Iterable[Prepared], by: Actor) -> None:
        self._by = by
        self._filed: dict[tuple[int, str], int] = {}
        self._images: dict[int, Image] = {}
        self._told: dict[int, Mapping[str, str]] = {}
        references = sorted({one.steps[0].after.reference or "" for one in prepared} - {""})
        for some in bulk.batched(references):
            self._look(form, some)

    def find(self, one: Prepared) -> int | None:
        """The record that is already filed under a row's reference; a Problem when it says something else."""
        image, record = one.steps[0].after, self.reference(one)
        if record is None:
            return None
        filed = self._images[record]
        if filed.day != image.day or not _same(filed, image, one.prefilled) or not self._same_told(record, filed, one):
            raise Problem(
                "ledger.reference_taken",
                say(
                    "自编编号“{reference}”已用于第 {record} 号记录，内容不同。",
                    reference=image.reference,
                    record=record,
                ),
                hint="如要改正那条记录，请用“更正”；如是另一件工作，请换一个编号。",
                place="自编编号",
            )
        return record

    def reference(self, one: Prepared) -> int | None:
        """The record that is filed under a row's reference, whatever it says."""
        image = one.steps[0].after
        return self._filed.get((image.organisation, image.reference)) if image.reference else None

    def remember(self, one: Prepared, record: int) -> None:
        image = one.steps[0].after
        if image.reference:
            self._filed[image.organisation, image.reference] = record
            self._images[record] = image
            self._told[record] = one.values.personal

    def _same_told(self, record: int, filed: Image, one: Prepared) -> bool:
        told = self._told.get(record)
        return (
            personal.same(filed.personal, one.values.personal, by=self._by)
            if told is None
            else (told == one.values.personal)
        )

    def _look(self, form: Form, references: list[str]) -> None:
        places = ", ".join(["%s"] * len(references))
        with connection.cursor() as cursor:
            cursor.execute(_FILED.format(places=places), [form.register, *references])
            found = cursor.fetchall()
        self._filed |= {(organisation, reference): record for record, organisation, reference in found}
        self._images |= history.as_filed([record for record, _, _ in found])


def _same(filed: Image, image: Image, prefilled: Collection[str]) -> bool:
    """Whether two images say the same; what was prefilled nobody said, and it may be another value today."""
    said = filed.values.keys() | image.values.keys()
    return all(filed.values.get(name) == image.values.get(name) for name in said if name not in prefilled)
