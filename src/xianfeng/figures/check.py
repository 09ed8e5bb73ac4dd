"""Whether the lake still says what the log says: every posting read from both, in commit order, and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.parquet as pq

from xianfeng.figures import columns
from xianfeng.figures.interface import Register, Source
from xianfeng.figures.lake import Lake, Manifest, belongs
from xianfeng.log.findings import Difference
from xianfeng.sentences import say

Part = tuple[str, str]  # register, month of entry


@dataclass
class _Account:
    """Rows, taken into one digest as they come."""

    rows: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def take(self, table: pa.Table) -> None:
        self.rows += table.num_rows
        for row in table.to_pylist():
            self.digest.update(repr(list(row.values())).encode())


def check(lake: Lake, source: Source) -> list[Difference]:
    """Everything that differs; empty when the lake may be trusted. Entries that it has not reached yet are no fault."""
    manifest = lake.manifest()
    if not belongs(manifest, source):
        return [Difference(about="manifest.json", message=say("数据湖不是由这个数据库写成的"))]
    damaged = lake.damaged(manifest)
    if damaged:
        return [Difference(about=segment.path, message=say("文件缺失，或与清单不符")) for segment in damaged]
    return list(_compared(_of_lake(lake, manifest, source), _of_log(manifest, source)))


def _compared(lake: dict[Part, _Account], log: dict[Part, _Account]) -> Iterator[Difference]:
    for part in sorted(lake.keys() | log.keys()):
        found, wanted = lake.get(part, _Account()), log.get(part, _Account())
        if found.rows != wanted.rows:
            said = say("有 {found} 行，办理记录有 {wanted} 行", found=found.rows, wanted=wanted.rows)
            yield Difference(about="/".join(part), message=said)
        elif found.digest.digest() != wanted.digest.digest():
            yield Difference(about="/".join(part), message=say("内容与办理记录不同"))


def _of_log(manifest: Manifest, source: Source) -> dict[Part, _Account]:
    registers, accounts = source.registers(), dict[Part, _Account]()
    for raw in source.postings(0, manifest.head):
        for register, month, rows in columns.parted(source, raw):
            accounts.setdefault((register.key, month), _Account()).take(_complete(rows, registers[register.key]))
    return accounts


def _of_lake(lake: Lake, manifest: Manifest, source: Source) -> dict[Part, _Account]:
    registers, accounts = source.registers(), dict[Part, _Account]()
    for segment in sorted(manifest.segments, key=lambda each: each.first):
        table = _complete(pq.read_table(lake.path(segment)), registers[segment.register])
        accounts.setdefault((segment.register, segment.month), _Account()).take(table)
    return accounts


def _complete(table: pa.Table, register: Register) -> pa.Table:
    """With the columns that the register has got since."""
    wanted = columns.schema(register)
    return pa.table(
        [
            table.column(each.name) if each.name in table.column_names else pa.nulls(table.num_rows, each.type)
            for each in wanted
        ],
        schema=wanted,
    )
