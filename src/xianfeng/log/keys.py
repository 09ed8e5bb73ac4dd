"""The installation's signing key: made at the first seal, kept outside the database, readable by its owner alone."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from xianfeng.config import paths
from xianfeng.problems import Problem

_PEM = serialization.Encoding.PEM


def signing_key() -> Ed25519PrivateKey:
    """The private key in data/keys/seal.key. Its public half stands beside it in seal.pub, to be handed out."""
    path = paths.room("keys") / "seal.key"
    if not path.exists():
        _create(path)
    if path.stat().st_mode & 0o077:
        raise Problem(
            "log.key_open",
            "签名私钥可以被其他用户读取，已停止使用。",
            hint=f"执行 chmod 600 {path}；如果可能已经泄露，请更换密钥（docs/deploy.md）。",
        )
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise Problem("log.key_kind", "签名私钥不是 Ed25519 密钥。", hint="请恢复原来的 seal.key。", place=str(path))
    _publish(key.public_key(), path.with_suffix(".pub"))
    return key


def public_keys(given: Path | None = None) -> dict[str, Ed25519PublicKey]:
    """Public keys by fingerprint: those of a file, or every data/keys/seal*.pub (former keys keep theirs there)."""
    files = sorted(paths.room("keys").glob("seal*.pub")) if given is None else [given]
    found: dict[str, Ed25519PublicKey] = {}
    for file in files:
        try:
            key = serialization.load_pem_public_key(file.read_bytes())
        except (OSError, ValueError) as fault:
            raise Problem("log.public_key", "读不出公钥文件。", hint=str(fault), place=str(file)) from fault
        if isinstance(key, Ed25519PublicKey):
            found[fingerprint(key)] = key
    return found


def fingerprint(key: Ed25519PublicKey) -> str:
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()


def is_signed(key: Ed25519PublicKey, signature: bytes, statement: bytes) -> bool:
    try:
        key.verify(signature, statement)
    except InvalidSignature:
        return False
    return True


def _create(path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    content = key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    paths.write_atomically(aside, content, mode=0o600)
    try:
        os.link(aside, path)  # unlike a rename, never over the key that another process made meanwhile
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def _publish(key: Ed25519PublicKey, path: Path) -> None:
    """Beside the private key; the public half of the key before it stays under its fingerprint, for its seals."""
    content = key.public_bytes(_PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    if path.exists():
        if path.read_bytes() == content:
            return
        former = next(iter(public_keys(path)), "unknown")
        path.replace(path.with_name(f"seal-{former[:16]}.pub"))
    paths.write_atomically(path, content)
