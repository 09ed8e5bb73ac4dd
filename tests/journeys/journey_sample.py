"""The draw of whom is asked, by hand: the list is sealed with the day, numbered and drawn before witnesses; one enters
what was drawn, another sends it back once and confirms it, and slips go to those who were drawn.

The round is of a campaign that samples; the days until the draw pass in a world of its own, whose clock is put forward.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from tests.journeys import served
from tests.journeys.conftest import Enter, World
from tests.journeys.house import House
from tests.journeys.traveller import Traveller

RULE = """
  sampled:
    title: 街道抽样评议
    where: "type == 'division' and level == 'township'"
    electorate: list
    every: quarter
    sample: 20
    questions:
      in_time: {title: 办事是不是及时, ask: yes_no}
    local: 没有文件依据，为演示编写
"""
AHEAD = 8  # days
WITNESSES = "居民代表王五、赵六"
UNITS = {"350102001": "鼓东街道", "350102002": "鼓西街道"}
LISTED, DRAWN = 24, 20


def test_who_is_asked_is_drawn_by_hand(enter: Enter, later: World, tmp_path: Path) -> None:
    House(later.data).amend("gulou-today", "\nevaluations:\n", f"\nevaluations:{RULE}")
    listed = _list(tmp_path)
    (tmp_path / "签字.pdf").write_bytes(b"%PDF-1.7 signed")
    office = enter("sample_sealed", at=later)
    office.sign_in("gulou")
    office.open("/office/judgement/evaluations/")
    office.tap_on(office.page.locator("li", has_text="街道抽样评议").get_by_role("button"))
    office.see("每个组织随机抽 20 人来评")
    office.upload("参评人员名单", listed)
    day = dt.datetime.now(tz=dt.timezone(dt.timedelta(hours=8))).date() + dt.timedelta(days=AHEAD - 1)
    office.type("哪一天公布，或从哪一天起抽签", str(day))
    office.tick("不用公布的数，当众抽签，有见证人")
    office.tap("封存名单和题目")
    office.see("名单和题目已经封存", "到了约定的那一天")
    office.tap("抽取参评人员", role="link", within="main")
    office.see("当众抽签", f"要到 {day} 才能抽取")
    assert office.page.get_by_role("button", name="登记抽取的结果").count() == 0
    draw = office.page.url.removeprefix(office.site)
    with served.serving(later.data, ahead=AHEAD) as address:
        _on_the_day(enter, replace(later, address=address, sessions={}), draw, listed)


def _on_the_day(enter: Enter, then: World, draw: str, listed: Path) -> None:
    office, other = enter("sample_drawn", at=then), enter("sample_confirmed", at=then)
    office.sign_in("gulou")
    office.open(draw)
    numbered = _taken(office, "取带编号的名单", listed)
    assert {code: len(people) for code, people in numbered.items()} == dict.fromkeys(UNITS, LISTED)
    _enter(office, listed, range(1, DRAWN))  # one too few
    office.see("登记了19人")
    assert office.page.get_by_label("见证人").input_value() == WITNESSES  # what was typed is not lost
    _enter(office, listed, range(1, DRAWN + 1))
    office.see("请另一位同志核对", "核对换一个人")
    assert office.page.get_by_role("button", name="核对无误").count() == 0
    other.sign_in("fuhe")
    other.open(draw)
    other.see(WITNESSES)
    other.type("不符的，写明哪里不符", "最后一签是 24，不是 20")
    other.tap("退回重新登记")
    other.see("已退回")
    office.open(draw)
    met = [*range(1, DRAWN), LISTED]
    _enter(office, listed, met)
    office.see("请另一位同志核对")
    other.open(draw)
    other.see(" ".join(map(str, met)))
    other.tap("核对无误", role="button")
    other.see("已核对")
    drawn = _taken(other, "取抽中的名单", listed)
    for code, people in numbered.items():
        assert set(drawn[code]) == {people[number - 1] for number in met}
    other.tap("去发放评议票", role="link")
    other.see("登记发出的票")
    other.tap("按名单的人数填入", role="link", within="main")
    for number in (1, 2):
        assert other.page.locator(f"#n{number}").input_value() == str(DRAWN)  # of those listed so many are asked


def _list(folder: Path) -> Path:
    path = folder / "名单.csv"
    people = [f"{code},{name}居民{n:02}" for code, name in UNITS.items() for n in range(LISTED)]
    path.write_text("\n".join(["组织代码,参评人员", *people]))
    return path


def _enter(office: Traveller, listed: Path, numbers: Iterable[int]) -> None:
    told = " ".join(map(str, numbers))
    office.upload("封存时用的那份名单", listed)
    office.type("抽中的编号", "\n".join(f"{code} {told}" for code in UNITS))
    office.type("见证人", WITNESSES)
    office.upload("签了字的结果", listed.with_name("签字.pdf"))
    office.tap("登记抽取的结果")


def _taken(who: Traveller, button: str, listed: Path) -> dict[str, list[str]]:
    """By unit, those on the list that is taken away, in its order."""
    who.upload("封存时用的那份名单", listed)
    with who.page.expect_download() as file:
        who.tap(button, role="button")
    found: dict[str, list[str]] = {code: [] for code in UNITS}
    book = load_workbook(io.BytesIO(Path(file.value.path()).read_bytes()))
    for line in book.worksheets[0].iter_rows(values_only=True):
        if str(line[0]) in found:
            found[str(line[0])].append(str(line[-1]))
    return found
