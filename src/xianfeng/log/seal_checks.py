"""What a seal must satisfy: its signature, its link to the one before, its note in the log, its line in the list."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import DEFAULT_DB_ALIAS

from xianfeng.log import keys, merkle, seal_list
from xianfeng.log.findings import Finding
from xianfeng.log.models import Entry, Seal
from xianfeng.log.seals import STREAM
from xianfeng.sentences import say


@dataclass(frozen=True)
class SealRow:
    """A seal as stored; `seal` None when a column of it can no longer be read."""

    size: int
    root: bytes
    seal: Seal | None


def check_seals(alias: str, public_key: Path | None) -> Iterator[Finding]:
    public = keys.public_keys(public_key)
    noted = _notes(alias)
    stored: dict[int, SealRow] = {}
    before: SealRow | None = None
    for row in _read(alias):
        stored[row.size] = row
        for code, message in _faults(row, before, public, noted.pop(row.size, None)):
            yield Finding(
                code=code, seq=row.size, message=say("截至第{seq}条的封存：{message}", seq=row.size, message=message)
            )
        yield from _key_change(row, before)
        before = row
    for size in sorted(noted):
        told = say("截至第{seq}条的封存有记录，校验码却不在了。", seq=size)
        yield Finding(code="seal.missing", seq=size, message=told)
    if alias == DEFAULT_DB_ALIAS:  # a copy may be older than the list, or another installation's
        yield from _listed(stored)


def _read(alias: str) -> Iterator[SealRow]:
    stored = Seal.objects.using(alias)
    for size, root in stored.order_by("size").values_list("size", "root"):
        try:
            made = stored.get(size=size)
            seal_list.line_of(made)
        except (TypeError, ValueError, AttributeError):
            made = None
        yield SealRow(size, bytes(root), made)


def _faults(
    row: SealRow, before: SealRow | None, public: Mapping[str, Ed25519PublicKey], noted: str | None
) -> Iterator[tuple[str, str]]:
    made = row.seal
    if made is None:
        yield "seal.unreadable", say("内容读不出来。")
        return
    if made.key not in public:
        yield "seal.unknown_key", say("没有它的公钥，签名无法核对。请用 --key 指定公钥文件。")
    elif not keys.is_signed(public[made.key], bytes(made.signature), made.statement):
        yield "seal.signature", say("签名不符，校验码或签名被改动。")
    if noted != row.root.hex():
        yield "seal.note", say("与办理记录中登记的校验码不符。")
    if (made.previous, bytes(made.previous_root)) != ((before.size, before.root) if before else (None, b"")):
        yield "seal.chain", say("与前一次封存接不上，中间有封存被删去或改动。")
    elif before is not None and not _is_consistent(made, before):
        yield "seal.consistency", say("一致性证明不成立，前后两次封存不是同一份记录。")


def _key_change(row: SealRow, before: SealRow | None) -> Iterator[Finding]:
    latter, former = row.seal, before.seal if before else None
    if latter is not None and former is not None and latter.key != former.key:
        told = say(
            "从截至第{seq}条的封存起换了签名钥：{former}… 换成 {latter}…，请确认是本单位所换。",
            seq=row.size,
            former=former.key[:16],
            latter=latter.key[:16],
        )
        yield Finding(code="seal.new_key", seq=row.size, message=told, weight="note")


def _listed(stored: Mapping[int, SealRow]) -> Iterator[Finding]:
    """Every seal of the list stands in the database as it was signed, and every one of the database is listed."""
    unlisted = set(stored)
    for line in seal_list.listed():
        size = line.get("size")
        row = stored.get(size) if isinstance(size, int) else None
        if row is None:
            told = say(
                "封存清单里有截至第{seq}条的封存，数据库里没有：它和它之后的办理记录被删去，或数据库退回了从前。",
                seq=size,
            )
            hint = say("查明缺少的办理记录；如果是恢复了旧备份，见 docs/deploy.md。")
            yield Finding(code="seal.cut", seq=size if isinstance(size, int) else None, message=told, hint=hint)
            continue
        unlisted.discard(row.size)
        if row.seal is None or seal_list.line_of(row.seal) != line:
            told = say("截至第{seq}条的封存与封存清单所列的不同，数据库或清单被改动。", seq=row.size)
            yield Finding(code="seal.relisted", seq=row.size, message=told)
    if unlisted:
        told = say(
            "有{n}次封存没有列入数据库以外的封存清单（keys/seals.jsonl），第一次截至第{seq}条。",
            n=len(unlisted),
            seq=min(unlisted),
        )
        hint = say("清单丢失时从备份恢复；没有备份时，下一次封存会补列。")
        yield Finding(code="seal.unlisted", message=told, hint=hint, weight="note")


def _is_consistent(made: Seal, before: SealRow) -> bool:
    try:
        proof = [bytes.fromhex(part) for part in json.loads(made.proof)]
        algorithm = merkle.ALGORITHMS[made.algorithm]
    except (KeyError, TypeError, ValueError):
        return False
    return merkle.verify_consistency(before.size, before.root, made.size, bytes(made.root), proof, algorithm=algorithm)


def _notes(alias: str) -> dict[int, str]:
    """What the log itself says was sealed: size -> root."""
    noted: dict[int, str] = {}
    for body in Entry.objects.using(alias).filter(stream=STREAM, action="seal").values_list("body", flat=True):
        try:
            said = json.loads(body)
            noted[int(said["size"])] = str(said["root"])
        except (KeyError, TypeError, ValueError):
            continue  # the entry itself is named as changed
    return noted
