"""A kind with a field of every type: typed as people type it, kept as the ledger keeps it, shown again as it was."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.ledger.factories import SCHEME, package
from tests.web.desk.conftest import TOWN, VILLAGE, Desk, records, text, values
from xianfeng.accounts import drafts
from xianfeng.accounts.models import Draft
from xianfeng.ledger import actions
from xianfeng.ledger.models import Attachment
from xianfeng.registry.models import Person

ADDRESS = "/desk/trial-2012/study/new"
TYPED = {
    "reference": "t1",
    "day": "2012-03-01",
    "f-name": "学党章",
    "f-hours": "2.5",
    "f-count": "1,204人",
    "f-cost": "3.2万",
    "f-share": "98.5%",
    "f-started": "2012-03-01",
    "f-noted": "2012-03-01T14:30",
    "f-form": "talk",
    "f-media": ["press", "web"],
    "f-everybody": "true",
    "f-phone": "13800000000",
    "f-host": VILLAGE,
    "f-spot": TOWN,
    "f-people.members": "30",
    "do": "file:hold",
}


@pytest.fixture
def trial(desk: Desk) -> Client:
    actions.adopt(package(), by=desk.site.office)
    return desk.client(VILLAGE, "clerk")


def picture() -> SimpleUploadedFile:
    held = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(held, "PNG")
    return SimpleUploadedFile("现场.png", held.getvalue(), "image/png")


def test_every_type_is_understood(desk: Desk, trial: Client) -> None:
    speaker = desk.account(TOWN, "reviewer").person
    code = Person.objects.get(id=speaker.pk).code
    response = trial.post(ADDRESS, TYPED | {"f-speaker": code, "f-files": picture()})
    assert response.status_code == 302, text(response)
    (record,) = records("study")
    said = dict(values(record))
    (sha256,) = said.pop("files")
    assert Attachment.objects.get(sha256=sha256).name == "现场.png"
    assert isinstance(said.pop("spot"), int)
    assert said == {
        "name": "学党章",
        "hours": "2.5",
        "count": 1204,
        "cost": "32000.00",
        "share": "98.50",
        "started": "2012-03-01",
        "noted": "2012-03-01T14:30:00+08:00",
        "form": "talk",
        "media": ["web", "press"],
        "everybody": True,
        "host": desk.organisation(VILLAGE),
        "people": {"members": 30},
        "speaker": speaker.pk,
    }
    assert record.state == "held"
    again = trial.post(ADDRESS, TYPED | {"f-speaker": code, "f-files": picture()})
    assert again["Location"] == response["Location"]
    assert len(records("study")) == Attachment.objects.count() == 1


def test_a_wrong_file_is_told_and_nothing_is_filed(trial: Client) -> None:
    wrong = SimpleUploadedFile("现场.png", b"MZ\x90\x00 a program", "image/png")
    response = trial.post(ADDRESS, TYPED | {"f-files": wrong})
    assert response.status_code == 422
    assert '<a href="#f-files">材料</a>' in text(response)
    assert not records("study")


def test_a_draft_keeps_no_personal_value_and_says_so(trial: Client) -> None:
    page = text(trial.get(ADDRESS))
    assert "草稿不保存个人信息（电话）" in page
    response = trial.post(ADDRESS, TYPED | {"do": "keep"})
    assert "13800000000" not in Draft.objects.get().typed
    kept = text(trial.get(response["Location"]))
    assert "13800000000" not in kept
    assert 'value="3.2万"' in kept


def test_a_draft_of_rows_keeps_none_either_typed_or_pasted(trial: Client) -> None:
    grid = "/desk/trial-2012/study/grid"
    assert "草稿不保存个人信息（电话）" in text(trial.get(grid))
    typed = {f"r0-{name}": value for name, value in TYPED.items() if name.startswith("f-")}
    pasted = "题目\t电话\n学条例\t13900000000\n"
    trial.post(grid, typed | {"reference": "t3", "day": "2012-03-01", "pasted": pasted, "do": "keep-quietly"})
    draft = Draft.objects.get()
    assert drafts.typed(draft)["r0-f-cost"] == ["3.2万"]
    assert drafts.typed(draft)["r1-f-name"] == ["学条例"]
    assert "13800000000" not in draft.typed
    assert "13900000000" not in draft.typed


def test_what_a_step_needs_is_asked_of_that_step_only(trial: Client) -> None:
    bare = {"day": "2012-03-01", "f-name": "学", "reference": "t2"}
    response = trial.post(ADDRESS, bare | {"do": "file:hold"})
    assert response.status_code == 422
    assert '<a href="#f-count">人数</a>' in text(response)
    assert trial.post(ADDRESS, bare | {"do": "file:"}).status_code == 302
    assert [record.state for record in records("study")] == ["draft"]


def test_what_is_known_is_filled_in_and_marked(desk: Desk, trial: Client) -> None:
    asked = SCHEME.replace("count: {type: integer,", "count: {type: integer, prefill: last,")
    actions.adopt(package(asked), by=desk.site.office)
    trial.post(ADDRESS, TYPED)
    page = text(trial.get(ADDRESS))
    assert page.count(">预填<") == 1
    assert 'name="f-count" value="1204"' in page
    grid = text(trial.get("/desk/trial-2012/study/grid"))
    assert 'name="r0-f-count" value="1204"' in grid
    response = trial.post("/desk/trial-2012/study/grid", {"r0-f-count": "1204", "do": "check"})
    assert "还没有填写任何一行" in text(response)
