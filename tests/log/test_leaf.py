"""What is hashed of an entry can be recomputed by anybody from its columns."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.db import connection

from tests.log.drafts import draft, line
from xianfeng.log.actors import CLOCK
from xianfeng.log.append import append
from xianfeng.log.models import Entry
from xianfeng.log.rows import Hashed, hashed


@pytest.mark.django_db
def test_the_leaf_is_the_rfc_6962_hash_of_the_entry_as_json() -> None:
    body = {"理由": "更正\n“笔误”", "state": "filed"}
    append([draft(action="更正", on_behalf=4, scheme="ab" * 32, body=body, lines=(line(),))], by=CLOCK)
    entry = Entry.objects.get()
    postings = (
        '[[1,1,"fuzhou-2010","project",3,4,null,"2010-08-30","filed",1,null,"{\\"filed\\":\\"2010-08-30\\"}","{}"]]'
    )
    assert bytes(entry.postings) == hashlib.sha256(postings.encode()).digest()
    whole = {
        "seq": 1, "stream": "record", "about": 1, "action": "更正", "day": "2010-08-30",
        "at": entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "actor": "clock", "on_behalf": 4, "scheme": "ab" * 32,
        "body": body, "postings": bytes(entry.postings).hex(),
    }  # fmt: skip
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert bytes(entry.leaf) == hashlib.sha256(b"\x00" + text.encode()).digest()


@pytest.mark.django_db
def test_what_is_read_back_hashes_to_what_was_written() -> None:
    append([draft(body={"n": n}, lines=(line(),) * (n % 3)) for n in range(5)], by=CLOCK)
    found = [entry for entry in hashed(connection) if isinstance(entry, Hashed)]
    assert [entry.seq for entry in found] == [1, 2, 3, 4, 5]
    assert all(entry.leaf == entry.stored_leaf and entry.postings == entry.stored_postings for entry in found)
