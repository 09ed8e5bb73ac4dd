"""What a filer takes home: the entry, its number, and the proof that it is under a signed seal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from xianfeng import canonical
from xianfeng.log import keys
from xianfeng.log.bulk import LARGEST
from xianfeng.log.leaf import text_of
from xianfeng.log.merkle import ALGORITHMS
from xianfeng.log.models import Seal
from xianfeng.log.rows import Hashed, hashed
from xianfeng.log.seals import Inclusion, inclusion
from xianfeng.problems import Problem
from xianfeng.sentences import say


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """`entry` is the hashed text itself. `statement` and `signature` are the seal's; all empty until one covers it."""

    entry: str
    inclusion: Inclusion | None
    statement: str = ""
    signature: str = ""

    def holds(self, key: Ed25519PublicKey) -> bool:
        """Checked with nothing but the receipt and the public key."""
        proof = self.inclusion
        if proof is None:
            return False
        said = json.loads(self.statement)
        return (
            json.loads(self.entry)["seq"] == proof.seq
            and ALGORITHMS[proof.algorithm].leaf(self.entry.encode()) == proof.leaf
            and (said["size"], said["root"], said["algorithm"]) == (proof.size, proof.root.hex(), proof.algorithm)
            and proof.holds()
            and keys.is_signed(key, bytes.fromhex(self.signature), self.statement.encode())
        )

    def text(self) -> str:
        """The receipt as canonical JSON, to be kept as a file."""
        proof = self.inclusion
        seal: dict[str, Any] | None = None
        if proof is not None:
            path = [part.hex() for part in proof.proof]
            seal = {"statement": self.statement, "signature": self.signature, "proof": path, "leaf": proof.leaf.hex()}
        return canonical.dumps({"entry": self.entry, "seal": seal})


def receipt(seq: int) -> Receipt:
    entry = read(seq)
    proof = inclusion(seq)
    if proof is None:
        return Receipt(entry=text_of(entry.entry), inclusion=None)
    seal = Seal.objects.get(size=proof.size)
    return Receipt(
        entry=text_of(entry.entry),
        inclusion=proof,
        statement=seal.statement.decode(),
        signature=bytes(seal.signature).hex(),
    )


def parse(text: str) -> Receipt:
    """A receipt from its text."""
    said = json.loads(text)
    if said["seal"] is None:
        return Receipt(entry=said["entry"], inclusion=None)
    seal, signed = said["seal"], json.loads(said["seal"]["statement"])
    proof = Inclusion(
        seq=json.loads(said["entry"])["seq"],
        leaf=bytes.fromhex(seal["leaf"]),
        size=signed["size"],
        root=bytes.fromhex(signed["root"]),
        algorithm=signed["algorithm"],
        proof=tuple(bytes.fromhex(part) for part in seal["proof"]),
    )
    return Receipt(entry=said["entry"], inclusion=proof, statement=seal["statement"], signature=seal["signature"])


def read(seq: int) -> Hashed:
    """An entry by its number, exactly as the database holds it."""
    found = next(iter(hashed(connection, after=seq - 1, size=1)), None) if 0 < seq <= LARGEST else None
    if not isinstance(found, Hashed) or found.seq != seq:
        raise Problem(
            "log.no_entry",
            "没有这一条办理记录。",
            hint="序号从1起，见 xianfeng log show。",
            place=say("第{seq}条", seq=seq),
        )
    return found
