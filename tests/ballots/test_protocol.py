"""A poll's file: what no poll can be is refused, and so is a file that its fingerprint would not cover whole."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from xianfeng.ballots.protocol import Poll
from xianfeng.problems import Problem

Said = dict[str, Any]


def written(said: Said) -> str:
    """As a poll is written."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def public(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return b64encode(key.public_key().public_bytes(serialization.Encoding.DER, form)).decode()


def compressed(point: str) -> str:
    whole = b64decode(point)
    return b64encode(bytes([2 + whole[-1] % 2]) + whole[1:33]).decode()


def test_a_poll_is_what_its_file_says(poll: Poll) -> None:
    assert Poll.read(poll.text) == poll
    assert written(json.loads(poll.text)) == poll.text


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda said: {"least": {"electors": 1, "cast": 1}}, id="shown of one"),
        pytest.param(lambda said: {"least": {"electors": 20, "cast": 0}}, id="shown of none"),
        pytest.param(lambda said: {"least": {"electors": 19, "cast": 10}}, id="shown of too few electors"),
        pytest.param(lambda said: {"electors": 0}, id="nobody votes"),
        pytest.param(lambda said: {"electors": 1e400}, id="endlessly many"),
        pytest.param(lambda said: {"key": "AAAA"}, id="no key"),
        pytest.param(lambda said: {"key": public(rsa.generate_private_key(65537, 2048))}, id="a short key"),
        pytest.param(lambda said: {"key": public(ec.generate_private_key(ec.SECP256R1()))}, id="another sort of key"),
        pytest.param(lambda said: {"observers": "AAAA"}, id="no observers' key"),
        pytest.param(lambda said: {"observers": compressed(said["observers"])}, id="another spelling of it"),
        pytest.param(lambda said: {"round": "00"}, id="no hash"),
        pytest.param(lambda said: {"spared": ["x"]}, id="more than a poll says"),
        pytest.param(lambda said: {"electors": "20"}, id="a number that is a text"),
        pytest.param(lambda said: {"form": 7}, id="no form"),
    ],
)
def test_what_no_poll_can_be_is_refused(poll: Poll, change: Callable[[Said], Said]) -> None:
    said = json.loads(poll.text)
    with pytest.raises(Problem, match="场次文件读不出来"):
        Poll.read(written({**said, **change(said)}))


@pytest.mark.parametrize("change", [lambda text: f"{text}\n", lambda text: text.replace(",", ", ", 1), lambda _: "["])
def test_a_file_that_is_written_otherwise_is_refused(poll: Poll, change: Callable[[str], str]) -> None:
    with pytest.raises(Problem, match="场次文件读不出来"):
        Poll.read(change(poll.text))
