"""The box's key, under which it signs receipts: what a voter holds against a box that loses ballots."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from xianfeng import paths


def receipts() -> Ed25519PrivateKey:
    made = Ed25519PrivateKey.generate().private_bytes_raw()
    return Ed25519PrivateKey.from_private_bytes(paths.write_once(paths.room("keys") / "receipts.key", made))


def public() -> bytes:
    return receipts().public_key().public_bytes_raw()
