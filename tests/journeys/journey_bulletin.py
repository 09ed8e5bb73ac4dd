"""A bulletin from its draft to its DOCX: written by one, checked and signed by another, issued, taken away as a file."""

from __future__ import annotations

import io
import zipfile

from tests.journeys.conftest import Enter

TEXT = "全市共组建党员突击队{{ figure('task_forces') }}支，认领服务岗位的党员越来越多。"


def test_from_draft_to_docx(enter: Enter) -> None:
    writer = enter("bulletin")
    writer.sign_in("fuzhou")
    writer.open("/office/bulletins/")
    writer.tap("拟一期：福州市创先争优活动（2010年）")
    writer.type("标题", "党员突击队在行动")
    writer.type("正文", TEXT)
    writer.tap("检查并看样")
    writer.see("可以送核")
    writer.look()
    writer.tap("保存", exact=True)
    writer.see("下一步")
    address = writer.page.url
    writer.tap("送核", role="button")
    writer.see("核稿要由办公室另一位同志来办")

    checker = enter("bulletin_checked")
    checker.sign_in("hegao")
    checker.open(address)
    checker.tap("文字、数据和公开范围都已核对，同意")
    checker.see("签发时编号")
    checker.tap("签批单", role="link")
    checker.see("简报签批单")
    checker.page.go_back()
    checker.tap("签发并编号")
    checker.see("已编为")

    writer.page.reload()
    writer.tap("印发…")
    writer.see("确认以后：", "顺序号")
    writer.tap_on(writer.page.locator("button[name=confirmed]"))
    writer.see("已经印发", "校验码")
    with writer.page.expect_download() as saved:
        writer.tap("DOCX", role="link")
    with zipfile.ZipFile(io.BytesIO(saved.value.path().read_bytes())) as paper:
        assert "党员突击队在行动" in paper.read("word/document.xml").decode()
