"""The office counts a batch of a published round again: the page says what it means, and tells what does not add up."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.ballots.closed import publish
from tests.ballots.voter import fill_in
from tests.evaluations import towns
from tests.evaluations.towns import Towns, closed, counted, frozen, twice
from tests.web.office.conftest import Desk
from xianfeng.accounts.models import Account
from xianfeng.ballots import blind, opening
from xianfeng.ballots.protocol import Poll
from xianfeng.evaluations import freezing, polls, published, results, sheets, slips
from xianfeng.evaluations.models import EvaluationRound, WrittenAnswer
from xianfeng.evaluations.sample import Lot
from xianfeng.ledger import actions, powers, versions
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.log.models import Entry
from xianfeng.registry.actions import appoint, enter
from xianfeng.scheme.loader import with_libraries
from xianfeng.vault import erasure
from xianfeng.vault.models import PersonalRead

FIGURES = {"slips": "30", "invalid": "0", "satisfied-0": "10", "satisfied-1": "15", "satisfied-2": "5"}
TWENTY = {"slips": "20", "satisfied-0": "8", "satisfied-1": "9", "satisfied-2": "3", "kept-0": "12", "kept-1": "8"}
SHEET = {**FIGURES, "satisfied-3": "0", "kept-0": "20", "kept-1": "10", "kept-2": "0"}


@pytest.fixture
def here(db: None) -> Towns:
    return towns.towns()


@pytest.fixture
def row(here: Towns) -> EvaluationRound:
    made = closed(here, (40,), {1: 30})
    twice(here, made, 1, counted(20, 5, 5, 0, kept=(20, 10, 0)))
    return results.publish(number=made.id, by=here.office())


@pytest.fixture
def desk(here: Towns) -> Desk:
    return desk_of(here, "third", "张三")


def desk_of(here: Towns, code: str, name: str) -> Desk:
    """Of somebody of the campaign's office."""
    by, day = Actor(kind=ActorKind.IMPORT, id=1), dt.date(2012, 1, 4)
    person = enter(code=code, name=name, day=day, by=by)
    appoint(person=person, organisation=here.county, role="office", day=day, by=by)
    client = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="127.0.0.1")
    account = Account.objects.create(username=code, person_id=person)
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return Desk(client)


def test_a_published_batch_is_counted_again_with_a_reason(desk: Desk, here: Towns, row: EvaluationRound) -> None:
    at = f"/office/judgement/evaluations/{row.id}"
    counting = f"{at}/counting"
    assert counting in desk.get(at)
    sheet = f"{counting}/1/1"
    assert sheet in desk.get(counting)
    assert "更正的理由" in desk.get(sheet)
    refused = desk.client.post(sheet, SHEET)
    assert refused.status_code == 422
    assert "更正要写明理由" in refused.content.decode()
    begun = desk.client.post(sheet, {**SHEET, "reason": "两个选项录反"}, follow=True)
    assert "第二遍换一个人录" in begun.content.decode()
    assert "两个选项录反" in desk.get(at)
    assert desk.client.post(sheet, SHEET).status_code == 422
    second, third = desk_of(here, "fourth", "李四"), desk_of(here, "fifth", "王五")
    assert "录第二遍" in second.get(counting)
    assert "更正的理由" not in second.get(sheet)
    other = {**SHEET, "satisfied-0": "11", "satisfied-1": "14"}
    assert "由没有数过的人复核" in second.client.post(sheet, other, follow=True).content.decode()
    assert f"{sheet}/third" in third.get(counting)
    assert "再看票" in third.get(f"{sheet}/third")
    assert published.read(row).total["satisfied"].at_least["good"] == 20  # type: ignore[union-attr]
    done = third.client.post(f"{sheet}/third", {"line0": "10", "line1": "15"}, follow=True)
    assert "已按票面复核" in done.content.decode()
    assert "更正结果：两个选项录反" in Client(HTTP_HOST="127.0.0.1").get(f"/evaluations/{row.id}").content.decode()
    found = published.read(row)
    assert found is not None
    assert found.total["satisfied"].at_least["good"] == 10


def test_slips_are_entered_all_or_none_and_what_is_empty_is_not_0(desk: Desk, here: Towns) -> None:
    row = frozen(here, 25, 30, 40)
    at = f"/office/judgement/evaluations/{row.id}"
    page = desk.get(at)
    assert page.index('name="n3"') < page.index("登记发出的票</button>")
    assert 'name="n3" value=""' in page, "what nobody typed is not entered with one press"
    assert 'name="n3" value="40"' in desk.get(f"{at}?listed=1")
    refused = desk.client.post(f"{at}/issue", {"n1": "0", "n2": "", "n3": "四十"})
    told = refused.content.decode()
    assert refused.status_code == 422
    assert "有2处对不上，没有登记" in told
    fault = {n: re.search(rf'id="n{n}-fault"><li>([^<]*)', told) for n in (1, 2, 3)}
    assert fault[1] is None
    assert fault[2] is not None
    assert fault[2].group(1) == "没有填张数。一张没有的填 0。"
    assert fault[3] is not None
    assert "“四十”不是张数" in fault[3].group(1)
    assert 'name="n1" value="0"' in told  # what was typed stays, and what was not
    assert 'name="n2" value=""' in told
    assert 'name="n3" value="四十"' in told
    assert set(row.electorates.values_list("issued", flat=True)) == {None}
    over = desk.client.post(f"{at}/issue", {"n1": "26", "n2": "0", "n3": "40"}).content.decode()
    assert "名单上只有25人" in over
    desk.client.post(f"{at}/issue", {"n1": "25", "n2": "0", "n3": "40"})
    assert list(row.electorates.order_by("number").values_list("issued", flat=True)) == [25, 0, 40]
    back = desk.client.post(f"{at}/close", {"n1": "26", "n2": "0", "n3": "30"}).content.decode()
    assert "收回26张，只发出25张" in back
    assert set(row.electorates.values_list("returned", flat=True)) == {None}


@pytest.fixture
def sampled(here: Towns) -> None:
    scheme = towns.SCHEME.replace("electorate: list", "electorate: list\n    sample: 20")
    before = versions.current("judged-2012")
    actions.adopt(with_libraries({"scheme.yaml": scheme}), by=powers.office(before), after=before.hash)


PEOPLE = [f"甲{n:02}" for n in range(50)]


def upload() -> SimpleUploadedFile:
    lines = ["组织代码,参评人员", *(f"{towns.VILLAGES[0]},{who}" for who in PEOPLE)]
    return SimpleUploadedFile("名单.csv", "\n".join(lines).encode())


@pytest.mark.usefixtures("sampled")
def test_what_decides_is_said_when_the_list_is_sealed_and_nothing_is_drawn_before(desk: Desk, here: Towns) -> None:
    row = freezing.begin(scheme="judged-2012", evaluation="yearly", day=towns.NOW.date(), by=here.office())
    at, tomorrow = f"/office/judgement/evaluations/{row.id}", timezone.localdate() + dt.timedelta(days=1)
    assert "用哪个将来公布的数" in desk.get(at)
    said = {"value": "某期彩票号码", "known": "哪天", "list": upload()}
    assert "没有写那个数哪一天公布" in desk.client.post(f"{at}/freeze", said, follow=True).content.decode()
    desk.client.post(f"{at}/freeze", {**said, "known": str(tomorrow), "list": upload()})
    assert f"{at}/draw" in desk.get(at)
    assert "才能抽取" in desk.get(f"{at}/draw")
    early = desk.client.post(f"{at}/draw", {"value": "03 07 12", "list": upload()})
    assert "才能抽取" in early.content.decode()


@pytest.mark.usefixtures("sampled")
def test_electors_are_drawn_from_the_sealed_list_and_taken_away(desk: Desk, here: Towns) -> None:
    row = freezing.begin(scheme="judged-2012", evaluation="yearly", day=towns.NOW.date(), by=here.office())
    lot = Lot(value="某期彩票号码", known=towns.NOW.date() + dt.timedelta(days=1))
    freezing.freeze(number=row.id, roll={towns.VILLAGES[0]: tuple(PEOPLE)}, lot=lot, by=here.office())
    at = f"/office/judgement/evaluations/{row.id}/draw"
    done = desk.client.post(at, {"value": "03 07 12", "list": upload()}, follow=True)
    assert "已经抽取" in done.content.decode()
    book = load_workbook(io.BytesIO(desk.client.post(at, {"do": "list", "list": upload()}).content))
    rows = [[str(cell.value) for cell in line] for line in book.worksheets[0].iter_rows()]
    found = [line[1] for line in rows if line[0] == towns.VILLAGES[0]]
    assert len(set(found)) == 20
    assert set(found) < set(PEOPLE)


PAPER = b"%PDF-1.7 signed"


def sheet() -> SimpleUploadedFile:
    return SimpleUploadedFile("抽签结果.pdf", PAPER, "application/pdf")


def pressed(page: str) -> dict[str, str]:
    """What the button sends by which a page lets the typed numbers be confirmed."""
    (seq,) = re.findall(r'name="seq" value="(\d+)"', page)
    return {"do": "confirm", "seq": seq}


@pytest.mark.usefixtures("sampled")
def test_electors_are_drawn_by_hand_typed_by_one_and_confirmed_by_another(desk: Desk, here: Towns) -> None:
    row = freezing.begin(scheme="judged-2012", evaluation="yearly", day=towns.NOW.date(), by=here.office())
    at, today = f"/office/judgement/evaluations/{row.id}", str(timezone.localdate())
    desk.client.post(f"{at}/freeze", {"by_hand": "1", "known": today, "list": upload()})
    draw = f"{at}/draw"
    assert "当众抽签" in desk.get(draw)
    book = load_workbook(io.BytesIO(desk.client.post(draw, {"do": "numbered", "list": upload()}).content))
    lines = [[str(cell.value) for cell in line] for line in book.worksheets[0].iter_rows()]
    numbered = {line[1]: line[2] for line in lines if line[0] == towns.VILLAGES[0]}
    assert sorted(numbered.values()) == sorted(PEOPLE)
    met = [str(n) for n in range(3, 23)]
    said = {"do": "enter", "lines": f"{towns.VILLAGES[0]} {' '.join(met)}", "witnesses": "王五、赵六"}
    few = {**said, "lines": f"{towns.VILLAGES[0]} 3 4", "list": upload(), "scan": sheet()}
    wrong = desk.client.post(draw, few).content.decode()
    assert "登记了2人" in wrong
    assert "王五、赵六" in wrong  # what was typed is not lost
    bare = desk.client.post(draw, {**said, "list": upload()}).content.decode()
    assert "没有附上签了字的结果" in bare
    assert "登记抽取的结果" in bare
    desk.client.post(draw, {**said, "list": upload(), "scan": sheet()})
    assert "核对换一个人" in desk.get(draw)
    other = desk_of(here, "fourth", "李四")
    shown = other.get(draw)
    assert " ".join(met) in shown
    (signed,) = re.findall(rf'href="({at}/sheet/[0-9]+)">签字表<', shown)
    assert b"".join(other.client.get(signed)) == PAPER
    read = PersonalRead.objects.filter(owner=f"record:{row.id}", purpose="看抽取结果的签字表")
    assert {one.field for one in read} == {"sheet"}
    desk.client.post(draw, {"do": "back", "reason": "第三个号看错"})
    assert "登记抽取的结果" in desk.get(draw)
    desk.client.post(draw, {**said, "list": upload(), "scan": sheet()})
    before = Entry.objects.count()
    late = other.client.post(draw, pressed(shown)).content.decode()
    assert "现在登记的不是您看过的那一份" in late
    assert Entry.objects.count() == before
    assert "已核对" in other.client.post(draw, pressed(late), follow=True).content.decode()
    (again,) = re.findall(rf'href="({at}/sheet/[0-9]+)">签字表<', other.get(draw))
    assert again != signed
    book = load_workbook(io.BytesIO(desk.client.post(draw, {"do": "list", "list": upload()}).content))
    found = [[str(cell.value) for cell in line] for line in book.worksheets[0].iter_rows()]
    assert {line[1] for line in found if line[0] == towns.VILLAGES[0]} == {numbered[n] for n in met}
    erasure.erase(by=(here.office(1), here.office(2)), reason="见证人申请", record=row.id)
    gone = other.client.get(again)
    assert gone.status_code == 410
    assert "已按规定删除" in gone.content.decode()


def test_a_round_given_up_once_its_boxes_were_open_stays_with_its_reason(here: Towns) -> None:
    """Whoever knows what it came to could have given it up for that."""
    opened, other = closed(here, (40,), {1: 30}), Client(HTTP_HOST="127.0.0.1")
    assert other.get(f"/evaluations/{opened.id}").status_code == 404
    freezing.annul(number=opened.id, reason="票箱没有封好", by=here.office())
    assert "作废：票箱没有封好" in other.get(f"/evaluations/{opened.id}").content.decode()
    assert f"/evaluations/{opened.id}" in other.get(reverse("campaign", args=["judged-2012"])).content.decode()
    sealed = towns.frozen(here, 40)
    freezing.annul(number=sealed.id, reason="名单有误", by=here.office())
    assert other.get(f"/evaluations/{sealed.id}").status_code == 404


def test_what_voters_wrote_is_typed_read_and_shown_beside_the_result(desk: Desk, here: Towns) -> None:
    row = closed(here, (40,), {1: 30})
    at = f"/office/judgement/evaluations/{row.id}"
    said = {**SHEET, "text-advice": "路灯不亮，问 13800138000\n会太多\n"}
    assert "意见建议" in desk.get(f"{at}/counting/1/1")
    assert desk.client.post(f"{at}/counting/1/1", said).status_code == 302
    sheet = counted(10, 15, 5, 0, kept=(20, 10, 0))
    sheets.enter(number=row.id, pool=1, batch=1, counted=sheet, by=here.office(1))
    assert desk.client.get(f"{at}/texts").status_code == 404
    results.publish(number=row.id, by=here.office())
    assert f"{at}/texts" in desk.get(at)
    lamp = WrittenAnswer.objects.get(text__contains="路灯")
    assert "13800138000" not in desk.get(f"{at}/texts")
    desk.client.post(f"{at}/texts", {"text": lamp.id, "do": "show"})
    result = desk.client.get(f"/evaluations/{row.id}").content.decode()
    assert "路灯不亮" in result
    assert "会太多" not in result
    other = WrittenAnswer.objects.get(text="会太多")
    desk.client.post(f"{at}/texts", {"text": other.id, "do": "drop"})
    read = desk.get(f"{at}/texts?q=路灯")
    assert "路灯不亮" in read
    assert "没有找到" in desk.get(f"{at}/texts?q=会太多")
    assert f"{at}/texts" in desk.get(at)
    assert (
        "撤下要写明理由"
        in desk.client.post(f"{at}/texts", {"text": lamp.id, "do": "back"}, follow=True).content.decode()
    )
    desk.client.post(f"{at}/texts", {"text": lamp.id, "do": "back", "reason": "点了名"})
    assert "已经处理过" in desk.client.post(f"{at}/texts", {"text": "1", "do": "show"}, follow=True).content.decode()
    result = Client(HTTP_HOST="127.0.0.1").get(f"/evaluations/{row.id}").content.decode()
    assert "路灯不亮" not in result
    assert "撤下一条文字意见：点了名" in result


def test_the_office_makes_a_poll_seals_its_page_and_takes_its_result_by_its_own_page(
    desk: Desk, here: Towns, tmp_path: Path
) -> None:
    """What issuer and observers hand over is uploaded; what everybody may count again is there to be taken away."""
    private, public = blind.fresh()
    observers, shares = opening.fresh()
    row = frozen(here, 25)
    at = f"/office/judgement/evaluations/{row.id}/polls"
    keys = {"key": SimpleUploadedFile("poll.pub", public), "observers": SimpleUploadedFile("observers.pub", observers)}
    desk.client.post(at, {"do": "make", "electorate": "1", **keys})
    poll = Poll.read(desk.get(f"{at}/1/poll.json"))
    assert poll.electors == 25
    where = {"issuing": "https://issuer.example", "box": "https://box.example/", "address": "https://vote.example/a"}
    wrong = {"do": "page", "electorate": "1", "delay": "20", **where, "box": "https://x.example; *"}
    assert "不是网址" in beside(desk, at, wrong, "box")
    desk.client.post(at, {"do": "page", "electorate": "1", "delay": "20", **where})
    page = zipfile.ZipFile(io.BytesIO(desk.client.get(f"{at}/1/page.zip").content))
    assert {"index.html", "poll.json", "vote.js"} < set(page.namelist())
    assert "https://vote.example/a/1/" in desk.client.get(f"/evaluations/{row.id}/1").content.decode()
    signer = blind.Signer.load(private)
    voters = [fill_in(poll, {"satisfied": "满意" if n < 8 else "不满意", "kept": "是"}) for n in range(12)]
    cast = [(each, each.signature(signer.sign(each.blinded))) for each in voters]
    folder = publish(tmp_path, poll, opening.Opener(*shares[:2], public=observers), cast)
    slips.issue(number=row.id, issued={1: 0}, by=here.office())
    slips.close(number=row.id, returned={1: 0}, by=here.office())
    files = [SimpleUploadedFile(file.name, file.read_bytes()) for file in folder.iterdir()]
    taken = desk.client.post(at, {"do": "take", "files": files}, follow=True)
    assert "重新计票成立，投票 12 张" in taken.content.decode()
    public_file = f"/evaluations/{row.id}/1/list-a.txt"
    assert desk.client.get(public_file).status_code == 404
    results.publish(number=row.id, by=here.office())
    assert public_file in desk.client.get(f"/evaluations/{row.id}").content.decode()
    assert b"".join(desk.client.get(public_file)) == (folder / "list-a.txt").read_bytes()


def beside(desk: Desk, at: str, said: Mapping[str, object], field: str) -> str:
    """What is told beside a field of a form that is refused."""
    response = desk.client.post(at, said)
    assert response.status_code == 422
    found = re.search(rf'<ul class="errorlist" id="{field}-fault">(.*?)</ul>', response.content.decode())
    assert found
    return found.group(1)


def of(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_several_units_are_opened_at_once_all_or_none_and_each_shows_what_comes_next(desk: Desk, here: Towns) -> None:
    """A key signs for one poll: which unit's it is its file's name says."""
    row = frozen(here, 25, 30, 40)
    at = f"/office/judgement/evaluations/{row.id}/polls"
    keys, observers = [blind.fresh()[1] for _ in range(2)], opening.fresh()[0]
    said = {"do": "make", "electorate": ["1", "3"]}

    def files(*named: tuple[str, bytes]) -> dict[str, object]:
        return {"key": [of(*one) for one in named], "observers": of("observers.pub", observers)}

    assert "第3村：没有领票处的公钥" in beside(
        desk, at, {**said, **files(("1.pub", keys[0]), ("2.pub", keys[1]))}, "key"
    )
    assert "第3村：这把公钥已用于另一个单位" in beside(
        desk, at, {**said, **files(("1.pub", keys[0]), ("3.pub", keys[0]))}, "key"
    )
    assert "第3村：公钥的文件不对" in beside(desk, at, {**said, **files(("1.pub", keys[0]), ("3.pub", b"-"))}, "key")
    none = {**said, **files(("1.pub", keys[0]), ("3.pub", keys[1])), "observers": of("observers.pub", b"-")}
    assert "公钥的文件不对" in beside(desk, at, none, "observers")
    assert "没有选单位" in desk.client.post(at, {"do": "make", **files()}).content.decode()
    assert polls.of(row) == {}
    desk.client.post(at, {**said, **files(("1.pub", keys[0]), ("3.pub", keys[1]))})
    assert sorted(polls.of(row).values()) == [1, 3]
    page = desk.get(at)
    assert [told_next(page, f"第{n}村") for n in (1, 2, 3)] == [
        "封存投票网页",
        "要在网上投票的，封存场次",
        "封存投票网页",
    ]
    where = {"issuing": "https://issuer.example", "box": "https://box.example", "address": "https://vote.example/"}
    early = {"do": "page", "electorate": ["1", "2"], "delay": "", **where}
    assert "第2村：还没有封存场次" in desk.client.post(at, early).content.decode()
    assert "没有写最多等几秒" in beside(desk, at, {**early, "electorate": ["1", "3"]}, "delay")
    assert all(one.site is None for one in polls.held(row))
    desk.client.post(at, {**early, "electorate": ["1", "3"], "delay": "0"})
    assert [one.site.address for one in polls.held(row) if one.site] == [
        "https://vote.example/1/",
        "https://vote.example/3/",
    ]
    assert told_next(desk.get(at), "第3村").startswith("印票条")
    everything = zipfile.ZipFile(io.BytesIO(desk.client.get(f"{at}/0/polls.zip").content)).namelist()
    assert {"1/poll.json", "3/poll.json", "1/page/index.html", "3/page/vote.js"} < set(everything)
    slips.issue(number=row.id, issued={1: 0, 2: 30, 3: 0}, by=here.office())
    slips.close(number=row.id, returned={1: 0, 2: 30, 3: 0}, by=here.office())
    assert told_next(desk.get(at), "第1村") == "取回结果"
    other = [of("poll.json", b"{}"), of("list-a.txt", b"")]
    assert beside(desk, at, {"do": "take", "files": other}, "files")
    assert beside(desk, at, {"do": "take"}, "files")


def told_next(page: str, unit: str) -> str:
    found = re.search(rf'<th scope="row">{unit}</th>.*?data-head="下一步">([^<]*)</td>', page, re.DOTALL)
    assert found
    return found.group(1)


def test_whoever_read_a_batch_is_not_shown_its_sheet_again_and_the_history_folds(desk: Desk, here: Towns) -> None:
    row = closed(here, (40, 40), {1: 30, 2: 20})
    at = f"/office/judgement/evaluations/{row.id}"
    for pool, numbers in ((1, SHEET), (2, {**SHEET, **TWENTY})):
        desk.client.post(f"{at}/counting/{pool}/1", numbers)
    refused = desk.client.get(f"{at}/counting/1/1", follow=True)
    assert refused.redirect_chain[-1][0] == f"{at}/counting"
    assert "第1批您已经数过" in refused.content.decode()
    assert "第二遍" in desk_of(here, "fourth", "李四").get(f"{at}/counting/1/1")
    told = desk.get(at)
    assert "2 次" in told
    assert told.count("<strong>录入计票单</strong>") == 1


def test_the_code_on_slips_is_the_same_on_all_of_an_electorate(desk: Desk, here: Towns) -> None:
    row = frozen(here, 25, 30)
    at = f"/office/judgement/evaluations/{row.id}/slips"
    assert "<svg" not in desk.get(at)
    drawn = re.findall(r"<svg[^>]*qr.*?</svg>", desk.get(f"{at}?code=1"), re.DOTALL)
    assert len(drawn) == 4
    assert len(set(drawn)) == 1
    assert drawn[0] not in desk.get(f"{at}?code=1&electorate=2")
    assert "是否满意" in desk.client.get(f"/evaluations/{row.id}/1").content.decode()


def test_slips_of_all_places_are_shown_at_once_as_many_of_each(desk: Desk, here: Towns) -> None:
    row = frozen(here, 25, 30)
    at = f"/office/judgement/evaluations/{row.id}/slips"
    assert '<option value="all">全部</option>' in desk.get(at)
    every = desk.get(f"{at}?electorate=all&code=1")
    assert every.count("请评议：第1村") == every.count("请评议：第2村") == 4
    assert ("25 人要印 7 页" in every, "30 人要印 8 页" in every) == (True, True)
    assert len(set(re.findall(r"<svg[^>]*qr.*?</svg>", every, re.DOTALL))) == 2
    assert "请评议：第1村" not in desk.get(f"{at}?electorate=all&after=1")
    assert desk.client.get(f"{at}?electorate=9").status_code == 404
