"""The bulletin desk as two people of an office use it, and what nobody else gets to see of it."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.web.conftest import DAY, Site
from xianfeng.accounts.models import Account
from xianfeng.bulletins.closing import close
from xianfeng.bulletins.compose import compose
from xianfeng.bulletins.models import Closing, Manuscript
from xianfeng.log.models import Entry
from xianfeng.registry import tree
from xianfeng.registry.actions import appoint, enter

DESK = "/office/bulletins/"
ATOM = "{http://www.w3.org/2005/Atom}"
TEXT = "全市共组建党员突击队{{ figure('task_forces') }}支。"
TOWN = "350121105"


def person(site: Site, name: str, code: str = "350100", role: str = "office") -> Client:
    at = tree.by_code(code)
    assert at is not None
    who = enter(code=f"p-{name}", name=name, day=DAY, by=site.office)
    appoint(person=who, organisation=at.id, role=role, day=DAY, by=site.office)
    client = Client(HTTP_HOST="127.0.0.1")
    account = Account.objects.create(username=name, person_id=who)
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def typed(**changed: str) -> dict[str, str]:
    return {
        "do": "save",
        "name": "no1",
        "title": "党员突击队在行动",
        "text": TEXT,
        "series": "活动简报",
        "issuer": "市活动办",
        "issued": "2010-08-30",
        "to": "报：省委组织部\n送：各县（市）区委",
        **changed,
    }


@pytest.fixture
def chen(site: Site) -> Client:
    site.file("task_force", TOWN, name="突击队 {n}", times=7)
    return person(site, "chen")


@pytest.fixture
def lin(site: Site) -> Client:
    return person(site, "lin")


def begin(client: Client, **changed: str) -> str:
    answer = client.post(f"{DESK}new/fuzhou-2010", typed(**changed))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def press(client: Client, address: str, move: str, **data: object) -> str:
    """What the page says after a move; the revision is the one that this page shows."""
    page = client.get(address).content.decode()
    found = re.search(r'name="revision" value="(\d+)"', page)
    given = {"revision": found[1] if found else "0", **data}
    path = f"{address}/{move}" if move in ("issue", "scan") else f"{address}/moves/{move}"
    return client.post(path, given, follow=True).content.decode()


def signed(chen: Client, lin: Client, **changed: str) -> str:
    address = begin(chen, **changed)
    press(chen, address, "submit")
    press(lin, address, "check")
    press(lin, address, "sign")
    return address


def test_from_a_blank_page_to_the_public_one(chen: Client, lin: Client) -> None:
    address = signed(chen, lin)
    asked = press(chen, address, "issue")
    assert "第1期" in asked
    assert f"{Manuscript.objects.get().as_of:,}" in asked
    assert not Closing.objects.exists()
    told = press(chen, address, "issue", confirmed="yes")
    assert "已经印发" in told
    page = Client(HTTP_HOST="127.0.0.1").get("/schemes/fuzhou-2010/bulletins/no1").content.decode()
    assert "党员突击队在行动" in page
    assert re.search(r'data-value="7"[^>]*>7<', page)


def test_the_writer_is_not_asked_to_check(chen: Client, lin: Client) -> None:
    address = begin(chen)
    press(chen, address, "submit")
    assert "moves/check" not in chen.get(address).content.decode()
    assert "moves/check" in lin.get(address).content.decode()
    assert "自己写的稿不能自己核稿" in press(chen, address, "check")
    assert Manuscript.objects.get().stage == "submitted"


@pytest.mark.parametrize("move", ["submit", "check", "sign"])
def test_a_page_that_is_out_of_date_moves_nothing(chen: Client, lin: Client, move: str) -> None:
    address = begin(chen)
    told = lin.post(f"{address}/moves/{move}", {"revision": "99"}, follow=True).content.decode()
    assert "又有人改过" in told
    assert Manuscript.objects.get().stage == "draft"


def test_a_stale_text_is_given_back_and_not_saved(chen: Client, lin: Client) -> None:
    address = begin(chen)
    chen.post(f"{address}/text", typed(title="新标题", revision="1"))
    page = lin.post(f"{address}/text", typed(title="旧标题", revision="1")).content.decode()
    assert "又有人改过" in page
    assert "旧标题" in page
    assert "新标题" in Manuscript.objects.get().content


def test_what_may_not_be_printed_is_told_while_writing(chen: Client) -> None:
    page = chen.post(f"{DESK}check/fuzhou-2010", typed(text="全市共组建37支。")).content.decode()
    assert "正文第1段" in page
    assert "没有出处" in page
    page = chen.post(f"{DESK}check/fuzhou-2010", typed(text="{{ figure('task_force') }}支")).content.decode()
    assert "task_forces" in page


def test_everything_that_is_wrong_is_told_at_once(chen: Client) -> None:
    text = "{{ figure('task_force') }}支，{{ figure('突击队') }}支，37个。"
    page = chen.post(f"{DESK}check/fuzhou-2010", typed(text=text)).content.decode()
    assert "没有统计指标“task_force”" in page
    assert "没有统计指标“突击队”" in page
    assert page.count("党员突击队") >= 2
    assert "“37”没有出处" in page
    assert len(re.findall(r"（[a-z_]+）", page)) == 4
    address = begin(chen, text=text)
    told = chen.get(address).content.decode()
    assert "没有统计指标“突击队”" in told
    assert "“37”没有出处" in told
    press(chen, address, "submit")
    assert Manuscript.objects.get().stage == "draft"


@pytest.mark.parametrize(("text", "told"), [(TEXT, "1 个数据都有出处"), ("大家都动起来了。", "正文没有数据")])
def test_the_figures_of_the_text_are_counted(chen: Client, text: str, told: str) -> None:
    assert told in chen.post(f"{DESK}check/fuzhou-2010", typed(text=text)).content.decode()


def test_an_issue_begins_as_the_office_ended_its_last(site: Site, chen: Client, lin: Client) -> None:
    """The campaign's file holds one that somebody else brings out: its imprint is not this office's."""
    close(compose("fuzhou-2010", "no98", as_of=None), by=site.office)
    page = chen.get(f"{DESK}new/fuzhou-2010").content.decode()
    assert 'name="issuer" value="福州市活动办公室"' in page
    assert 'value="no1"' in page
    assert 'name="series" value="福州市创先争优活动简报"' in page
    assert "省委" not in page
    press(chen, signed(chen, lin, series="先锋快报"), "issue", confirmed="yes")
    page = chen.get(f"{DESK}new/fuzhou-2010").content.decode()
    assert 'name="issuer" value="市活动办"' in page
    assert 'name="series" value="先锋快报"' in page
    assert 'value="no2"' in page


def test_a_draft_that_cannot_be_printed_is_kept_all_the_same(chen: Client) -> None:
    address = begin(chen, text="全市共组建37支。")
    page = chen.get(address).content.decode()
    assert "没有出处" in page
    assert "没有出处" in press(chen, address, "submit")


def test_text_is_text(chen: Client) -> None:
    address = begin(chen, title="<script>alert()</script>", text="<img src=x onerror=alert()>" + TEXT)
    page = chen.get(address).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_call_for_a_figure(chen: Client) -> None:
    asked = f"{DESK}figure/fuzhou-2010?measure=task_forces&at={TOWN}&until=2010-08-30"
    page = chen.get(asked).content.decode()
    assert "7支" in page
    assert "{{ figure(&#x27;task_forces&#x27;, at=&#x27;350121105&#x27;, until=&#x27;2010-08-30&#x27;) }}" in page
    assert "没有代码" in chen.get(f"{DESK}figure/fuzhou-2010?measure=task_forces&at=x'y").content.decode()


def test_the_call_for_a_figure_without_a_script(chen: Client) -> None:
    page = chen.post(f"{DESK}new/fuzhou-2010", typed(do="figure", measure="task_forces")).content.decode()
    assert "{{ figure(&#x27;task_forces&#x27;) }}" in page
    assert "党员突击队在行动" in page
    assert not Manuscript.objects.exists()


def test_nobody_else_reads_it(site: Site, chen: Client) -> None:
    address = begin(chen)
    for who in (person(site, "county", "350121"), person(site, "leader", role="leader")):
        for page in ("", "/text", "/sign-off", "/changes", "/file.docx", "/sources.pdf"):
            assert who.get(address + page).status_code == 404, page
        assert who.post(f"{address}/moves/submit", {"revision": "1"}).status_code == 404
    assert Client(HTTP_HOST="127.0.0.1").get("/schemes/fuzhou-2010/bulletins/no1").status_code == 404


def test_the_sign_off_sheet_names_who_did_what(chen: Client, lin: Client) -> None:
    address = signed(chen, lin)
    page = chen.get(f"{address}/sign-off").content.decode()
    row = Manuscript.objects.get()
    assert row.proof in page
    assert "第1期" in page
    assert page.count("lin") >= 2
    assert "各县（市）区委" in page
    paper = chen.get(f"{address}/sign-off.pdf")
    assert paper["Content-Type"] == "application/pdf"
    (sheet,) = PdfReader(io.BytesIO(paper.content)).pages  # one page
    told = "".join(sheet.extract_text().split())
    assert all(words in told for words in ("简报签批单", "第1期", "各县（市）区委", "领导批示", row.proof))
    assert told.count("lin") >= 2


@pytest.mark.parametrize("paper", ["file.docx", "file.pdf", "sources.docx"])
def test_it_can_be_taken_along_before_it_is_issued(chen: Client, paper: str) -> None:
    answer = chen.get(f"{begin(chen)}/{paper}")
    assert answer.status_code == 200
    assert answer.content[:2] in (b"PK", b"%P")


def test_what_changed_since_the_last_issue(site: Site, chen: Client, lin: Client) -> None:
    press(chen, signed(chen, lin), "issue", confirmed="yes")
    site.file("task_force", TOWN, name="又一支 {n}", times=2)
    address = begin(chen, name="no2", text="到月底，" + TEXT)
    page = chen.get(f"{address}/changes").content.decode()
    assert "+2支" in page
    assert "<ins>到月底，" in page
    assert "印为 7，今天是 9" in page


def test_late_records_are_told_before_issuing(site: Site, chen: Client, lin: Client) -> None:
    address = signed(chen, lin)
    site.file("task_force", TOWN, name="迟到的")
    assert "1 个数据有了变化" in press(chen, address, "issue")


def test_the_list_asks_no_more_as_it_grows(chen: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert chen.get(DESK).status_code == 200
        return len(asked)

    begin(chen)
    few = queries()
    for number in range(2, 12):
        begin(chen, name=f"no{number}")
    assert queries() <= few


def test_the_feed_is_atom(chen: Client, lin: Client) -> None:
    press(chen, signed(chen, lin, title="甲 & 乙 <丙>"), "issue", confirmed="yes")
    answer = Client(HTTP_HOST="127.0.0.1").get("/schemes/fuzhou-2010/bulletins.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 -- our own
    assert feed.tag == f"{ATOM}feed"
    for part in (feed, entry := feed.find(f"{ATOM}entry")):
        assert part is not None
        assert all(part.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert entry is not None
    assert "甲 & 乙 <丙>" in (entry.findtext(f"{ATOM}title") or "")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "市活动办"
    assert entry.findtext(f"{ATOM}id") == "http://127.0.0.1/schemes/fuzhou-2010/bulletins/no1"


def test_issues_know_their_neighbours(chen: Client, lin: Client) -> None:
    for name, title in (("no1", "甲"), ("no2", "乙"), ("no3", "丙")):
        press(chen, signed(chen, lin, name=name, title=title), "issue", confirmed="yes")
    page = Client(HTTP_HOST="127.0.0.1").get("/schemes/fuzhou-2010/bulletins/no2").content.decode()
    assert "上一期 · 第1期" in page
    assert "下一期 · 第3期" in page
    assert Entry.objects.filter(stream="bulletin", action="close").count() == 3


def test_a_briefing_says_nothing_of_data_that_are_not_there(chen: Client) -> None:
    page = chen.get("/office/briefings?scheme=fuzhou-2010&until=2010-08-30").content.decode()
    assert "没有报" in page
    assert "未报份" not in page
    assert "现有数据未报" not in re.sub("<[^>]*>", "", page)


def test_a_briefing_in_one_step(site: Site, chen: Client) -> None:
    site.file("task_force", TOWN, name="七月的", day=DAY.replace(month=8, day=20))
    page = chen.get("/office/briefings?scheme=fuzhou-2010&until=2010-08-30&form=page").content.decode()
    assert re.search(r'data-name="task_forces" data-value="8"', page)
    assert re.search(r'data-name="task_forces" data-value="7"', page)
    assert "增加1支" in page
    assert "?scheme=fuzhou-2010&amp;until=2010-08-30&amp;form=page&amp;format=xlsx&amp;table=figures" in page
    kept = chen.get("/office/briefings?scheme=fuzhou-2010&until=2010-08-30&format=xlsx&table=figures").content
    lines = list(openpyxl.load_workbook(io.BytesIO(kept)).worksheets[0].values)
    assert lines[3][:5] == ("部分", "指标", "截至本期", "上月同日", "比上月")
    assert ("项目带动", "党员突击队（支）", 8, 7, "增加1支") in [line[:5] for line in lines]
    town = person(site, "town", TOWN, "clerk")
    assert town.get(f"/office/briefings?scheme=fuzhou-2010&at={TOWN}").status_code == 200
    assert town.get("/office/briefings?scheme=fuzhou-2010&at=350100").status_code == 404
