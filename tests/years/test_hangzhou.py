"""Hangzhou's windows from April 2011, from its scheme: a branch at each, members who show themselves, the stars that
visitors give, and who may be called a star for it.

Two windows of one district: at 婚姻登记 26 of 30 visitors gave four or five stars, at 社保 18 of 30.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.registry.trees import refused
from tests.years.house import House, Person, Unit, day, house
from xianfeng.duties import check
from xianfeng.evaluations import freezing, results, sheets, slips
from xianfeng.evaluations.batches import Counted
from xianfeng.problems import Problems

WINDOWS = ("婚姻登记", "社保")
UNITS = [
    Unit("330100", "杭州市", "division", "city"),
    Unit("330102", "上城区", "division", "county", "杭州市"),
    *(Unit(f"330102W{n}", f"{name}窗口", "unit", "unit", "上城区", "window") for n, name in enumerate(WINDOWS)),
]
PEOPLE = [
    Person("市办甲", "杭州市", "office"),
    Person("市办乙", "杭州市", "office"),
    Person("区委书记", "上城区", "secretary"),
    *(Person(f"{name}书记", f"{name}窗口", "secretary") for name in WINDOWS),
    *(Person(f"{name}党员", f"{name}窗口", "member") for name in WINDOWS),
]
SHOWN = {"婚姻登记": (5, 5), "社保": (4, 3)}  # members on duty, and who wears his badge
STARS = {"婚姻登记": (20, 6, 4, 0, 0), "社保": (10, 8, 7, 5, 0)}  # five first


@pytest.fixture
def hangzhou(db: None) -> House:
    return house("hangzhou-2011", UNITS, PEOPLE, since="2011-04-06")


def test_a_year_of_stars_and_flags(hangzhou: House) -> None:
    one = hangzhou
    for name, (members, shown) in SHOWN.items():
        one.file(f"{name}书记", "window_branch", "2011-04-18", {"branch": f"{name}窗口党支部", "members": members})
        one.file(f"{name}书记", "identity", "2011-04-18", {"on_duty": members, "shown": shown})
    judged(one)
    stars(one)
    put_right(one)
    flags(one)
    one.until("2012-03-31")
    counted = {
        "windows_with_branch": 1,
        "identity_rate": Decimal("0.888889"),
        "window_votes": 60,
        "window_praise": 44,
        "window_rate": Decimal("0.733333"),
        "stars": 1,
        "double_brands": 0,
        "open_notices": 0,
    }
    assert {name: one.figure(name, "杭州市", "2012-03-31") for name in counted} == counted
    assert list(check.check()) == []


def judged(one: House) -> None:
    """Visitors of the second quarter: thirty slips at each window, every box counted by two."""
    by = one.by("市办甲", "2011-06-13")
    row = freezing.begin(scheme=one.scheme, evaluation="windows", day=day("2011-06-13"), by=by)
    freezing.freeze(number=row.id, roll=None, by=by)
    slips.issue(number=row.id, issued={1: 40, 2: 40}, by=by)
    slips.close(number=row.id, returned={1: 30, 2: 30}, by=one.by("市办甲", "2011-06-24"))
    for pool, name in enumerate(WINDOWS, start=1):
        counts = {
            "stars": {**dict(zip("54321", STARS[name], strict=True)), "": 0},
            "quick": {"fast": 20, "slow": 10, "": 0},
            "smile": {"good": 22, "poor": 8, "": 0},
        }
        for who in ("市办甲", "市办乙"):
            counted = Counted(slips=30, invalid=0, counts=counts)
            sheets.enter(number=row.id, pool=pool, batch=1, counted=counted, by=one.by(who, "2011-06-27"))
    results.publish(number=row.id, by=one.by("市办甲", "2011-06-28"))
    rates = [one.figure("window_rate", f"{name}窗口", "2011-06-30") for name in WINDOWS]
    assert rates == [Decimal("0.866667"), Decimal("0.600000")]


def stars(one: House) -> None:
    """Who is nominated at 社保 is told what is lacking; the other one is noticed for five working days, and named."""
    said = {"award": "star", "grounds": "三个月没有一次差评"}

    def nominated(name: str) -> int:
        about = {"nominee": one.number[f"{name}窗口"], "person": one.jobs[f"{name}党员"].person}
        record = one.file(f"{name}书记", "commendation", "2011-06-29", {**said, **about})
        one.move(f"{name}书记", record, "nominate", "2011-06-29")
        return record

    with pytest.raises(Problems) as told:
        nominated("社保")
    assert [problem.code for problem in told.value.problems] == ["commendations.lacks"] * 2  # badges, and stars
    record = nominated("婚姻登记")
    one.move("区委书记", record, "propose", "2011-06-29")
    one.move("市办甲", record, "deliberate", "2011-07-06", values={"opinion": "四星五星87%，同意"})
    one.move("市办甲", record, "notice", "2011-07-11")
    approval = {"approval": "杭创先〔2011〕7号"}
    with refused("ledger.too_soon"):
        one.move("市办甲", record, "award", "2011-07-15", values=approval)
    assert one.move("市办甲", record, "award", "2011-07-19", values=approval) == "awarded"


def put_right(one: House) -> None:
    """What people were least satisfied with is put right; the order counts at the window that was told to."""
    order = {"about": one.number["社保窗口"], "problem": "排队久", "demand": "中午不断岗", "due": "2011-08-31"}
    notice = one.file("市办甲", "rectification", "2011-07-20", order)
    one.move("市办甲", notice, "issue", "2011-07-20")
    objection = one.object("社保书记", notice, "2011-07-22", "人手不够")
    assert one.values(objection)["due"] == "2011-08-05"  # ten working days from Friday the 22nd
    one.move("市办乙", objection, "reject", "2011-07-27", values={"ruling": "同等窗口都已做到"})
    one.move("社保书记", notice, "plan", "2011-07-27", values={"measures": "轮班"})
    assert [one.figure("open_notices", f"{name}窗口", "2011-07-31") for name in WINDOWS] == [0, 1]
    one.move("社保书记", notice, "answer", "2011-08-22", values={"result": "已轮班一个月"})
    one.move("市办乙", notice, "close", "2011-08-29", values={"second_look": "暗访两次，都有人"})


def flags(one: House) -> None:
    """A window becomes a point of both brands and is one no longer; it hears why and objects."""
    given = {"point": one.number["婚姻登记窗口"], "category": "double_brand"}
    point = one.file("区委书记", "demonstration_point", "2011-09-05", given)
    one.move("市办甲", point, "choose", "2011-09-14")
    assert one.figure("double_brands", "杭州市", "2011-09-30") == 1
    one.move("市办甲", point, "end", "2012-02-13", reason="窗口已并入市民中心")
    objection = one.object("婚姻登记书记", point, "2012-02-15", "并入以后仍单独办理")
    one.move("市办乙", objection, "reject", "2012-02-20", values={"ruling": "以新窗口重新申报"})
