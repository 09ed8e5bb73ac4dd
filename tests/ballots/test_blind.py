"""RSABSSA-SHA384-PSS of RFC 9474 against the RFC's own vectors (vectors/rfc9474.json, its appendix A)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gmpy2
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.ballots.voter import encode
from xianfeng.ballots import blind
from xianfeng.problems import Problem

VECTORS = json.loads((Path(__file__).parent / "vectors" / "rfc9474.json").read_text())
RANDOMIZED = [vector for vector in VECTORS if int(vector["is_randomized"], 16) and int(vector["sLen"], 16)]


def number(vector: dict[str, Any], name: str) -> int:
    return int(vector[name], 16)


def signer(vector: dict[str, Any]) -> blind.Signer:
    return blind.Signer(number(vector, "p"), number(vector, "q"), number(vector, "e"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["name"]))
def test_a_request_of_the_rfc_gets_its_signature(vector: dict[str, Any]) -> None:
    assert signer(vector).sign(bytes.fromhex(vector["blinded_msg"])).hex() == vector["blind_sig"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["name"]))
def test_a_voter_blinds_and_finishes_as_the_rfc_does(vector: dict[str, Any]) -> None:
    n, inverse = number(vector, "n"), number(vector, "inv")
    mask = pow(inverse, -1, n)
    encoded = encode(bytes.fromhex(vector["input_msg"]), n.bit_length() - 1, bytes.fromhex(vector["salt"]))
    assert encoded * pow(mask, number(vector, "e"), n) % n == int(vector["blinded_msg"], 16)
    assert int(vector["blind_sig"], 16) * inverse % n == int(vector["sig"], 16)


@pytest.mark.parametrize("vector", RANDOMIZED, ids=lambda vector: str(vector["name"]))
def test_the_signature_of_the_rfc_is_verified_and_another_is_not(vector: dict[str, Any]) -> None:
    public = rsa.RSAPublicNumbers(number(vector, "e"), number(vector, "n")).public_key()
    key = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    message, signature = bytes.fromhex(vector["input_msg"]), bytes.fromhex(vector["sig"])
    assert blind.is_signed(key, message, signature)
    assert not blind.is_signed(key, message[1:], signature)
    assert not blind.is_signed(key, message, signature[:-1] + bytes([signature[-1] ^ 1]))


def test_a_faulty_half_of_a_signature_never_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer that errs once must not give the key away."""
    vector = VECTORS[0]
    honest = gmpy2.powmod_sec
    calls: list[int] = []

    def faulty(base: int, exponent: int, modulus: int) -> object:
        calls.append(1)
        return honest(base, exponent, modulus) + (len(calls) == 1)

    monkeypatch.setattr(gmpy2, "powmod_sec", faulty)
    with pytest.raises(ArithmeticError):
        signer(vector).sign(bytes.fromhex(vector["blinded_msg"]))


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(lambda size, n: bytes(size), id="zero"),
        pytest.param(lambda size, n: n.to_bytes(size), id="the modulus"),
        pytest.param(lambda size, n: bytes(size - 1), id="too short"),
        pytest.param(lambda size, n: b"\0" + (1).to_bytes(size), id="too long"),
    ],
)
def test_what_no_page_sends_is_refused(wrong: Any) -> None:
    one = signer(VECTORS[0])
    with pytest.raises(Problem, match="格式"):
        one.sign(wrong(one.size, one.modulus))
