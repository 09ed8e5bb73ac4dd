"""What a seal must satisfy by itself: its signature, its link to the one before, its note in the log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from xianfeng.log import keys, merkle
from xianfeng.log.findings import Finding
from xianfeng.log.models import Entry, Seal
from xianfeng.log.seals import STREAM, statement


@dataclass(frozen=True)
class SealRow:
    """A seal as stored; `seal` None when a column of it can no longer be read."""

    size: int
    root: bytes
    seal: Seal | None


def check_seals(alias: str, public_key: Path | None) -> Iterator[Finding]:
    public = keys.public_keys(public_key)
    noted = _notes(alias)
    before: SealRow | None = None
    for row in _read(alias):
        for code, message in _faults(row, before, public, noted.pop(row.size, None)):
            yield Finding(code=code, seq=row.size, message=f"截至第{row.size}条的封存：{message}")
        before = row
    for size in sorted(noted):
        told = f"截至第{size}条的封存有记录，校验码却不在了。"
        yield Finding(code="seal.missing", seq=size, message=told)


def _read(alias: str) -> Iterator[SealRow]:
    stored = Seal.objects.using(alias)
    for size, root in stored.order_by("size").values_list("size", "root"):
        try:
            made = stored.get(size=size)
            statement(made)
        except (TypeError, ValueError, AttributeError):
            made = None
        yield SealRow(size, bytes(root), made)


def _faults(
    row: SealRow, before: SealRow | None, public: Mapping[str, Ed25519PublicKey], noted: str | None
) -> Iterator[tuple[str, str]]:
    made = row.seal
    if made is None:
        yield "seal.unreadable", "内容读不出来。"
        return
    if made.key not in public:
        yield "seal.unknown_key", "没有它的公钥，签名无法核对。请用 --key 指定公钥文件。"
    elif not keys.is_signed(public[made.key], bytes(made.signature), statement(made)):
        yield "seal.signature", "签名不符，校验码或签名被改动。"
    if noted != row.root.hex():
        yield "seal.note", "与办理记录中登记的校验码不符。"
    if (made.previous, bytes(made.previous_root)) != ((before.size, before.root) if before else (None, b"")):
        yield "seal.chain", "与前一次封存接不上，中间有封存被删去或改动。"
    elif before is not None and not _is_consistent(made, before):
        yield "seal.consistency", "一致性证明不成立，前后两次封存不是同一份记录。"


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
