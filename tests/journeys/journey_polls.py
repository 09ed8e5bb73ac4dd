"""The office's page of a round's polls: two of many units vote online, sealed at once by one form, all or none; then
their page is sealed, slips of paper are entered for the others, and what observers published is counted again."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.ballots.closed import publish
from tests.ballots.voter import fill_in
from tests.journeys.conftest import Enter, World
from tests.journeys.traveller import Traveller
from xianfeng.ballots import blind, opening
from xianfeng.ballots.protocol import Poll

UNITS = (1, 3)  # by their numbers
PLACES = {"领票处的网址": "https://issuer.example", "票箱的网址": "票箱", "投票网页放在哪里": "https://vote.example/"}


def test_units_that_vote_online_are_set_up_together(enter: Enter, later: World, tmp_path: Path) -> None:
    office = enter("polls_office", at=later)
    office.refusals.add(422)
    office.sign_in("gulou")
    office.open("/office/judgement/evaluations/")
    row = office.page.get_by_role("row").filter(has_text="社区群众评议").filter(has_text="已封存名单")
    office.tap_on(row.get_by_role("link"))
    office.title("社区群众评议")
    round_ = office.page.url
    office.tap("网上投票", role="link", within="main")
    office.see("各单位的网上投票", "要在网上投票的，封存场次")
    office.tap("封存选中单位的场次")
    office.see("没有选单位")

    private, keys = _keys(tmp_path)
    observers, shares = opening.fresh()
    (tmp_path / "observers.pub").write_bytes(observers)
    _choose(office)
    office.page.get_by_label("领票处的公钥").set_input_files([keys[1]])
    office.upload("监票人的开票公钥", tmp_path / "observers.pub")
    office.tap("封存选中单位的场次")
    office.see("没有领票处的公钥", "一场也没有封存")
    assert office.page.locator("input[name=electorate]:checked").count() == len(UNITS)
    office.page.get_by_label("领票处的公钥").set_input_files(list(keys.values()))
    office.upload("监票人的开票公钥", tmp_path / "observers.pub")
    office.tap("封存选中单位的场次")
    office.see("封存了 2 个单位的场次", "封存投票网页")

    _choose(office)
    for label, text in PLACES.items():
        office.type(label, text)
    office.tap("封存选中单位的投票网页")
    office.see("“票箱”不是网址")
    office.type("票箱的网址", "https://box.example")
    office.tap("封存选中单位的投票网页")
    office.see("封存了 2 个单位的投票网页", "印票条、开场、投票")
    with office.page.expect_download() as files:
        office.tap("一次下载各单位的场次文件和投票网页", role="link")
    polls = _polls(Path(files.value.path()))

    office.open(round_)
    office.see("在网上投票；改用纸票的才有票")
    office.tap("按名单的人数填入", role="link", within="main")
    for number in UNITS:
        box = office.page.locator(f"#n{number}")
        assert box.input_value() == ""  # nobody said 0
        box.fill("0")
    office.tap("登记发出的票")
    office.see("已登记发出的票")
    for box in office.page.locator("td input[inputmode=numeric]").all():
        box.fill("0")
    office.tap("截止收票")
    office.see("每批票由两个人各录一遍")

    office.open(f"{round_}/polls")
    office.see("还没有取回的")
    for number in UNITS:
        signer = blind.Signer.load(private[number])
        voters = [fill_in(polls[number], {"satisfied": "满意" if n < 8 else "不满意"}) for n in range(12)]
        cast = [(each, each.signature(signer.sign(each.blinded))) for each in voters]
        opener = opening.Opener(*shares[:2], public=observers)
        folder = publish(tmp_path / f"poll-{number}", polls[number], opener, cast)
        office.page.get_by_label("监票人公布的文件").set_input_files(sorted(folder.iterdir()))
        office.tap("重新计票，取回结果")
        office.see("重新计票成立，投票 12 张，无效 0 张", "结果已取回")
    assert office.page.get_by_label("监票人公布的文件").count() == 0
    assert office.tally.taps < 30  # for two of 69 units, with every mistake on the way


def _choose(office: Traveller) -> None:
    for number in UNITS:
        office.tap_on(office.page.locator(f"input[name=electorate][value='{number}']"))


def _keys(folder: Path) -> tuple[Mapping[int, bytes], Mapping[int, Path]]:
    """The issuer's: what stays with it, and the files that it hands over, each named by its unit's number."""
    private, files = {}, {}
    for number in UNITS:
        private[number], public = blind.fresh()
        files[number] = folder / f"{number}.pub"
        files[number].write_bytes(public)
    return private, files


def _polls(packed: Path) -> Mapping[int, Poll]:
    with zipfile.ZipFile(packed) as files:
        assert {f"{number}/page/index.html" for number in UNITS} < set(files.namelist())
        return {number: Poll.read(files.read(f"{number}/poll.json").decode()) for number in UNITS}
