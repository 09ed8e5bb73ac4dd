"""The installation's signing key: made at the first seal, kept outside the database, readable by its owner alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from xianfeng import paths
from xianfeng.problems import Problem
from xianfeng.sentences import say

_PEM = serialization.Encoding.PEM


def signing_key() -> Ed25519PrivateKey:
    """The private key in data/keys/seal.key. Its public half stands beside it in seal.pub, to be handed out."""
    path = _path()
    if not path.exists():
        raise Problem(
            "log.key_gone",
            "签名私钥不在了，不能封存。",
            hint="从备份恢复 keys/seal.key；确实找不回来时运行 xianfeng seal --new-key，核对时会注明换了签名钥。",
        )
    if path.stat().st_mode & 0o077:
        raise Problem(
            "log.key_open",
            "签名私钥可以被其他用户读取，已停止使用。",
            hint=say("执行 chmod 600 {path}；如果可能已经泄露，请更换密钥（docs/deploy.md）。", path=path),
        )
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise Problem("log.key_kind", "签名私钥不是 Ed25519 密钥。", hint="请恢复原来的 seal.key。", place=str(path))
    _publish(key.public_key(), path.with_suffix(".pub"))
    return key


def obtain() -> Ed25519PrivateKey:
    """The key of an installation that has sealed nothing yet: made where there is none, once."""
    if not _path().exists():
        paths.write_once(_path(), _generated(), mode=0o600)
    return signing_key()


def replace() -> Ed25519PrivateKey:
    """A new key in place of the one before, whose public half stays for the seals it signed."""
    paths.write_atomically(_path(), _generated(), mode=0o600)
    return signing_key()


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


def _path() -> Path:
    return paths.room("keys") / "seal.key"


def _generated() -> bytes:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _publish(key: Ed25519PublicKey, path: Path) -> None:
    """Beside the private key; the public half of the key before it stays under its fingerprint, for its seals."""
    content = key.public_bytes(_PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    if path.exists():
        if path.read_bytes() == content:
            return
        former = next(iter(public_keys(path)), "unknown")
        path.replace(path.with_name(f"seal-{former[:16]}.pub"))
    paths.write_atomically(path, content)
