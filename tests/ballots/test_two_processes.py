"""A poll from slip to recount, with issuer and box as two processes that share neither database nor folder."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.ballots.conftest import Ground, prepared, sides
from tests.ballots.sides import cast, fetch, text
from tests.ballots.voter import fill_in

YES = {"content": "满意", "service": "五星", "code": "路修好了"}


def test_a_ballot_gets_a_receipt_and_neither_side_sets_a_cookie(ground: Ground) -> None:
    kept = fill_in(ground.poll, YES)
    signed = fetch(ground.issuing, kept, ground.codes.pop())
    taken = cast(ground.box, kept, signed)
    receipts = Ed25519PublicKey.from_public_bytes(_receipt_key(ground))
    receipts.verify(b64decode(taken["receipt"]), b"xianfeng ballot receipt 1\n" + taken["ballot"].encode())
    for answer in (signed, taken):
        assert "Set-Cookie" not in answer["headers"]
        assert answer["headers"]["Cache-Control"] == "no-store"


def test_a_code_is_good_for_one_ballot_and_the_same_request_for_the_same_answer(ground: Ground) -> None:
    code = ground.codes.pop()
    kept, other = fill_in(ground.poll, YES), fill_in(ground.poll, YES)
    first = fetch(ground.issuing, kept, code)
    assert fetch(ground.issuing, kept, code)["signature"] == first["signature"]
    assert fetch(ground.issuing, other, code)["code"] == "ballots.code_used"


def test_a_ballot_sent_twice_is_there_once_and_cannot_be_changed(ground: Ground) -> None:
    kept = fill_in(ground.poll, YES)
    signed, content = fetch(ground.issuing, kept, ground.codes.pop()), kept.sealed()
    first = cast(ground.box, kept, signed, content)
    assert cast(ground.box, kept, signed, content)["receipt"] == first["receipt"]
    assert cast(ground.box, kept, signed, kept.sealed())["code"] == "ballots.cast_twice"


def test_what_is_forged_is_refused(ground: Ground) -> None:
    kept = fill_in(ground.poll, YES)
    signed = fetch(ground.issuing, kept, ground.codes.pop())
    other = fill_in(ground.poll, YES)
    assert cast(ground.box, other, signed)["code"] == "ballots.forged"
    assert cast(ground.box, kept, {"signature": text(bytes(384))})["code"] == "ballots.forged"
    assert cast(ground.box, kept, signed, b"short")["code"] == "ballots.content"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        pytest.param("7K2M-9QX4-TB0W-3HZ80", "ballots.code_misread", id="a sign misread"),
        pytest.param("0000-0000-0000-00000", "ballots.code_unknown", id="nobody's"),
        pytest.param("", "ballots.code_misread", id="nothing"),
    ],
)
def test_what_is_no_code_gets_nothing(ground: Ground, code: str, told: str) -> None:
    assert fetch(ground.issuing, fill_in(ground.poll, YES), code)["code"] == told


def test_paper_voids_the_code_and_a_used_code_gets_no_paper(ground: Ground) -> None:
    paper, online = ground.codes.pop(), ground.codes.pop()
    ground.issuing.do("void", ground.poll.fingerprint, paper)
    assert fetch(ground.issuing, fill_in(ground.poll, YES), paper)["code"] == "ballots.code_void"
    fetch(ground.issuing, fill_in(ground.poll, YES), online)
    refused = ground.issuing.do("void", ground.poll.fingerprint, online, check=False)
    assert refused.returncode == 1
    assert "ballots.code_used" in refused.stderr


def test_a_voter_goes_on_after_either_side_was_killed(ground: Ground) -> None:
    """Between the issuer's answer and the box's nothing but what the voter's device keeps is needed."""
    kept, code = fill_in(ground.poll, YES), ground.codes.pop()
    first = fetch(ground.issuing, kept, code)
    ground.issuing.stop()
    ground.box.stop()
    ground.issuing.serve()
    ground.box.serve()
    again = fetch(ground.issuing, kept, code)
    assert again["signature"] == first["signature"]
    assert "receipt" in cast(ground.box, kept, again)


def test_tokens_of_another_electorate_are_refused(ground: Ground, tmp_path: Path) -> None:
    with sides(tmp_path) as (issuing, box):
        there = prepared(tmp_path, issuing, box, electors=3, title="邻村")
        issuing.serve()
        kept = fill_in(there.poll, YES)
        signed = fetch(issuing, kept, there.codes[0])
        assert "signature" in signed
        astray = ground.box.ask(
            f"{ground.poll.fingerprint}/cast",
            message=text(kept.message),
            signature=text(kept.signature(b64decode(signed["signature"]))),
            content=text(kept.sealed()),
        )
        assert astray["code"] == "ballots.other_poll"
        assert fetch(ground.issuing, fill_in(ground.poll, YES), there.codes[1])["code"] == "ballots.code_unknown"
        assert cast(ground.box, kept, signed)["code"] == "ballots.no_box"


def test_codes_themselves_open_no_poll_and_are_not_kept(ground: Ground, tmp_path: Path) -> None:
    """The printer's file of codes beside that of their digests is easily taken for it."""
    poll = replace(ground.poll, round=bytes([2]) * 32)
    (tmp_path / "poll.json").write_text(poll.text)
    (tmp_path / "codes.txt").write_text("7K2M-9QX4-TB0W-3HZ8R")
    refused = ground.issuing.do("open", tmp_path / "poll.json", tmp_path / "codes.txt", check=False)
    assert "ballots.digests" in refused.stderr
    assert fetch(ground.issuing, fill_in(poll, YES), "7K2M-9QX4-TB0W-3HZ8R")["code"] == "ballots.no_poll"


def test_a_key_signs_for_one_poll(ground: Ground, tmp_path: Path) -> None:
    assert "ballots.key_used" in opened_again(ground, tmp_path)


def opened_again(ground: Ground, folder: Path) -> str:
    """What is told of another poll with the same key: what is signed unseen may be a message of any poll under it."""
    (folder / "again.json").write_text(replace(ground.poll, round=bytes([1]) * 32).text)
    return ground.issuing.do("open", folder / "again.json", ground.folder.parent / "digests.txt", check=False).stderr


def test_what_is_no_request_is_told_so(ground: Ground) -> None:
    assert ground.box.ask(f"{ground.poll.fingerprint}/cast", message="?")["code"] == "ballots.request"
    assert ground.issuing.ask(f"{ground.poll.fingerprint}/sign", code="x")["code"] == "ballots.request"


def test_from_slip_to_recount(django_db_setup: None, tmp_path: Path) -> None:
    """Twenty codes, twelve ballots, one elector on paper; anyone counts again from the published files."""
    answers = [YES] * 8 + [{"content": "不满意"}] * 3 + [{"service": "一星"}]
    with sides(tmp_path) as (issuing, box):
        there = prepared(tmp_path, issuing, box, electors=20)
        issuing.serve()
        box.serve()
        for code, answer in zip(there.codes, answers, strict=False):
            kept = fill_in(there.poll, answer)
            assert "receipt" in cast(box, kept, fetch(issuing, kept, code))
        name = there.poll.fingerprint
        issuing.do("void", name, there.codes[-1])
        issuing.do("close", name, tmp_path / "issued.json")
        box.do("close", name, there.folder, tmp_path / "sealed")
        for share in there.shares:
            (tmp_path / f"{share.place}.txt").write_text(share.text)
        shares = ("--share", tmp_path / "3.txt", "--share", tmp_path / "1.txt")
        house("open", there.folder, "--from", tmp_path / "sealed", *shares, "--issuing", tmp_path / "issued.json")
        issuing.do("destroy", name)
        assert "ballots.key_used" in opened_again(there, tmp_path)
        box.do("destroy", name)
        late = fill_in(there.poll, YES)
        assert cast(box, late, {"signature": text(bytes(384))})["code"] == "ballots.forged"
    counts = json.loads((there.folder / "counts.json").read_text())
    told = {key: counts[key] for key in ("electors", "codes", "void", "signed", "cast", "unreadable")}
    assert told == {"electors": 20, "codes": 20, "void": 1, "signed": 12, "cast": 12, "unreadable": 0}
    assert {path.name for path in there.folder.iterdir()} == {"poll.json", "list-a.txt", "list-b.json", "counts.json"}
    found = house("recount", there.folder)
    assert " 满意：8" in found
    assert "不满意：3" in found
    assert "五星：8" in found
    assert "路修好了" not in found
    assert "签名全部成立" in found
    assert not list((tmp_path / "issuing" / "keys").glob("poll-*.pem"))


def house(*arguments: object) -> str:
    """`xianfeng ballots …`, which needs no database."""
    command = [sys.executable, "-c", "from xianfeng.cli import main; main()", "ballots", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _receipt_key(ground: Ground) -> bytes:
    done = ground.box.script("from xianfeng.ballots.box import keys; print(keys.public().hex())")
    return bytes.fromhex(done.stdout.strip())
