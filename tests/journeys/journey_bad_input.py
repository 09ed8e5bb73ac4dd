"""What goes wrong at a form: each ends on a page that says what happened and what to do, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.journeys.conftest import Enter, World
from tests.journeys.traveller import Traveller

VISIT, GRID = "/desk/fuzhou-2010/visit/new", "/desk/fuzhou-2010/visit/grid"
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
FORMULA = '=HYPERLINK("http://elsewhere.example","点这里")'
MINUTES = "推进会要点：" + "各支部按月对账，先易后难，逐项销号。" * 40


def filing_button(traveller: Traveller) -> None:
    traveller.tap_on(traveller.page.locator("main button[value^='file:']").first)


def filed_so_far(traveller: Traveller) -> set[str]:
    traveller.page.goto(traveller.site + "/desk/")
    links = traveller.page.locator("main #recent a[href^='/records/']")
    return {link.get_attribute("href") or "" for link in links.all()}


def test_sent_twice_is_filed_once(enter: Enter) -> None:
    clerk = enter("double_submit")
    clerk.sign_in("xingyuan")
    before = filed_so_far(clerk)
    clerk.open(VISIT)
    clerk.type("社区群众", "4")
    clerk.page.locator("main button[value^='file:']").first.dblclick()
    clerk.title("已登记")
    assert len(filed_so_far(clerk) - before) == 1


def test_whoever_is_late_is_told_who_was_first(enter: Enter) -> None:
    first, second = enter("first_reviewer"), enter("late_reviewer")
    second.refusals.add(409)
    for reviewer in (first, second):
        reviewer.sign_in("hongshan")
        reviewer.open("/desk/inbox?kind=fuzhou-2012%2Fseminar")
        row = reviewer.page.locator("#chosen tbody tr", has_text="已填报").first
        reviewer.tap_on(row.get_by_role("checkbox"))
        reviewer.tap("审核所选")
        reviewer.see("确认以后：")
    first.tap("审核这 1 条")
    first.see("1 条已办理“审核”")
    second.tap("审核这 1 条")
    second.see("洪山镇办理了“审核”")
    second.look()


def test_a_session_ends_in_the_middle_of_a_long_text(enter: Enter, world: World) -> None:
    writer = enter("expired_session")
    writer.refusals.update((401, 403))
    writer.sign_in("fuzhou")
    writer.open("/office/bulletins/")
    writer.tap("拟一期：福州市创先争优活动（2010年）")
    writer.type("标题", "推进会要点")
    writer.type("正文", MINUTES)
    writer.page.context.clear_cookies(name="sessionid")
    writer.tap("保存", exact=True)
    writer.title("登录已经过期，还没有提交")
    writer.see(MINUTES[:40])
    with writer.page.context.expect_page() as opened:
        writer.tap("在新窗口登录")
    window = opened.value
    window.locator("[name=login]").fill("fuzhou")
    window.locator("[name=password]").fill(world.passwords["fuzhou"])
    with window.expect_navigation():
        window.locator("[name=password]").press("Enter")
    window.close()
    writer.tap("再提交一次")
    writer.title("页面已经过期，还没有提交")  # its token is older than the sign-in
    writer.see(MINUTES[:40])
    writer.tap("再提交一次")
    writer.see("下一步", "推进会要点")


def test_a_session_ends_before_a_form_is_filed(enter: Enter) -> None:
    clerk = enter("expired_filing")
    clerk.refusals.update((401, 403))
    clerk.sign_in("xingyuan")
    clerk.open(VISIT)
    clerk.type("社区群众", "6")
    clerk.type("情况记录", MINUTES)
    clerk.page.context.clear_cookies(name="sessionid")
    filing_button(clerk)
    clerk.see("登录已经过期，或者换了账号、任职。有 1 份填报存在这台设备上，没有丢")
    clerk.look()
    clerk.sign_in("xingyuan")
    clerk.see("先前存在这台设备上的 1 份填报，刚才已经送出。")


def test_an_answer_without_the_form_leaves_it_where_it_is(enter: Enter) -> None:
    clerk = enter("answer_without_form")
    clerk.refusals.add(404)
    clerk.sign_in("xingyuan")
    clerk.open(VISIT)
    clerk.type("社区群众", "6")
    clerk.type("情况记录", MINUTES)
    form = clerk.page.locator("form[data-outbox]")
    right = form.get_attribute("action")
    form.evaluate("form => { form.action = '/desk/fuzhou-2010/nothing/new'; }")  # as when a campaign drops a kind
    filing_button(clerk)
    clerk.see("没有找到", "检查地址是否抄错")
    clerk.look()
    assert clerk.page.get_by_label("情况记录").input_value() == MINUTES
    form.evaluate("(form, right) => { form.action = right; }", right)
    filing_button(clerk)
    clerk.title("已登记")


def test_what_was_refused_is_opened_where_there_is_a_network(enter: Enter) -> None:
    clerk = enter("reopened")
    clerk.refusals.add(422)
    clerk.sign_in("xingyuan")
    clerk.open(VISIT)
    clerk.type("社区群众", "六")
    clerk.type("情况记录", MINUTES)
    clerk.page.context.set_offline(True)
    filing_button(clerk)
    clerk.see("有 1 份填报存在这台设备上，还没有送出")
    clerk.page.context.set_offline(False)
    clerk.see("有 1 份填报送出后没有被收下")
    clerk.page.context.set_offline(True)
    clerk.tap("打开修改")
    clerk.see("现在打不开", "没有丢", "有 1 份填报送出后没有被收下")
    clerk.look()
    clerk.page.context.set_offline(False)
    with clerk.page.expect_navigation():
        clerk.page.get_by_role("button", name="打开修改").click()
    clerk.see("有 1 处要改")
    assert clerk.page.get_by_label("情况记录").input_value() == MINUTES
    clerk.type("社区群众", "6")
    filing_button(clerk)
    clerk.title("已登记")
    assert clerk.page.locator(".outbox").is_hidden()


def test_a_device_that_keeps_nothing(enter: Enter) -> None:
    clerk = enter("full_device")
    clerk.page.add_init_script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };"
    )
    clerk.sign_in("xingyuan")
    clerk.open(VISIT)
    clerk.type("社区群众", "6")
    clerk.type("情况记录", MINUTES)
    clerk.page.context.set_offline(True)
    filing_button(clerk)
    clerk.see("这台设备存不下", "填写的还在这一页，先不要关")
    clerk.look()
    assert clerk.page.get_by_label("情况记录").input_value() == MINUTES
    clerk.page.context.set_offline(False)
    filing_button(clerk)
    clerk.title("已登记")


def test_a_page_of_another_appointment_files_nothing(enter: Enter) -> None:
    """The page was opened as one, and in a second window its reader has become another."""
    clerk = enter("another_window")
    clerk.refusals.add(403)
    clerk.sign_in("xingyuan")
    clerk.open(VISIT)
    clerk.type("社区群众", "6")
    clerk.type("情况记录", MINUTES)
    clerk.page.context.clear_cookies()
    window = clerk.page.context.new_page()
    window.goto(clerk.site + "/account/sign-in")
    window.locator("[name=login]").fill("hongshan")
    window.locator("[name=password]").fill(clerk.passwords["hongshan"])
    with window.expect_navigation():
        window.locator("[name=password]").press("Enter")
    window.close()
    filing_button(clerk)
    clerk.see("换回来以后自动送出，每份只送一次。")
    clerk.look()


def test_ten_megabytes_pasted(enter: Enter) -> None:
    clerk = enter("ten_megabytes")
    clerk.sign_in("xingyuan")
    clerk.open(GRID)
    clerk.tap_on(clerk.page.locator("main summary", has_text="整块粘贴"))
    box = clerk.page.locator("#pasted")
    box.evaluate("box => { box.value = '2010-06-01\\t村口\\t3\\n'.repeat(600000); }")
    clerk.tap("核对", role="button", exact=True)
    clerk.see("内容太多，还没有送出，填写的都还在", "分几次提交")
    assert len(box.input_value()) == 16 * 600_000
    clerk.open(VISIT)
    note = clerk.page.get_by_label("情况记录")
    note.evaluate("note => { note.value = '字'.repeat(4000000); }")
    filing_button(clerk)
    clerk.see("内容太多，还没有送出，填写的都还在")
    assert len(note.input_value()) == 4_000_000
    note.fill("村口")
    clerk.type("社区群众", "4")
    filing_button(clerk)
    clerk.title("已登记")


def test_a_wrong_file(enter: Enter, tmp_path: Path) -> None:
    picture = tmp_path / "任务分解表.xlsx"
    picture.write_bytes(b"\xff\xd8\xff\xe0 no workbook")
    office = enter("wrong_file")
    office.refusals.add(422)
    office.sign_in("gulou")
    office.open("/office/new")
    office.type("活动名称", "不会建立的活动")
    office.type("活动代号", "never-2026")
    office.upload("任务分解表", picture)
    office.tap("读这张表")
    office.see("的内容不是Excel 工作簿", "另存为 .xlsx")
    admin = enter("wrong_list")
    admin.sign_in("admin")
    admin.open("/office/registry/imports/")
    admin.upload("Excel 或 CSV 文件", picture)
    admin.tap("检查这个文件")
    admin.see("这个文件不能导入，一行也没有写入。")
    admin.look()


def test_hostile_words_stay_words(enter: Enter, tmp_path: Path) -> None:
    clerk = enter("hostile_words")
    clerk.sign_in("xingyuan")
    clerk.open(VISIT)
    clerk.type("地点", HOSTILE)
    clerk.type("社区群众", "1")
    clerk.type("情况记录", FORMULA)
    filing_button(clerk)
    clerk.title("已登记")
    clerk.tap("看这条记录")
    clerk.see(HOSTILE, FORMULA)


def test_a_formula_in_a_list_is_a_text_in_every_workbook(enter: Enter, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["代码", "名称", "上级代码", "类型", "级别", "成立日期"])
    book.active.append(["350102-X001", "待换", "350102", "单位", "", "2012-06-01"])
    book.active["B2"].value = FORMULA
    book.active["B2"].data_type = "s"
    book.save(tmp_path / "单位.xlsx")
    admin = enter("formula")
    admin.sign_in("admin")
    admin.open("/office/registry/imports/")
    admin.upload("Excel 或 CSV 文件", tmp_path / "单位.xlsx")
    admin.tap("检查这个文件")
    admin.see(FORMULA)
    admin.look()
    with admin.page.expect_download() as saved:
        admin.tap("Excel", role="link")
    sheet = load_workbook(io.BytesIO(saved.value.path().read_bytes())).active
    cells = [cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert cells
    assert all(cell.data_type == "s" and not str(cell.value).startswith("=") for cell in cells)


def test_a_deep_link_without_permission(enter: Enter, world: World) -> None:
    clerk = enter("deep_link")
    clerk.refusals.add(404)
    clerk.open("/desk/inbox?kind=fuzhou-2012%2Fvisit")
    clerk.title("登录")
    clerk.type("用户名", "xingyuan")
    clerk.type("密码", world.passwords["xingyuan"])
    clerk.tap("登录", role="button", within="main", exact=True)
    clerk.see("没有找到", "怎么办", "换一个任职再打开")
    clerk.open("/office/bulletins/")
    clerk.see("没有找到", "怎么办")


def test_an_organisation_unknown_and_one_that_ended(enter: Enter) -> None:
    reader = enter("unknown_organisation")
    reader.refusals.add(404)
    reader.open("/organisations/350102999999")
    reader.see("没有这个组织。", "怎么办")

    admin = enter("closing")
    admin.sign_in("admin")
    admin.open("/office/registry/?q=洪山镇样例企业173")
    admin.tap("洪山镇样例企业173", within="main section")
    admin.tap("撤销", within="main", exact=True)
    admin.type("承接组织", "350102100")
    admin.type("从哪一天起", dt.date.today().isoformat())  # noqa: DTZ011 -- as the browser's own calendar says
    admin.type("依据或理由", "企业注销")
    admin.tap("看会有什么结果")
    admin.see("确认以后：")
    admin.tap_on(admin.page.locator("button[name=confirmed]"))
    admin.see("已办理：撤销")
    reader.open("/organisations/350102100-S0173")
    reader.see("撤销")
    reader.look()
