"""Closing a box that is cut short anywhere loses no ballot, and is finished by doing it again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ballots.conftest import prepared, sides
from tests.ballots.sides import Side

# Forks a closing that is killed before its nth statement, for every n until one comes through, and looks each time.
_CLOSE_UNDER_FIRE = """
import hashlib, json, os, sys
from django.db import connections
from xianfeng.ballots.box import actions
from xianfeng.ballots.box.models import Ballot
poll = sys.argv[1]
names = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(50)]
for name in names:
    Ballot(name=name, poll_id=poll, own=b"o" * 80, signature=b"s" * 384, content=b"c" * 200).save(force_insert=True)

def closing(fatal):
    seen = 0
    def killed(execute, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen == fatal:
            os._exit(9)
        return execute(sql, params, many, context)
    with connections["box"].execute_wrapper(killed):
        actions.close(fingerprint=poll)
    os._exit(0)

killed, ended = 0, 9
while ended:
    connections["box"].close()
    child = os.fork()
    if not child:
        closing(killed + 1)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    killed += bool(ended)
    assert sorted(Ballot.objects.values_list("name", flat=True)) == sorted(names), killed
with connections["box"].cursor() as cursor:
    cursor.execute("SELECT name FROM box_ballot ORDER BY rowid")
    order = [name for name, in cursor.fetchall()]
print(json.dumps({"killed": killed, "is_sorted": order == sorted(names), "was_sorted": names == sorted(names)}))
"""

# Closes a poll while a code of another, which is open, is used: before every statement of the closing somebody tries.
_USE_MEANWHILE = """
import json, sys, threading
from django.db import OperationalError, connections
from xianfeng.ballots.issuing import actions
from xianfeng.ballots.issuing.models import Code, Poll
other = Poll.objects.create(fingerprint="f" * 64, key="k" * 64, text="")
Code.objects.bulk_create(Code(digest=f"{n:064x}", poll=other) for n in range(40))
left, used = list(Code.objects.filter(poll=other)), []

def use(code):
    mine = connections["issuing"]
    try:
        with mine.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        code.request = "r" * 64
        code.save(update_fields=["request"])
        used.append(code.digest)
    except OperationalError:
        pass
    mine.close()

def meanwhile(execute, sql, params, many, context):
    somebody = threading.Thread(target=use, args=(left.pop(),))
    somebody.start()
    somebody.join()
    return execute(sql, params, many, context)

with connections["issuing"].execute_wrapper(meanwhile):
    actions.close(fingerprint=sys.argv[1])
kept = Code.objects.filter(request="r" * 64).values_list("digest", flat=True)
print(json.dumps({"used": sorted(used), "kept": sorted(kept)}))
"""


def test_a_box_whose_closing_is_killed_at_any_statement_keeps_every_ballot(
    django_db_setup: None, tmp_path: Path
) -> None:
    with sides(tmp_path) as (issuing, box):
        there = prepared(tmp_path, issuing, box, electors=3)
        done = box.script(_CLOSE_UNDER_FIRE, there.poll.fingerprint)
        assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["killed"] >= 6
    assert not found["was_sorted"]
    assert found["is_sorted"]


def test_a_closed_box_takes_nothing_and_an_open_one_gives_nothing(django_db_setup: None, tmp_path: Path) -> None:
    with sides(tmp_path) as (issuing, box):
        there = prepared(tmp_path, issuing, box, electors=3)
        early = box.do("destroy", there.poll.fingerprint, check=False)
        assert "ballots.box_open" in early.stderr
        box.do("close", there.poll.fingerprint, there.folder, tmp_path / "sealed")
        again = box.do("open", there.folder / "poll.json", check=False)
        assert "ballots.opened_box" in again.stderr


@pytest.mark.database_server
def test_a_code_that_is_used_while_another_poll_is_closed_stays_used(django_db_setup: None, tmp_path: Path) -> None:
    """SQLite lets one write at a time."""
    with sides(tmp_path) as (issuing, box):
        there = prepared(tmp_path, issuing, box, electors=3)
        done = issuing.script(_USE_MEANWHILE, there.poll.fingerprint)
        assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["used"]
    assert found["kept"] == found["used"]


def test_a_box_is_kept_on_sqlite_alone(tmp_path: Path) -> None:
    """PostgreSQL's log keeps the order of casting whatever is done to the table."""
    (tmp_path / "poll.json").write_text("{}")
    box = Side("box", tmp_path, "postgresql://postgres@/box")
    refused = box.do("open", tmp_path / "poll.json", check=False)
    assert refused.returncode == 1
    assert "票箱只用 SQLite" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_what_goes_wrong_is_told_in_the_language_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XIANFENG_LANGUAGE", "en")
    box = Side("box", tmp_path, f"sqlite://{tmp_path / 'box'}.sqlite3")
    refused = box.do("open", tmp_path / "none.json", check=False)
    assert refused.returncode == 1
    assert "none.json is missing or cannot be read." in refused.stderr


def test_a_file_that_is_not_there_is_told_to_the_issuer(tmp_path: Path) -> None:
    issuing = Side("issuing", tmp_path, f"sqlite://{tmp_path / 'issuing'}.sqlite3")
    refused = issuing.do("key", tmp_path / "nowhere" / "poll.pub", check=False)
    assert refused.returncode == 1
    assert "读写失败" in refused.stderr
    assert "Traceback" not in refused.stderr
