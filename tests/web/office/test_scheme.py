"""Campaigns as files on pages: what one asks, changing it in place, beginning one from a task table."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import tempfile

import openpyxl
import pytest
from django.http import HttpResponse
from django.utils import timezone

from tests.web.conftest import Site
from tests.web.office.conftest import CITY, COUNTY, TOWN, Desk, acting
from xianfeng import figures
from xianfeng.duties.expanding import expand
from xianfeng.figures.interface import Query
from xianfeng.ledger import actions, versions
from xianfeng.ledger.models import SchemeVersion
from xianfeng.registry import tree
from xianfeng.registry.models import Organisation
from xianfeng.scheme.whom import group_of

EDIT, RULES = "/office/fuzhou-2010/edit", "/schemes/fuzhou-2010/rules"


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return html.unescape(found[1])


class Editor:
    """Somebody at the form: what he types is sent with the draft that the last page carried."""

    def __init__(self, desk: Desk, address: str = EDIT) -> None:
        self.desk, self.address = desk, address
        self.page = desk.get(address)

    def send(self, status: int = 200, **typed: str) -> str:
        data = {"base": hidden(self.page, "base"), "changed": hidden(self.page, "changed"), **typed}
        response = self.desk.client.post(self.address, data, follow=False)
        assert response.status_code == status, re.findall(r"<li>(.*)</li>", response.content.decode())
        if status != 302:
            self.page = response.content.decode()
        return self.page


def text_of(version: str) -> str:
    return versions.package(version)["scheme.yaml"]


@pytest.fixture
def office(books: Site) -> Desk:
    return acting(books, CITY, "office")


def test_rules_tell_what_the_campaign_asks(site: Site) -> None:
    page = site.get(RULES)
    assert "24小时值班和领导带班" in page
    assert "本单位自定" in page
    assert 'class="flow"' in page
    assert re.search(r'href="/schemes/fuzhou-2010/rules/file\?[^"]*#L\d+"', page)
    assert "style=" not in page


def test_rules_tell_how_what_is_late_is_followed_up_and_what_is_planned(site: Site) -> None:
    told = site.get(RULES)
    assert "常规催办：期限前 3 个工作日提醒、逾期 1 个工作日催办" in told
    assert "重点项目倒排计划：" in told


def test_rules_are_told_in_each_readers_language(site: Site) -> None:
    for _ in range(2):
        assert "统计口径" in site.get("/schemes/fuzhou-2010/rules")
        response = site.client.get("/schemes/fuzhou-2010/rules", headers={"accept-language": "en"})
        assert "统计口径" not in response.content.decode()


def test_a_thing_links_to_its_line_of_the_file(site: Site) -> None:
    page = site.get(RULES)
    found = re.search(r'href="(/schemes/fuzhou-2010/rules/file[^"#]*)#L(\d+)">24小时值班和领导带班', page)
    assert found is not None
    shown = site.get(html.unescape(found[1]))
    line = re.search(rf'<li id="L{found[2]}"><code>(.*?)</code>', shown)
    assert line is not None
    assert line[1].strip().startswith("duty_rosters:")


def test_the_public_sees_only_what_the_scheme_marks_public(books: Site) -> None:
    page = books.get(RULES)
    scheme = versions.current("fuzhou-2010")
    hidden_ = [measure for measure in scheme.measures.values() if not measure.public]
    assert hidden_
    assert all(f'id="measures.{measure.name}"' not in page for measure in hidden_)
    assert "rules/file" not in page
    books.get("/schemes/fuzhou-2010/rules/file", status=404)


def test_whoever_the_campaign_binds_sees_its_file(books: Site) -> None:
    assert "duty_rosters:" in acting(books, TOWN, "clerk").get("/schemes/fuzhou-2010/rules/file")


def test_a_changed_quota_becomes_a_version_and_nothing_else_changes(office: Desk) -> None:
    before = text_of(versions.newest("fuzhou-2010"))
    editor = Editor(office)
    editor.send(do="part:obligations", shown="campaign")
    preview = editor.send(do="check", shown="obligations", **{"t.obligations.duty_rosters.at_least": "3"})
    assert "至少几次" in preview
    assert "载入后是第 2 版" in preview
    question = editor.send(do="adopt")
    assert "载入第 2 版" in question
    editor.send(status=302, do="adopt", confirmed="yes")
    after = text_of(versions.newest("fuzhou-2010"))
    changed = [(old, new) for old, new in zip(before.split("\n"), after.split("\n"), strict=True) if old != new]
    assert len(changed) == 1
    assert changed[0][0].replace("at_least: 1", "at_least: 3") == changed[0][1]
    assert versions.current("fuzhou-2010").obligations["duty_rosters"].at_least == 3
    assert "至少几次" in office.get("/schemes/fuzhou-2010/rules/changes")


RUNNING = """xianfeng: 1
scheme: running
title: 常年活动
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2099-12-31}
obligations:
  visits: {title: 走访一次, kind: visit, of: organisations, where: "level == 'township'", at_least: 1, every: once}
"""


def test_before_a_version_is_adopted_one_reads_what_it_does_to_duties(books: Site, office: Desk) -> None:
    books.adopt(RUNNING)
    towns = expand(versions.current("running"), now=timezone.now())[0].added
    assert towns > 1
    editor = Editor(office, "/office/running/edit")
    page = editor.send(do="check", shown="text", whole=RUNNING.replace("at_least: 1", "at_least: 3"))
    assert row_of(page, "走访一次") == ["1", "0", str(towns), "0"]
    page = editor.send(do="check", shown="text", whole=RUNNING.replace("visits:", "walks:"))
    assert row_of(page, "走访一次") == ["2", str(towns), "0", str(towns)]
    page = editor.send(do="check", shown="text", whole=RUNNING.replace("常年活动", "常年的活动"))
    assert "各组织应办的事项不变" in page


def row_of(page: str, title: str) -> list[str]:
    """What stands beside an obligation in the table of duties."""
    table = page.split('id="duties"')[1].split("</table>", maxsplit=1)[0]
    row = table.split(title)[1].split("</tr>")[0]
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]


def test_faults_stand_beside_what_was_typed(office: Desk) -> None:
    editor = Editor(office)
    name = "t.obligations.duty_rosters.at_least"
    page = editor.send(422, do="check", shown="obligations", **{name: "三次"})
    assert f'id="{name}.faults"' in page
    assert 'value="三次"' in page
    summary = page.split('role="alert"')[1].split("</div>")[0]
    assert "24小时值班和领导带班 · 至少几次" in summary
    assert "scheme.yaml" not in summary
    assert SchemeVersion.objects.filter(name="fuzhou-2010").count() == 1


def test_all_faults_are_told_at_once_whichever_part_they_are_in(office: Desk) -> None:
    editor = Editor(office)
    editor.send(do="part:campaign", shown="obligations", **{"t.obligations.duty_rosters.at_least": "x"})
    page = editor.send(422, do="check", shown="campaign", **{"t.runs.from": "2010-02-30"})
    assert "有 2 处要改" in page
    assert 'value="part:obligations"' in page


def test_what_is_wrong_with_the_campaigns_time_stands_with_it(office: Desk) -> None:
    page = Editor(office).send(
        422, do="check", shown="campaign", **{"t.runs.from": "2012-12-31", "t.runs.to": "2010-01-01"}
    )
    box = page.split('<fieldset class="panel">')[1].split("</fieldset>")[0]
    assert "活动的结束早于开始" in box


def test_a_version_that_came_in_between_is_not_undone(office: Desk, books: Site) -> None:
    editor = Editor(office)
    editor.send(do="check", shown="campaign", **{"t.title": "福州活动"})
    files = dict(versions.package(versions.newest("fuzhou-2010")))
    files["scheme.yaml"] += "# 别人的改动\n"
    other = actions.adopt(files, by=books.office)
    page = editor.send(409, do="adopt", confirmed="yes")
    assert "别人已经载入了" in page
    assert versions.newest("fuzhou-2010") == other.hash


def test_adopting_twice_is_adopting_once(office: Desk) -> None:
    editor = Editor(office)
    editor.send(do="check", shown="campaign", **{"t.title": "福州活动"})
    for _ in range(2):
        editor.send(302, do="adopt", confirmed="yes")
    assert SchemeVersion.objects.filter(name="fuzhou-2010").count() == 2


def test_a_draft_without_a_change_is_no_version(office: Desk) -> None:
    editor = Editor(office)
    editor.send(302, do="adopt", confirmed="yes")
    assert SchemeVersion.objects.filter(name="fuzhou-2010").count() == 1


def test_a_file_as_windows_writes_it(office: Desk) -> None:
    text = text_of(versions.newest("fuzhou-2010")).replace("title: 福州市创先争优活动", "title: 福州创先争优", 1)
    sent = io.BytesIO(text.replace("\n", "\r\n").encode("gb18030"))
    sent.name = "scheme.yaml"
    page = Editor(office).send(do="check", shown="text", file=sent)  # type: ignore[arg-type]
    assert "福州创先争优" in page
    assert page.count("<tr>") < 12


def test_the_whole_file_can_be_sent_and_is_checked_alike(office: Desk) -> None:
    text = text_of(versions.newest("fuzhou-2010"))
    editor = Editor(office)
    sent = io.BytesIO(text.replace("every: month", "every: moon").encode())
    sent.name = "scheme.yaml"
    page = editor.send(422, do="check", shown="text", file=sent)  # type: ignore[arg-type]
    assert "month" in page
    assert "every: moon" in page
    broken = editor.send(422, do="check", shown="text", whole=f"{text}\nkinds: [")
    assert "方案文件 scheme.yaml 第" in broken
    assert (
        editor.desk.client.post(
            EDIT, {"base": hidden(broken, "base"), "changed": hidden(broken, "changed"), "do": "download"}
        )
        .content.decode()
        .endswith("kinds: [")
    )


@pytest.mark.parametrize(
    "trick", ["a: &a\n  b: *a", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", f"a: {'[' * 90}{']' * 90}"]
)
def test_yaml_that_refers_to_itself_is_a_fault_of_the_text(office: Desk, trick: str) -> None:
    text = text_of(versions.newest("fuzhou-2010")).replace("every: month", "every: moon")
    page = Editor(office).send(422, do="check", shown="text", whole=f"{text}\n{trick}\n")
    assert "方案文件 scheme.yaml 第" in page
    assert trick.split("\n", maxsplit=1)[0][:8].replace("&", "&amp;") in page


def test_a_file_of_another_campaign_is_refused(office: Desk) -> None:
    editor = Editor(office)
    text = text_of(versions.newest("fuzhou-2010")).replace("scheme: fuzhou-2010", "scheme: other-2010", 1)
    assert "活动代号和所属组织不能改" in editor.send(422, do="check", shown="text", whole=text)


def test_choices_windows_and_questions(office: Desk) -> None:
    editor = Editor(office)
    windows = {"w.obligations.commitment_letters.title": "汛期", "w.obligations.commitment_letters.from": "05-01"}
    editor.send(do="part:campaign", shown="obligations", **windows, **{"w.obligations.commitment_letters.to": "09-30"})
    asked = {"q.title": "备注: “甲”", "q.type": "choice", "q.choices": "甲\n乙", "q.required": "on"}
    editor.send(do="check", shown="kinds.commitment_letter", **asked)
    editor.send(status=302, do="adopt", confirmed="yes")
    scheme = versions.current("fuzhou-2010")
    (window,) = scheme.obligations["commitment_letters"].windows
    assert (window.title, window.since, window.until) == ("汛期", (5, 1), (9, 30))
    field = scheme.kinds["commitment_letter"].fields["added_1"]
    assert (field.title, list(field.choices), field.required) == ("备注: “甲”", ["甲", "乙"], True)


def test_a_fault_of_a_thing_stands_with_it(office: Desk) -> None:
    editor = Editor(office)
    window = {"title": "汛期", "from": "05-01", "to": "09-30"}
    typed = {f"w.obligations.duty_rosters.{key}": value for key, value in window.items()}
    page = editor.send(422, do="check", shown="obligations", **typed)
    assert "有集中时段的要求要按年" in page.split("24小时值班和领导带班</legend>")[1].split("</fieldset>")[0]


@pytest.mark.parametrize(("code", "role"), [(COUNTY, "office"), (CITY, "leader"), (CITY, "administrator")])
def test_only_the_office_of_the_campaign_changes_it(books: Site, code: str, role: str) -> None:
    desk = acting(books, code, role)
    desk.get(EDIT, status=404)
    assert desk.client.post(EDIT, {"base": "", "changed": "{}", "do": "adopt", "confirmed": "yes"}).status_code == 404


@pytest.mark.parametrize("changed", ['{"library:core.yaml": "x"}', '{"../x": "y"}', "[]", "{", '{"scheme.yaml": 1}'])
def test_a_draft_that_no_form_makes_is_refused(office: Desk, changed: str) -> None:
    base = versions.newest("fuzhou-2010")
    response = office.client.post(EDIT, {"base": base, "changed": changed, "do": "check", "shown": "campaign"})
    assert response.status_code == 400


# ---- A new campaign from a task table ----


def workbook(*rows: list[object]) -> io.BytesIO:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "任务分解表.xlsx"
    return out


HEADINGS: list[object] = ["工作任务", "统计指标", "目标", "责任单位", "完成时限", "频次"]


def test_a_task_table_becomes_a_campaign_that_is_filed_and_counted_at_once(office: Desk) -> None:
    table = workbook(
        ["2012年任务分解表"],
        HEADINGS,
        ["培育示范点", "示范点", "100个", "组织部", dt.date(2012, 12, 31), None],
        ["开推进会", None, None, "宣传部", None, "每季度1次"],
    )
    sent = {"title": "强基活动", "name": "base-2012", "file": table}
    made = office.client.post("/office/new", {**sent, "do": "read"})
    page = made.content.decode()
    assert made.status_code == 200, page
    assert "组织部报告任务进展" in page
    assert "示范点" in page
    assert begin(office, page).status_code == 302
    scheme = versions.current("base-2012")
    assert (scheme.title, scheme.at) == ("强基活动", CITY)
    assert [(rule.every, rule.at_least) for rule in scheme.obligations.values()] == [("quarter", 1), ("quarter", 1)]
    assert file_progress("base-2012", "row_3", 40) == 40


def begin(office: Desk, page: str, **answers: str) -> HttpResponse:
    """Adopting what the page shows, with these answers and those that stand on it, and confirming it."""
    typed = {**standing(page), **answers, "table": hidden(page, "table"), "do": "adopt"}
    question = office.client.post("/office/new", typed).content.decode()
    assert "建立这个活动" in question
    data = {"base": "", "changed": hidden(question, "changed"), "do": "adopt", "confirmed": "yes"}
    return office.client.post("/office/new", data)


def standing(page: str) -> dict[str, str]:
    """The answers about units in charge as the page has them."""
    chosen: dict[str, str] = {}
    for name, inner in re.findall(r'<select id="[^"]*" name="(who\.\d+)">(.*?)</select>', page):
        found = re.search(r'value="([^"]*)" selected', inner)
        chosen[name] = found[1] if found else ""
    chosen |= dict(re.findall(r'name="(who\.\d+\.code)" value="([^"]*)"', page))
    return chosen


TOWNS: list[object] = ["走访群众", "走访人次", None, "各乡镇（街道）", None, "每季度1次"]
OFFICE_OWN: list[object] = ["开推进会", None, None, "活动办公室", None, "每季度1次"]


def sent_table(office: Desk, name: str, *rows: list[object]) -> str:
    table = workbook(["2012年任务分解表"], HEADINGS, *rows)
    sent = {
        "title": "强基活动",
        "name": name,
        "file": table,
        "do": "read",
        "since": "2012-01-01",
        "until": "2012-12-31",
    }
    return office.client.post("/office/new", sent).content.decode()


def test_what_a_table_asks_of_townships_stands_on_their_desks_and_in_the_figures(books: Site, office: Desk) -> None:
    page = sent_table(office, "owed-2012", TOWNS, OFFICE_OWN)
    assert standing(page) == {"who.0": "townships", "who.0.code": "", "who.1": "root", "who.1.code": ""}
    assert "各乡镇（街道）：每季度至少 1 次" in page
    assert begin(office, page).status_code == 302
    expand(versions.current("owed-2012"), now=timezone.now())
    town = acting(books, TOWN, "office")
    section = town.get("/desk/").split('id="c-owed-2012"')[1].split("</section>")[0]
    assert "走访群众" in section
    assert "应报 1，已报 0" in section
    assert "开推进会" not in section
    scheme, root = versions.current("owed-2012"), tree.by_code(CITY)
    assert root is not None
    query = {"scheme": scheme.hash, "organisation": root.id, "until": dt.date(2012, 12, 31)}
    townships = Organisation.objects.filter(type="division", level="township", code__startswith="3501").count()
    owed = figures.from_log().figure(Query(measure="task_3", **query))
    assert (owed.expected, owed.missing) == (townships, townships)
    own = figures.from_log().figure(Query(measure="task_4", **query))
    assert (own.expected, own.missing) == (1, 1)


def test_units_in_charge_can_be_other_organisations_or_nobody_yet(office: Desk) -> None:
    page = sent_table(office, "chosen-2012", TOWNS, OFFICE_OWN)
    answers = {**standing(page), "who.0": "", "who.1": "", "who.1.code": COUNTY, "do": "look"}
    looked = office.client.post("/office/new", {**answers, "table": hidden(page, "table")}).content.decode()
    assert "1 个责任单位还没有对应到组织" in looked
    assert "闽侯县：每季度至少 1 次" in looked
    assert "读到的任务" in looked
    assert begin(office, looked).status_code == 302
    assert "1 个责任单位还没有对应到组织：各乡镇（街道）" in office.get("/schemes/chosen-2012/rules")
    assert "1 个责任单位还没有对应到组织" in office.get("/desk/")


def test_who_owes_is_shown_in_the_editor_and_can_be_changed(office: Desk) -> None:
    begin(office, sent_table(office, "later-2012", TOWNS, OFFICE_OWN), **{"who.0": ""})
    before, edit = versions.current("later-2012"), "/office/later-2012/edit"
    page = office.get(f"{edit}?part=obligations")
    name = "whom.obligations.row_3"
    assert re.search(rf'name="{name}">.*?value="role.lead_1" selected>各乡镇（街道）<', page, re.DOTALL)
    data = {"base": hidden(page, "base"), "changed": "{}", "shown": "obligations"}
    wrong = office.client.post(edit, {**data, "do": "check", f"{name}.code": "nothing", name: ""}).content.decode()
    assert "没有代码为“nothing”的组织" in wrong
    checked = office.client.post(edit, {**data, "do": "check", name: "townships"}).content.decode()
    data = {"base": hidden(checked, "base"), "changed": hidden(checked, "changed"), "do": "adopt", "confirmed": "yes"}
    assert office.client.post(edit, data).status_code == 302
    rule = versions.current("later-2012").obligations["row_3"]
    assert (rule.of, group_of(rule.where)) == ("organisations", "townships")
    assert before.obligations["row_4"] == versions.current("later-2012").obligations["row_4"]
    assert "还没有对应到组织" not in office.get("/schemes/later-2012/rules")


def test_a_requirement_is_added_by_a_form(office: Desk) -> None:
    editor = Editor(office)
    new = {"o.kind": "visit", "o.title": "每月走访", "o.every": "month", "o.at_least": "2"}
    told = editor.send(do="check", shown="obligations", **new)
    assert "请选定谁来做" in told
    assert "每月走访" in editor.send(do="check", shown="obligations", **new, **{"o.whom": "townships"})
    editor.send(302, do="adopt", confirmed="yes")
    rule = versions.current("fuzhou-2010").obligations["added_1"]
    assert (rule.title, rule.kind, rule.every, rule.at_least) == ("每月走访", "visit", "month", 2)
    assert group_of(rule.where) == "townships"


def test_an_organisation_that_is_not_there_or_not_of_the_campaign_is_told_beside_its_question(office: Desk) -> None:
    page = sent_table(office, "wrong-2012", TOWNS, OFFICE_OWN)
    answers = {"who.0": "townships", "who.0.code": "nothing", "who.1.code": "350000", "do": "adopt"}
    response = office.client.post("/office/new", {**answers, "table": hidden(page, "table")})
    assert response.status_code == 422
    told = response.content.decode()
    assert "没有代码为“nothing”的组织" in told
    assert "不在这个活动的范围里" in told
    assert not SchemeVersion.objects.filter(name="wrong-2012").exists()


def test_a_table_that_no_page_carried_is_refused(office: Desk) -> None:
    assert office.client.post("/office/new", {"table": "x", "do": "adopt"}).status_code == 400


def file_progress(name: str, task: str, amount: int) -> object:
    from xianfeng.ledger import powers

    scheme, county = versions.current(name), tree.by_code(COUNTY)
    assert county is not None
    actions.file(
        by=powers.office(scheme),
        scheme=name,
        kind="task_progress",
        organisation=county.id,
        day=dt.date(2012, 5, 1),
        values={"task": task, "amount": amount},
    )
    root = tree.by_code(CITY)
    assert root is not None
    query = Query(scheme=scheme.hash, measure="task_3", organisation=root.id, until=dt.date(2012, 12, 31))
    return figures.from_log().figure(query).value


def test_an_office_without_a_campaign_begins_one_but_not_below_the_county(books: Site) -> None:
    assert "新建活动" in acting(books, COUNTY, "office").get("/office/new")
    acting(books, TOWN, "office").get("/office/new", status=404)


def test_doubts_are_told_by_cell(office: Desk) -> None:
    table = workbook(HEADINGS, ["整顿", None, "整顿率100%", "组织部", "适时", "经常"])
    page = office.client.post(
        "/office/new", {"title": "整顿", "name": "mend-2012", "file": table, "do": "read"}
    ).content.decode()
    cells = re.findall(r">([A-Z]+\d+)</th>", page)
    assert sorted(cells) == ["C2", "E2", "F2"]


@pytest.mark.parametrize(
    ("name", "rows", "words"),
    [
        ("fuzhou-2010", [HEADINGS, ["甲", None, None, "乙", None, None]], "已经有代号为"),
        ("New Scheme", [HEADINGS, ["甲", None, None, "乙", None, None]], "只用小写字母"),
        ("new-2012", [["随便"], ["什么"]], "里没有找到任务"),
    ],
)
def test_what_cannot_become_a_campaign_is_told_beside_the_form(
    office: Desk, name: str, rows: list[list[object]], words: str
) -> None:
    response = office.client.post("/office/new", {"title": "新", "name": name, "file": workbook(*rows), "do": "read"})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert tempfile.gettempdir() not in response.content.decode()


def test_the_sample_table_is_one_that_is_read(office: Desk) -> None:
    sample = io.BytesIO(office.client.get("/office/new/sample.xlsx").content)
    sample.name = "sample.xlsx"
    response = office.client.post(
        "/office/new", {"title": "样例活动", "name": "sample-1", "file": sample, "do": "read"}
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert "建立这个活动" in page
    data = {**standing(page), "table": hidden(page, "table"), "do": "download"}
    assert office.client.post("/office/new", data).content.startswith(b"xianfeng: 1\nscheme: sample-1\n")
