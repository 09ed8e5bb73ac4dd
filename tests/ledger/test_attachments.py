"""Files on records: what is taken, what is refused, where the bytes lie and who may read them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from PIL import Image

from tests.ledger.factories import SCHEME, World, package
from tests.log.tampering import unguarded
from xianfeng.ledger import actions, files, rebuild
from xianfeng.ledger.models import Attachment, Record
from xianfeng.log.models import Entry
from xianfeng.log.verify import verify
from xianfeng.problems import Problem


def photo(format_: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A photograph that says where it was taken, turned on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010E] = "secret place"
    exif.get_ifd(0x8825)[1] = "N"
    written = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(written, format_, exif=exif)
    return written.getvalue()


def archive(*names: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return written.getvalue()


def attach(world: World, record: Record, name: str, content: bytes, **changed: object) -> Attachment:
    given = {"by": world.author, "record": record.id, "field": "files", **changed}
    return actions.attach(name=name, content=content, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("方案.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("名单.TXT", "一、二".encode("gb18030"), "text/plain"),
        ("表.xlsx", archive("[Content_Types].xml", "xl/workbook.xml"), None),
        ("旧表.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "application/vnd.ms-excel"),
        ("C:\\照片\\会场.JPG", photo(), "image/jpeg"),
        ("图.png", photo("PNG"), "image/png"),
        ("图.webp", photo("WEBP"), "image/webp"),
    ],
)
def test_a_file_lies_under_its_hash_and_the_entry_names_it(
    world: World, name: str, content: bytes, media_type: str | None
) -> None:
    record = world.file()
    kept = attach(world, record, name, content)
    stored = files.path(kept.sha256).read_bytes()
    assert hashlib.sha256(stored).hexdigest() == kept.sha256
    assert media_type in (None, kept.media_type)
    assert "\\" not in kept.name
    body = json.loads(Entry.objects.get(seq=kept.seq).body)
    assert body["attachments"][0]["sha256"] == kept.sha256
    assert body["changes"]["files"] == [None, [kept.sha256]]
    assert json.loads(Record.objects.get(id=record.id).values)["files"] == [kept.sha256]


def test_a_photograph_is_written_anew_upright_and_without_traces(world: World) -> None:
    kept = attach(world, world.file(), "会场.jpg", photo())
    stored = files.path(kept.sha256).read_bytes()
    assert b"secret place" not in stored
    with Image.open(io.BytesIO(stored)) as picture:
        assert picture.size == (40, 60)
        assert not picture.getexif()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("方案.pdf", b"MZ\x90\x00", "ledger.not_what_its_name_says"),
        ("照片.png", photo("JPEG"), "ledger.not_what_its_name_says"),
        ("表.docx", archive("xl/workbook.xml"), "ledger.not_what_its_name_says"),
        ("表.xlsx", b"PK\x03\x04 broken", "ledger.not_what_its_name_says"),
        ("表.xlsx", archive("xl/workbook.xml", "xl/vbaProject.bin"), "ledger.macros"),
        ("说明.txt", b"\x00\x01\x02", "ledger.not_what_its_name_says"),
        ("照片.jpg", photo(size=(600, 400))[:-900], "ledger.damaged_picture"),
        ("程序.exe", b"MZ", "ledger.file_type"),
        ("无扩展名", b"x", "ledger.file_type"),
        ("空.txt", b"", "ledger.file_size"),
        ("a\u202etxt.pdf", b"%PDF-", "ledger.file_name"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(world: World, name: str, content: bytes, code: str) -> None:
    record = world.file()
    with pytest.raises(Problem) as refused:
        attach(world, record, name, content)
    assert refused.value.code == code
    assert Record.objects.get(id=record.id).seq == record.seq


def test_too_large_is_refused(world: World) -> None:
    with pytest.raises(Problem, match="file_size"):
        attach(world, world.file(), "大.txt", b"x" * (files.LARGEST + 1))


def test_the_same_file_again_is_the_one_already_there(world: World) -> None:
    record = world.file(state=None)
    first = attach(world, record, "a.txt", b"one")
    assert attach(world, record, "b.txt", b"one") == first
    attach(world, record, "c.txt", b"two")
    assert len(json.loads(Record.objects.get(id=record.id).values)["files"]) == 2


def test_only_onto_an_attachments_field_by_whoever_may_correct(world: World) -> None:
    record = world.file()
    with pytest.raises(Problem, match="no_attachments_here"):
        attach(world, record, "a.txt", b"one", field="name")
    with pytest.raises(Problem, match="wrong_actor"):
        attach(world, record, "a.txt", b"one", by=world.of(world.other_village))
    actions.withdraw(by=world.author, record=record.id, reason="重复")
    with pytest.raises(Problem, match=r"ledger\.withdrawn"):
        attach(world, record, "a.txt", b"one")


def test_verify_tells_files_that_were_changed_or_are_gone(world: World) -> None:
    record = world.file()
    kept = attach(world, record, "方案.pdf", b"%PDF-1.7 one")
    lost = attach(world, record, "附表.pdf", b"%PDF-1.7 two")
    assert verify().holds
    files.path(kept.sha256).write_bytes(b"%PDF-1.7 other")
    files.path(lost.sha256).unlink()
    assert [(finding.code, finding.seq) for finding in verify().faults] == [
        ("ledger.file_altered", kept.seq),
        ("ledger.file_gone", lost.seq),
    ]


@pytest.mark.parametrize(("column", "value"), [("name", "别的.pdf"), ("media_type", "text/plain"), ("size", 1)])
def test_what_is_stored_of_a_file_is_held_against_its_entry(world: World, column: str, value: object) -> None:
    kept = attach(world, world.file(), "方案.pdf", b"%PDF-1.7 ...")
    assert list(rebuild.check()) == []
    with unguarded():
        Attachment.objects.filter(id=kept.id).update(**{column: value})
    assert [difference.what for difference in rebuild.check()] == ["attachments"]


# Only a campaign of former times may demand a file: the law forbids it today.
HISTORICAL = SCHEME.replace("title: 试点活动", "title: 试点活动\nhistorical: true")
REQUIRED = HISTORICAL.replace("attachments, title: 材料}", "attachments, title: 材料, required: true}")


def test_a_file_comes_with_the_filing_in_one_entry(world: World) -> None:
    actions.adopt(package(REQUIRED), by=world.importer)
    kept = files.keep("方案.pdf", b"%PDF-1.7 ...")
    with pytest.raises(Problem, match="required"):
        world.file(state="held")
    record = world.file(state="held", reference="a", attachments={"files": [kept, kept]})
    assert (record.state, json.loads(record.values)["files"]) == ("held", [kept.sha256])
    assert Attachment.objects.get().seq == record.id
    assert list(rebuild.check()) == []
    assert verify().holds
    again = world.file(state="held", reference="a", attachments={"files": [kept]})
    assert again.id == record.id
    files.path(kept.sha256).unlink()
    assert [finding.code for finding in verify().faults] == ["ledger.file_gone"]


def test_or_with_a_move_that_needs_it_and_stands_behind_what_was_there(world: World) -> None:
    asked = HISTORICAL.replace("needs: [count]", "needs: [count, files]")
    actions.adopt(package(asked), by=world.importer)
    record = world.file(state=None)
    first = attach(world, record, "甲.txt", b"one")
    moving = {"by": world.author, "record": record.id, "move": "hold", "day": record.day}
    bare = world.file(state=None)
    with pytest.raises(Problem, match="needs"):
        actions.move(**{**moving, "record": bare.id})
    kept = files.keep("乙.txt", b"two")
    moved = actions.move(**moving, attachments={"files": [kept]})
    assert (moved.state, json.loads(moved.values)["files"]) == ("held", [first.sha256, kept.sha256])
    assert Attachment.objects.get(sha256=kept.sha256).seq == moved.seq
    assert list(rebuild.check()) == []


@pytest.mark.parametrize("field", ["name", "nothing"])
def test_files_go_onto_attachments_fields_only_and_must_have_arrived(world: World, field: str) -> None:
    kept = files.keep("甲.txt", b"one")
    with pytest.raises(Problem, match="no_attachments_here"):
        world.file(attachments={field: [kept]})
    with pytest.raises(Problem, match="file_lost"):
        world.file(attachments={"files": [kept._replace(sha256="0" * 64)]})
    assert not Attachment.objects.exists()


def held(record: Record) -> list[str]:
    return json.loads(Record.objects.get(id=record.id).values).get("files", [])


def test_a_correction_takes_a_wrong_file_off_and_puts_the_right_one_on(world: World) -> None:
    record = world.file()
    wrong, kept = attach(world, record, "错.txt", b"wrong"), attach(world, record, "甲.txt", b"one")
    right = files.keep("对.txt", b"right")
    correcting = {"by": world.author, "record": record.id, "values": {}, "reason": "传错了"}
    leaving = {"files": [wrong.sha256]}
    _, after = actions.amended(**correcting, attachments={"files": [right]}, leaving=leaving)
    assert after.values["files"] == [kept.sha256, right.sha256]
    assert held(record) == [wrong.sha256, kept.sha256]
    with pytest.raises(Problem, match="reason"):
        actions.amend(**{**correcting, "reason": ""}, leaving=leaving)
    amended = actions.amend(**correcting, attachments={"files": [right]}, leaving=leaving)
    assert held(record) == [kept.sha256, right.sha256]
    body = json.loads(Entry.objects.get(seq=amended.seq).body)
    assert body["changes"]["files"] == [[wrong.sha256, kept.sha256], [kept.sha256, right.sha256]]
    assert [file["name"] for file in body["attachments"]] == ["对.txt"]
    assert files.path(wrong.sha256).read_bytes() == b"wrong"
    assert (list(rebuild.check()), verify().holds) == ([], True)


def test_what_was_taken_off_can_be_put_on_again_and_the_last_may_leave(world: World) -> None:
    record = world.file()
    file = attach(world, record, "甲.txt", b"one")
    correcting = {"by": world.author, "record": record.id, "values": {}, "reason": "核对"}
    actions.amend(**correcting, leaving={"files": [file.sha256]})
    assert held(record) == []
    again = attach(world, record, "乙.txt", b"one")
    assert (again.sha256, again.name, held(record)) == (file.sha256, "乙.txt", [file.sha256])
    assert again.seq > file.seq
    assert attach(world, record, "丙.txt", b"one") == again
    assert (list(rebuild.check()), verify().holds) == ([], True)


@pytest.mark.parametrize("field", ["files", "name", "nothing"])
def test_only_a_file_that_is_there_is_taken_off(world: World, field: str) -> None:
    record = world.file()
    attach(world, record, "甲.txt", b"one")
    with pytest.raises(Problem, match="no_such_file"):
        actions.amend(by=world.author, record=record.id, values={}, reason="核对", leaving={field: ["0" * 64]})
    assert len(held(record)) == 1


def test_a_file_that_must_be_there_is_only_exchanged(world: World) -> None:
    actions.adopt(package(REQUIRED), by=world.importer)
    record = world.file(state="held", attachments={"files": [files.keep("错.txt", b"wrong")]})
    correcting = {"by": world.author, "record": record.id, "values": {}, "reason": "传错了"}
    leaving = {"files": held(record)}
    with pytest.raises(Problem, match="required"):
        actions.amend(**correcting, leaving=leaving)
    right = files.keep("对.txt", b"right")
    actions.amend(**correcting, leaving=leaving, attachments={"files": [right]})
    assert held(record) == [right.sha256]
