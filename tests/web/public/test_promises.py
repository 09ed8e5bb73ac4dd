"""Promises as a citizen reads them: which are on the board, how each stands, what its page tells and what not."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from openpyxl import load_workbook
from PIL import Image
from pytest_django.fixtures import Settings

from tests.web.conftest import DAY, Site
from xianfeng.demo.prepare import SCHEMES
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.scheme import loader

COUNTY, TOWN, OTHER_TOWN = "350121", "350121105", "350121108"
SOON = dt.date(2010, 7, 2)
PAST, FAR = dt.date(2010, 9, 30), dt.date(2099, 12, 31)
HOSTILE = "=<script>alert(1)</script>"


@pytest.fixture
def board(site: Site, settings: Settings) -> Site:
    settings.XIANFENG_SYNTHETIC = False
    return site


def promise(
    site: Site, text: str, *, state: str = "published", at: str = TOWN, due: dt.date | None = FAR, day: dt.date = DAY
) -> Record:
    town = tree.by_code(at)
    assert town is not None
    values = {"promiser": "organisation", "topic": "service", "text": text} | ({"due": due} if due else {})
    filed = actions.file(
        by=site.office,
        scheme="fuzhou-2010",
        kind="commitment",
        organisation=town.id,
        day=day,
        values=values,
        state="submitted" if state == "published" else state,
    )
    if state != "published":
        return filed
    return actions.move(by=site.office, record=filed.id, move="review", day=day)


def fulfil(site: Site, record: Record, day: dt.date) -> None:
    actions.move(by=site.office, record=record.id, move="fulfil", day=day, values={"result": "路修通了"})


def listed(page: str) -> list[str]:
    return re.findall(r'href="/promises/\d+">([^<]+)</a>', page)


def counted(page: str) -> dict[str, int]:
    tabs = re.findall(r'<a href="/promises[^"]*"[^>]*>([^<]+)<span class="count">(\d+)', page)
    return {title: int(count) for title, count in tabs}


PLEDGES = """
xianfeng: 1
scheme: pledges-2010
title: 窗口服务
at: "350100"
runs: {from: 2010-01-01, to: 2099-12-31}
kinds:
  pledge:
    title: 窗口服务承诺
    promise: {due: by, kept: [done, surpassed], broken: failed}
    fields:
      words: {type: text, title: 承诺, public: true}
      by: {type: date, title: 办好日期, public: true}
    flow:
      initial: open
      states:
        open: {title: 已公布, level: filed}
        agreed: {title: 已审定, level: reviewed}
        done: {title: 已办好, level: reviewed, open: false}
        surpassed: {title: 提前办好, level: reviewed, open: false}
        failed: {title: 没有办成, level: reviewed, open: false}
      moves:
        agree: {title: 审定, from: open, to: agreed, by: superior}
        do: {title: 办好, from: agreed, to: done, by: author}
        surpass: {title: 提前办好, from: agreed, to: surpassed, by: author}
        fail: {title: 没有办成, from: agreed, to: failed, by: superior}
"""


def test_a_campaign_says_itself_what_a_promise_is(board: Site) -> None:
    board.adopt(PLEDGES)
    due = dict.fromkeys(("三天办证", "当天办证", "夜间办证", "周末办证"), FAR) | {"上门办证": PAST}
    for words, by in due.items():
        (number,) = board.file("pledge", TOWN, scheme="pledges-2010", words=words, by=by)
        actions.move(by=board.office, record=number, move="agree", day=DAY)
        ends = {"三天办证": "do", "当天办证": "surpass", "夜间办证": "fail"}
        if words in ends:
            actions.move(by=board.office, record=number, move=ends[words], day=SOON)
    assert set(listed(board.get("/promises?standing=kept"))) == {"三天办证", "当天办证"}
    assert listed(board.get("/promises?standing=open")) == ["周末办证"]
    assert set(listed(board.get("/promises?standing=late"))) == {"夜间办证", "上门办证"}


def test_a_promise_stands_as_the_version_says_under_which_it_was_made(board: Site) -> None:
    """Its newest version calls what was kept by another state, and the day by another field."""
    board.adopt(PLEDGES)
    made = {words: board.file("pledge", TOWN, scheme="pledges-2010", words=words, by=PAST)[0] for words in "甲乙"}
    for number in made.values():
        actions.move(by=board.office, record=number, move="agree", day=DAY)
    actions.move(by=board.office, record=made["甲"], move="do", day=SOON)
    renamed = PLEDGES.replace("due: by, kept: [done, surpassed]", "due: until, kept: [finished, surpassed]")
    renamed = re.sub(r"\bdone\b", "finished", renamed).replace("      by: {type", "      until: {type")
    board.adopt(renamed)
    (later,) = board.file("pledge", TOWN, scheme="pledges-2010", words="丙", until=PAST)
    for move in ("agree", "do"):
        actions.move(by=board.office, record=later, move=move, day=SOON)
    page = board.get("/promises?standing=kept")
    assert set(listed(page)) == {"甲", "丙"}
    assert page.count("已兑现</span>") == 2
    assert listed(board.get("/promises?standing=late")) == ["乙"]


def test_the_board_tells_kept_open_and_late_apart(board: Site) -> None:
    fulfil(board, promise(board, "修路", due=PAST), dt.date(2010, 8, 1))
    promise(board, "建图书室")
    promise(board, "清河道", due=PAST)
    assert counted(board.get("/promises")) == {"全部": 3, "履行中": 1, "已兑现": 1, "逾期和未兑现": 1, "没有写期限": 0}
    assert listed(board.get("/promises?standing=kept")) == ["修路"]
    assert listed(board.get("/promises?standing=open")) == ["建图书室"]
    assert listed(board.get("/promises?standing=late")) == ["清河道"]
    assert "到期，还没有登记兑现" in board.get("/promises?standing=late")


def test_what_names_no_day_is_neither_open_nor_late(board: Site) -> None:
    campaign = "/schemes/fuzhou-2010"
    promise(board, "常年管护", due=None)
    assert counted(board.get("/promises")) == {"全部": 1, "履行中": 0, "已兑现": 0, "没有写期限": 1}
    assert listed(board.get("/promises?standing=undated")) == ["常年管护"]
    assert "<strong>—</strong>逾期和未兑现" in board.get(campaign), "that none is late would say nothing"
    promise(board, "清河道", due=PAST)
    assert counted(board.get("/promises"))["逾期和未兑现"] == 1
    page = board.get(campaign)
    assert "<strong>1</strong>逾期和未兑现" in page
    assert "<strong>1</strong>没有写期限" in page


def test_a_promise_is_on_the_board_once_it_was_reviewed(board: Site, settings: Settings) -> None:
    draft, waiting = promise(board, "草稿里的", state="draft"), promise(board, "等审核的", state="submitted")
    withdrawn = promise(board, "撤了的")
    actions.withdraw(by=board.office, record=withdrawn.id, reason="重复", day=DAY)
    for synthetic in (False, True):
        settings.XIANFENG_SYNTHETIC = synthetic
        assert listed(board.get("/promises")) == []
        for record in (draft, waiting, withdrawn):
            board.get(f"/promises/{record.id}", status=404)


def test_a_record_of_another_kind_is_no_promise(board: Site) -> None:
    (number,) = board.file("task_force", TOWN, name="突击队")
    board.get(f"/promises/{number}", status=404)


def test_a_page_tells_what_was_changed_and_why_where_the_scheme_makes_the_reason_public(board: Site) -> None:
    made = promise(board, "修路", due=PAST)
    actions.move(
        by=board.office,
        record=made.id,
        move="adjust",
        day=dt.date(2010, 7, 1),
        reason="雨季工期顺延",
        values={"due": dt.date(2010, 10, 31)},
    )
    actions.amend(by=board.office, record=made.id, reason="张三家里有事", values={"topic": "work"}, day=SOON)
    fulfil(board, made, dt.date(2010, 10, 8))
    assert "理由：雨季工期顺延" in board.get(f"/records/{made.id}")
    assert "张三" not in board.get(f"/records/{made.id}")
    page = board.get(f"/promises/{made.id}")
    assert re.search(r"<strong>调整</strong>.*\n<div>理由：雨季工期顺延</div>", page)
    assert "兑现期限：由“2010年9月30日”改为“2010年10月31日”" in page
    assert re.search(r"<strong>调整</strong>.*2010年7月1日", page)
    assert re.search(r"<strong>兑现</strong>.*2010年10月8日", page)
    assert "路修通了" in page
    assert "张三" not in page


def test_a_promise_is_its_units_own_whoever_writes_it_down(board: Site) -> None:
    page = board.get(f"/promises/{promise(board, '修路').id}")
    assert re.search(r"<strong>提出承诺</strong>.* · 青口镇（福州市代录）</span>", page)
    assert re.search(r"<strong>审核[^<]*</strong>.* · 福州市</span>", page)


def test_a_reason_written_before_it_was_to_be_public_stays_where_it_was(board: Site) -> None:
    files = loader.package(SCHEMES / "fuzhou-2010")
    said = "needs: [reason], public: true}"
    assert said in files["library:core.yaml"]
    private = files | {"library:core.yaml": files["library:core.yaml"].replace(said, "needs: [reason]}")}
    actions.adopt(private, by=board.office)
    made = promise(board, "修路", due=PAST)
    adjusting = {"by": board.office, "record": made.id, "move": "adjust", "day": SOON}
    actions.move(**adjusting, reason="张三家里有事")
    actions.adopt(files, by=board.office)
    actions.move(**adjusting, reason="李四家里有事")  # a record goes by the version that it was filed under
    for address in ("promises", "records"):
        page = board.get(f"/{address}/{made.id}")
        assert "调整" in page
        assert "家里有事" not in page


def test_a_reason_is_taken_back_with_the_word_that_made_it_public(board: Site) -> None:
    made = promise(board, "修路", due=PAST)
    actions.move(by=board.office, record=made.id, move="adjust", day=SOON, reason="雨季工期顺延")
    assert "雨季" in board.get(f"/promises/{made.id}")
    files = loader.package(SCHEMES / "fuzhou-2010")
    private = files["library:core.yaml"].replace("needs: [reason], public: true}", "needs: [reason]}")
    actions.adopt(files | {"library:core.yaml": private}, by=board.office)
    for address in ("promises", "records"):
        assert "雨季" not in board.get(f"/{address}/{made.id}")


def test_the_files_on_a_promise_are_seen_by_everybody(board: Site) -> None:
    made, drawn = promise(board, "修路"), io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "PNG")
    for name, content in (("新路.png", drawn.getvalue()), ("验收.pdf", b"%PDF-1.7 ")):
        actions.attach(by=board.office, record=made.id, field="proof", name=name, content=content, day=SOON)
    page = board.get(f"/promises/{made.id}")
    shown = re.search(r'<img src="(/attachments/[^"]+)" alt="新路.png"', page)
    assert shown is not None
    picture = board.client.get(shown[1])
    assert (picture["Content-Type"], picture.getvalue()[:4]) == ("image/png", b"\x89PNG")
    assert re.search(r'<a href="/attachments/[^"]+">验收.pdf</a>', page)


def test_only_public_fields_are_told_even_where_everything_may_be_seen(board: Site, settings: Settings) -> None:
    letter = board.file("commitment_letter", TOWN, goals="为民办事", consulted=4711)[0]
    for move in ("consult", "sign"):
        actions.move(by=board.office, record=letter, move=move, day=DAY)
    for synthetic in (False, True):
        settings.XIANFENG_SYNTHETIC = synthetic
        for address in ("/promises", f"/promises/{letter}", f"/organisations/{TOWN}/notice?week={DAY}"):
            page = board.get(address)
            assert "为民办事" in page
            assert "4711" not in page
            assert "4,711" not in page


def test_an_organisation_has_its_own_board_with_those_below(board: Site) -> None:
    promise(board, "青口的")
    promise(board, "荆溪的", at=OTHER_TOWN, due=PAST)
    assert listed(board.get(f"/promises?at={TOWN}")) == ["青口的"]
    county = board.get(f"/promises?at={COUNTY}")
    assert sorted(listed(county)) == ["荆溪的", "青口的"]
    assert re.search(rf'href="/promises\?at={TOWN}">青口镇</a></th><td[^>]*>1?.*?1</a></td><td[^>]*>0</td>', county)
    assert f'href="/promises?at={OTHER_TOWN}&amp;standing=late">1</a>' in county


def test_a_campaign_over_is_told_as_it_stood_on_its_last_day(board: Site) -> None:
    """The campaign of 2010 ended on 2012-11-07."""
    promise(board, "活动以后的", day=dt.date(2013, 1, 1))
    promise(board, "说好2013年的", due=dt.date(2013, 6, 30))
    fulfil(board, promise(board, "后来才兑现的", due=PAST), dt.date(2013, 2, 1))
    page = board.get("/promises?campaign=fuzhou-2010")
    assert sorted(listed(page)) == ["后来才兑现的", "说好2013年的"]
    assert counted(page) == {"全部": 2, "履行中": 1, "已兑现": 0, "逾期和未兑现": 1, "没有写期限": 0}
    whole = {"全部": 3, "履行中": 1, "已兑现": 1, "逾期和未兑现": 1, "没有写期限": 0}
    assert counted(board.get("/promises")) == whole


def test_a_long_board_goes_on_by_key_and_its_file_is_whole(board: Site) -> None:
    for number in range(25):
        promise(board, f"第{number}件")
    first = board.get("/promises")
    following = re.search(r'href="(/promises\?after=\d+)" rel="next"', first)
    assert following is not None
    assert len(listed(first)) == 20
    assert len(set(listed(first)) | set(listed(board.get(following[1])))) == 25
    sheet = load_workbook(io.BytesIO(board.client.get("/promises?format=xlsx&table=promises").content)).active
    assert sheet is not None
    assert len([row for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("第")]) == 25


def test_hostile_words_are_only_words(board: Site) -> None:
    made = promise(board, HOSTILE)
    for address in (
        "/promises",
        f"/promises/{made.id}",
        f"/organisations/{TOWN}/notice?week={DAY}",
        "/schemes/fuzhou-2010",
    ):
        page = board.get(address)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page
    sheet = load_workbook(io.BytesIO(board.client.get("/promises?format=xlsx").content)).active
    assert sheet is not None
    assert f"'{HOSTILE}" in [row[0] for row in sheet.iter_rows(values_only=True)]


def test_every_promise_has_a_code_that_leads_to_it(board: Site) -> None:
    made = promise(board, "修路")
    page = board.get(f"/promises/{made.id}")
    assert '<svg aria-hidden="true"' in page
    assert f'<span class="address">http://127.0.0.1/promises/{made.id}</span>' in page


@pytest.mark.parametrize("question", ["standing=maybe", "after=x", "at=nowhere", "campaign=nowhere", "at=%00"])
def test_a_question_that_makes_no_sense_is_not_found(board: Site, question: str) -> None:
    board.get(f"/promises?{question}", status=404)


def test_a_notice_is_of_one_week_as_it_was_then(board: Site) -> None:
    """DAY is the Tuesday of its week."""
    fulfil(board, promise(board, "修路"), dt.date(2010, 8, 3))
    promise(board, "后来的", day=dt.date(2010, 8, 20))
    promise(board, "到期的", due=dt.date(2010, 7, 1))
    notice = f"/organisations/{TOWN}/notice"
    week = board.get(f"{notice}?week=2010-08-05")
    assert "2010年8月2日至2010年8月8日" in week
    assert re.search(r"修路</a>.*<td[^>]*>兑现</td>", week)
    assert "后来的" not in week
    assert "到这一周为止公布承诺 2 条：已兑现 1 条，履行中 0 条，逾期和未兑现 1 条" in week
    first = board.get(f"{notice}?week={DAY}")
    assert "到这一周为止公布承诺 2 条：已兑现 0 条，履行中 2 条，逾期和未兑现 0 条" in first
    assert "2010年8月16日至2010年8月22日" in board.get(notice)  # the last week in which something was done
    assert "这一周没有新的承诺" in board.get(f"{notice}?week=2010-07-07")


def test_a_notice_prints_no_more_for_who_may_see_more(board: Site, settings: Settings) -> None:
    promise(board, "等审核的", state="submitted")
    settings.XIANFENG_SYNTHETIC = True
    assert "等审核的" not in board.get(f"/organisations/{TOWN}/notice?week={DAY}")
