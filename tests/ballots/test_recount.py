"""Counting again from published files: a poll that was counted honestly stands, and each change of a file is found."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ballots.closed import Cast, publish
from tests.ballots.conftest import Signed
from tests.ballots.voter import fill_in
from xianfeng.ballots import lists
from xianfeng.ballots.opening import Opener
from xianfeng.ballots.protocol import Poll
from xianfeng.ballots.recount import recount
from xianfeng.problems import Problem

SIGNS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"  # of base64


@pytest.fixture
def published(poll: Poll, opener: Opener, cast: Cast, tmp_path: Path) -> Path:
    return publish(tmp_path, poll, opener, cast)


@pytest.mark.parametrize("processes", [1, 2])
def test_what_was_counted_honestly_stands(published: Path, processes: int) -> None:
    found = recount(published, processes=processes)
    assert found.faults == ()
    assert found.ballots == 12
    assert found.tallies["content"] == {"满意": 7, "不满意": 4, "": 1}
    assert found.tallies["service"] == {"三星": 4, "": 8}
    assert "code" not in found.tallies


def test_nothing_published_holds_a_word_that_was_written(published: Path) -> None:
    assert [path.name for path in published.iterdir() if "路灯" in path.read_text()] == []


def test_columns_have_lost_the_rows_they_came_from(published: Path) -> None:
    columns = json.loads((published / lists.LIST_B).read_text())["columns"]
    assert all(column == sorted(column) for column in columns.values())


def test_too_few_ballots_are_counted_and_not_shown(poll: Poll, opener: Opener, cast: Cast, tmp_path: Path) -> None:
    folder = publish(tmp_path, poll, opener, cast[:9])
    found = recount(folder)
    assert found.faults == ()
    assert found.ballots == 9
    assert not found.tallies


def _edit(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        (folder / name).write_text(change((folder / name).read_text()))

    return edit


def _without_the_first(text: str) -> str:
    return text.partition("\n")[2]


def _first_twice(text: str) -> str:
    return text.partition("\n")[0] + "\n" + text


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        pytest.param(_edit(lists.LIST_A, _without_the_first), "校验码", id="a ballot taken away"),
        pytest.param(_edit(lists.LIST_A, _first_twice), "重复", id="a ballot twice"),
        pytest.param(
            _edit(lists.LIST_B, lambda text: text.replace("不满意", "满意")), "清单B与公布", id="an answer changed"
        ),
        pytest.param(_edit(lists.LIST_B, lambda text: text.replace("三星", "九星")), "选项以外", id="no answer at all"),
        pytest.param(_edit(lists.LIST_B, lambda text: text.replace('"满意",', "", 1)), "不等于", id="an answer less"),
        pytest.param(_edit(lists.COUNTS, lambda text: text.replace('"cast":12', '"cast":13')), "公布", id="more cast"),
        pytest.param(
            _edit(lists.COUNTS, lambda text: text.replace('"signed":13', '"signed":9')), "多于", id="unsigned"
        ),
        pytest.param(_edit(lists.COUNTS, lambda text: text.replace('"codes":20', '"codes":21')), "名单", id="codes"),
        pytest.param(
            _edit(lists.COUNTS, lambda text: re.sub('"used":"[^"]*"', '"used":""', text)), "用过", id="what was used"
        ),
        pytest.param(_edit(lists.POLL, lambda text: text.replace("某村", "某镇")), "场次文件", id="the title"),
        pytest.param(_edit(lists.POLL, lambda text: text.replace('"limit":90', '"limit":93')), "签名", id="the form"),
    ],
)
def test_each_change_of_a_published_file_is_found(published: Path, edit: Callable[[Path], None], told: str) -> None:
    edit(published)
    found = recount(published)
    assert any(told in fault for fault in found.faults), found.faults


def test_a_file_that_is_missing_or_broken_is_named(published: Path) -> None:
    (published / lists.LIST_A).write_text("nonsense\n")
    with pytest.raises(Problem, match=lists.LIST_A):
        recount(published)
    (published / lists.COUNTS).unlink()
    with pytest.raises(Problem, match=lists.COUNTS):
        recount(published)


def test_two_voters_who_agree_on_their_random_numbers_spoil_nobody_s_recount(
    poll: Poll, opener: Opener, signer: Signed, cast: Cast, tmp_path: Path
) -> None:
    both = [fill_in(poll, {"content": "满意"}, prefix=bytes(32), serial=bytes(16)) for _ in range(2)]
    alike = [(each, each.signature(signer[0].sign(each.blinded))) for each in both]
    found = recount(publish(tmp_path, poll, opener, [*cast[:10], *alike]))
    assert (found.ballots, found.faults) == (12, ())


def test_a_ballot_that_is_there_twice_in_two_spellings_is_found(published: Path) -> None:
    """The last sign of its own part bears two bits that are read as nothing."""
    path = published / lists.LIST_A
    own, rest = path.read_text().split("=", 1)
    spelt = own[:-1] + SIGNS[SIGNS.index(own[-1]) + 1]
    path.write_text(f"{own}={rest.partition(chr(10))[0]}\n{spelt}={rest}")
    with pytest.raises(Problem, match=lists.LIST_A):
        recount(published)
