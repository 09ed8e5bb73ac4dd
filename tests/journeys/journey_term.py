"""A term ends: who leaves and who comes on one day, the handover sheet with what is open for both sides to sign; the
newcomer goes on with it, whoever left gets in no more."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from tests.journeys.conftest import Enter
from tests.journeys.traveller import Traveller

TOWN, FORMER, NEWCOMER = "温泉街道", "chen-daqing", "zhou-min"
CHOSEN = "jiao-jie-2012-hao"


def appointments(admin: Traveller) -> None:
    admin.open("/office/registry/")
    admin.type("在本级范围内找组织", TOWN)
    admin.tap("查找")
    admin.tap(TOWN, within="main section")
    admin.tap("任职", within="main", exact=True)


def account(admin: Traveller, username: str) -> str:
    """The link that is handed to whoever is to have it."""
    admin.tap("开账号", within="main")
    admin.type("用户名", username)
    admin.tap("开账号，给我邀请链接")
    admin.title("邀请链接")
    return admin.page.get_by_label("链接", exact=True).input_value()


def take_up(traveller: Traveller, invitation: str, username: str) -> None:
    traveller.open(invitation)
    traveller.type("密码", CHOSEN, exact=True)
    traveller.type("再输入一次", CHOSEN)
    traveller.tap("设定密码", role="button")
    traveller.title("登录")
    traveller.sign_in(username, CHOSEN)


def in_office(enter: Enter) -> Traveller:
    """Somebody who has been at it for a while, with a link out that nobody has answered yet."""
    admin = enter("term_before", counted=False)
    admin.sign_in("admin")
    appointments(admin)
    admin.tap("登记任职", role="link")
    admin.type("新人员的姓名", "陈大庆")
    admin.choose("职务", "活动办公室")
    admin.type("从哪一天起", (dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=400)).isoformat())
    admin.tap("登记任职", role="button")
    former = enter("term_former", counted=False)
    take_up(former, account(admin, FORMER), FORMER)
    former.open("/desk/links")
    former.choose("填什么", "fuzhou-2012/visit")
    former.tap_on(former.page.locator("main fieldset input[type=checkbox]").first)
    former.tap("生成链接")
    former.see("1 个链接已做好")
    return former


def test_a_term_changes_and_what_is_open_is_handed_over(enter: Enter) -> None:
    former = in_office(enter)
    admin = enter("term")
    admin.sign_in("admin")
    appointments(admin)
    admin.tap("卸任或换届", role="link")
    admin.title(f"卸任或换届：{TOWN}")
    admin.tick("活动办公室")
    admin.type("新人员姓名", "周敏")
    admin.choose("职务", "活动办公室")
    admin.type("依据", "温委〔2026〕8号", within="main .field")
    admin.tap("看会有什么结果")
    admin.see("确认以后：", "周敏从", "1 个填报链接继续有效", f"账号“{FORMER}”随即停用")
    admin.tap_on(admin.page.locator("button[name=confirmed]"))
    admin.title(f"{TOWN}工作交接单")
    admin.see("有效的填报链接", "移交人：", "接收人：", "监交人：")
    with admin.page.expect_download() as saved:
        admin.tap("下载 Word", role="link")
    with zipfile.ZipFile(io.BytesIO(saved.value.path().read_bytes())) as paper:
        assert "移交人" in paper.read("word/document.xml").decode()

    admin.tap("任职", within="main", exact=True)
    newcomer = enter("term_newcomer")
    take_up(newcomer, account(admin, NEWCOMER), NEWCOMER)
    newcomer.see(f"{TOWN} · 活动办公室")
    newcomer.open("/desk/links")
    newcomer.see("1")

    former.page.goto(f"{former.site}/desk/")
    former.title("登录")
