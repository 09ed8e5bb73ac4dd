"""Files on records: who may fetch them, and that nothing in them runs."""

from __future__ import annotations

import hashlib
import io
import os
import re
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from PIL import Image

from tests.ledger.factories import SCHEME, package
from tests.web.desk.conftest import OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, Desk, records, text, values
from xianfeng.accounts.models import Draft
from xianfeng.ledger import actions, files
from xianfeng.ledger.models import Attachment
from xianfeng.vault.models import PersonalRead

ADDRESS = "/desk/trial-2012/study/new"
GRID = "/desk/trial-2012/study/grid"
TYPED = {"reference": "t1", "day": "2012-03-01", "f-name": "学党章", "f-count": "12", "do": "file:hold"}
HISTORICAL = SCHEME.replace("title: 试点活动", "title: 试点活动\nhistorical: true")  # today no file may be demanded


def adopted(desk: Desk, scheme: str = SCHEME) -> Client:
    actions.adopt(package(scheme), by=desk.site.office)
    return desk.client(VILLAGE, "clerk")


@pytest.fixture
def trial(desk: Desk) -> Client:
    return adopted(desk)


def picture(name: str = "现场.png") -> SimpleUploadedFile:
    held = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(held, "PNG")
    return SimpleUploadedFile(name, held.getvalue(), "image/png")


def paper(name: str = "方案.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 <script>alert(1)</script>", "text/html")


def address(file: Attachment) -> str:
    return f"/attachments/{file.record_id}/{file.sha256}/{quote(file.name)}"


def filed(client: Client, *chosen: SimpleUploadedFile, **typed: str) -> list[Attachment]:
    response = client.post(ADDRESS, TYPED | typed | {"f-files": list(chosen)})
    assert response.status_code == 302, text(response)
    return list(Attachment.objects.order_by("id"))


def fetched(client: Client, there: str) -> int:
    response = client.get(there)
    content(response)  # an unread file stays open
    return int(response.status_code)


def content(response: HttpResponseBase) -> bytes:
    return response.getvalue()


def receipts(page: str, name: str = "f-files") -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]+)"', page)


def test_a_picture_is_shown_and_anything_else_is_a_download(trial: Client) -> None:
    shown, kept = filed(trial, picture(), paper())
    page = text(trial.get(f"/records/{shown.record_id}"))
    assert f'<img src="{address(shown)}" alt="现场.png"' in page
    assert f'<a href="{address(kept)}">方案.pdf</a>' in page
    assert shown.sha256 not in re.sub(r'(src|href)="[^"]*"', "", page)
    for file, disposition, media_type in ((shown, "inline", "image/png"), (kept, "attachment", "application/pdf")):
        response = trial.get(address(file))
        assert content(response) == files.path(file.sha256).read_bytes()
        assert response["Content-Disposition"].startswith(disposition)
        assert response["Content-Type"] == media_type
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]


def test_only_where_the_record_may_be_read_and_else_it_is_not_there(desk: Desk, trial: Client) -> None:
    desk.site.client.logout()
    (file,) = filed(trial, paper())
    for code, role, status in (
        (VILLAGE, "member", 200),
        (TOWN, "leader", 200),
        (OTHER_VILLAGE, "clerk", 404),
        (OTHER_TOWN, "office", 404),
    ):
        client = desk.client(code, role)
        assert fetched(client, address(file)) == status, role
        assert client.post(address(file)).status_code == 405
    for wrong in ("0" * 64, "..", file.sha256[:10]):
        assert trial.get(f"/attachments/{file.record_id}/{wrong}/{quote(file.name)}").status_code == 404
    assert trial.get(address(file).replace("pdf", "html")).status_code == 404


@pytest.mark.parametrize("public", [True, False])
def test_the_public_reads_what_is_public_once_it_is_filed(desk: Desk, settings: object, public: bool) -> None:
    settings.XIANFENG_SYNTHETIC = False  # type: ignore[attr-defined]
    marked = SCHEME.replace("{type: attachments, title: 材料}", "{type: attachments, title: 材料, public: true}")
    clerk = adopted(desk, marked if public else SCHEME)
    (file,) = filed(clerk, paper())
    (_, draft) = filed(clerk, paper("草稿.pdf"), reference="t2", do="file:")
    visitor = Client(HTTP_HOST="127.0.0.1")
    assert fetched(visitor, address(file)) == (200 if public else 404)
    assert ("方案.pdf" in text(visitor.get(f"/records/{file.record_id}"))) is public
    assert fetched(visitor, address(draft)) == 404
    actions.withdraw(by=desk.site.office, record=file.record_id, reason="重复")
    assert fetched(visitor, address(file)) == 404


def test_reading_a_paper_of_a_record_that_says_personal_things_is_written_down(desk: Desk, trial: Client) -> None:
    file, *_ = filed(trial, paper())
    fetched(trial, address(file))
    assert not PersonalRead.objects.exists()
    file = filed(trial, paper("乙.pdf"), **{"reference": "t2", "f-phone": "13800000000"})[-1]
    fetched(trial, address(file))
    (read,) = PersonalRead.objects.all()
    assert (read.owner, read.field, read.purpose) == (f"record:{file.record_id}", "files", "查看附件")


def test_what_was_chosen_stays_when_something_else_is_wrong(trial: Client) -> None:
    wrong = trial.post(ADDRESS, TYPED | {"f-count": "许多", "f-files": [picture(), paper()]})
    page = text(wrong)
    assert wrong.status_code == 422
    held = receipts(page)
    assert len(held) == 2
    assert "现场.png" in page
    shown = re.search(r'<img src="(/attachments/arrived/[^"]+)"', page)
    assert shown
    assert fetched(trial, shown[1]) == 200
    response = trial.post(ADDRESS, TYPED | {"f-files": held[:1]})
    assert response.status_code == 302
    assert [file.name for file in Attachment.objects.all()] == ["现场.png"]


def test_a_draft_keeps_it_too(trial: Client) -> None:
    response = trial.post(ADDRESS, TYPED | {"do": "keep", "f-files": paper()})
    assert Draft.objects.count() == 1
    (held,) = receipts(text(trial.get(response["Location"])))
    trial.post(ADDRESS, TYPED | {"f-files": held})
    assert [file.name for file in Attachment.objects.all()] == ["方案.pdf"]


def test_nobody_claims_a_file_that_he_did_not_send(trial: Client) -> None:
    kept = files.keep("别人的.pdf", b"%PDF-1.7 somebody's")
    for forged in (kept.sha256, "x:y:z", f"WyJrZXB0Il0:{kept.sha256}"):
        response = trial.post(ADDRESS, TYPED | {"f-files": forged})
        assert response.status_code == 422
        assert "没有收到" in text(response)
        assert trial.get(f"/attachments/arrived/{forged}").status_code == 404
    assert not records("study")


def test_too_large_or_not_what_it_says_is_told_by_its_name_beside_its_field(trial: Client) -> None:
    large = SimpleUploadedFile("大.pdf", b"%PDF-" + b"x" * files.LARGEST)
    program = SimpleUploadedFile("现场.png", b"MZ a program")
    for file, name in ((large, "大.pdf"), (program, "现场.png")):
        response = trial.post(ADDRESS, TYPED | {"f-files": [file, paper()]})
        page = text(response)
        assert response.status_code == 422
        assert '<a href="#f-files">材料</a>' in page
        assert f"“{name}”" in page
        assert len(receipts(page)) == 1
    assert not records("study")


def test_a_kind_that_starts_as_filed_can_demand_a_file(desk: Desk) -> None:
    asked = HISTORICAL.replace("title: 材料}", "title: 材料, required: true}")
    clerk = adopted(desk, asked.replace("initial: draft", "initial: held"))
    bare = TYPED | {"do": "file:"}
    response = clerk.post(ADDRESS, bare)
    assert response.status_code == 422
    assert '<a href="#f-files">材料</a>' in text(response)
    assert not records("study")
    clerk.post(ADDRESS, bare | {"f-files": paper()})
    (record,) = records("study")
    assert (record.state, len(values(record)["files"])) == ("held", 1)


def test_so_can_a_move(desk: Desk) -> None:
    clerk = adopted(desk, HISTORICAL.replace("needs: [count]", "needs: [count, files]"))
    clerk.post(ADDRESS, TYPED | {"do": "file:"})
    (record,) = records("study")
    onward = f"/desk/records/{record.id}/hold"
    sent = {"seq": str(record.seq), "day": "2012-03-01", "f-name": "学党章", "f-count": "12"}
    assert clerk.post(onward, sent).status_code == 422
    assert clerk.post(onward, sent | {"f-files": paper()}).status_code == 302
    (record,) = records("study")
    assert (record.state, len(values(record)["files"])) == ("held", 1)


def test_a_move_shows_what_is_there_already_and_does_not_ask_for_it_again(desk: Desk) -> None:
    clerk = adopted(desk, HISTORICAL.replace("needs: [count]", "needs: [count, files]"))
    (file,) = filed(clerk, paper(), do="file:")
    onward = f"/desk/records/{file.record_id}/hold"
    assert address(file) in text(clerk.get(onward))
    sent = {"seq": str(records("study")[0].seq), "day": "2012-03-01", "f-name": "学党章", "f-count": "12"}
    assert clerk.post(onward, sent).status_code == 302


def test_in_a_grid_each_row_has_its_own(trial: Client) -> None:
    rows = {
        "reference": "g",
        "day": "2012-03-01",
        "r0-f-name": "一",
        "r0-f-count": "1",
        "r0-f-files": [picture(), paper()],
        "r2-f-name": "三",
        "r2-f-count": "3",
        "r2-f-files": paper("丙.pdf"),
    }
    page = text(trial.post(GRID, rows | {"do": "check"}))
    assert "核对 2 条" in page
    first, second = receipts(page, "r0-f-files"), receipts(page, "r1-f-files")
    assert (len(first), len(second)) == (2, 1)
    assert not records("study")
    named = {"r0-f-name": "一", "r0-f-count": "1", "r1-f-name": "三", "r1-f-count": "3"}
    sent = {"reference": "g", "day": "2012-03-01", **named, "r0-f-files": first, "r1-f-files": second}
    for _ in range(2):
        assert trial.post(GRID, sent | {"do": "file:hold"}).status_code == 302
    found = [sorted(file.name for file in record.attachments.all()) for record in records("study")]
    assert found == [["方案.pdf", "现场.png"], ["丙.pdf"]]


def test_a_wrong_file_in_a_grid_stops_all_rows_and_is_told_in_its_cell(trial: Client) -> None:
    program = SimpleUploadedFile("现场.png", b"MZ a program")
    rows = {"day": "2012-03-01", "r0-f-name": "一", "r0-f-count": "1", "r1-f-files": program, "do": "file:hold"}
    response = trial.post(GRID, rows)
    page = text(response)
    assert response.status_code == 422
    assert 'href="#r1-f-files"' in page
    assert not records("study")


def test_the_reviewer_sees_it_in_the_inbox(desk: Desk, trial: Client) -> None:
    (file,) = filed(trial, picture())
    assert f'<img src="{address(file)}"' in text(desk.client(TOWN, "reviewer").get("/desk/inbox"))


def corrected(client: Client, number: int, **sent: object) -> str:
    """The page that says what would change, after which it is confirmed."""
    there = f"/desk/records/{number}/correction"
    inputs = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"(?! *checked)', text(client.get(there)))
    typed = {name: value for name, value in inputs if name.startswith(("f-", "seq")) and not name.endswith(".off")}
    weighed = text(client.post(there, typed | {"reason": "传错了"} | sent))
    hidden: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', weighed):
        hidden.setdefault(name, []).append(value)
    assert client.post(there, hidden | {"confirmed": "yes"}).status_code == 302
    return weighed


def test_a_wrong_file_is_exchanged_by_a_correction_and_stays_in_the_history(desk: Desk, settings: object) -> None:
    settings.XIANFENG_SYNTHETIC = False  # type: ignore[attr-defined]
    clerk = adopted(desk, SCHEME.replace("title: 材料}", "title: 材料, public: true}"))
    wrong, kept = filed(clerk, picture("错.png"), paper())
    number, visitor = wrong.record_id, Client(HTTP_HOST="127.0.0.1")
    page = text(clerk.get(f"/desk/records/{number}/correction"))
    assert re.findall(r'name="f-files.off" value="([0-9a-f]{64})"', page) == [wrong.sha256, kept.sha256]
    weighed = corrected(
        clerk, number, **{"f-files.off": wrong.sha256, "f-files": SimpleUploadedFile("对.txt", b"right")}
    )
    assert re.search(r"<td[^>]*>错.png、方案.pdf</td><td[^>]*>方案.pdf、对.txt</td>", weighed)
    (record,) = records("study")
    right = Attachment.objects.get(name="对.txt")
    assert values(record)["files"] == [kept.sha256, right.sha256]
    for client, history in ((clerk, True), (visitor, False)):
        shown = text(client.get(f"/records/{number}"))
        contents, past = shown.split("<h2>办理经过</h2>")
        assert "错.png" not in contents
        assert "对.txt" in contents
        assert (address(wrong) in past, "理由：传错了" in past) == (history, history)
        assert fetched(client, address(wrong)) == (200 if history else 404)
        assert fetched(client, address(right)) == 200


def test_what_shall_leave_is_still_marked_when_something_else_is_wrong(trial: Client) -> None:
    (file,) = filed(trial, paper())
    there = f"/desk/records/{file.record_id}/correction"
    response = trial.post(
        there, {"seq": records("study")[0].seq, "reason": "传错了", "f-count": "许多", "f-files.off": file.sha256}
    )
    assert response.status_code == 422
    assert re.search(rf'name="f-files.off" value="{file.sha256}" checked', text(response))


def days_later(file_hash: str = ".swept") -> None:
    mark = files.arrivals() / file_hash
    os.utime(mark, (mark.stat().st_mtime - 2 * 86_400,) * 2)


def uploaded(client: Client, name: str, **typed: str) -> str:
    """The hash of a file that came with a form; as sent it is refused or put aside."""
    content = f"the words of {name}".encode()
    client.post(ADDRESS, TYPED | typed | {"f-files": SimpleUploadedFile(name, content)})
    return hashlib.sha256(content).hexdigest()


def test_a_file_whose_form_was_never_filed_is_swept_after_a_day(trial: Client) -> None:
    left, fresh = uploaded(trial, "甲.txt", **{"f-count": "许多"}), uploaded(trial, "乙.txt", **{"f-count": "许多"})
    aside = uploaded(trial, "丙.txt", reference="t3", do="keep")
    named = uploaded(trial, "丁.txt", reference="t4")
    assert (Draft.objects.count(), [file.sha256 for file in Attachment.objects.all()]) == (1, [named])
    for one in (left, aside, named):
        days_later(one)
    uploaded(trial, "戊.txt", **{"f-count": "许多"})
    assert files.path(left).exists()  # once a day is enough
    days_later()
    uploaded(trial, "己.txt", **{"f-count": "许多"})
    assert {one: files.path(one).exists() for one in (left, fresh, aside, named)} == {
        left: False,
        fresh: True,
        aside: True,
        named: True,
    }
    Draft.objects.all().delete()
    days_later()
    uploaded(trial, "庚.txt", **{"f-count": "许多"})
    assert not files.path(aside).exists()
    assert files.path(named).exists()
