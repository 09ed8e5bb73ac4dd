"""Moves of one record or of many: named first, made all or none, and whoever is late is told who was first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlencode

from django.test import Client

from tests.web.desk.conftest import OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, Desk, text, values
from tests.web.desk.test_inbox import reviewer, visit
from tests.web.desk.test_sizes import asked
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry

DAY = "2010-06-05"


def address(move: str, numbers: Iterable[int]) -> str:
    return f"/desk/inbox/{move}?{urlencode({'n': list(numbers)}, doseq=True)}"


def named(page: str) -> list[str]:
    """What the page would do: each record with the entry that was seen of it."""
    return re.findall(r'name="n" value="(\d+:\d+)"', page)


def states(numbers: Iterable[int]) -> list[str]:
    return [Record.objects.get(id=number).state for number in numbers]


def test_many_are_accepted_after_a_page_that_names_them(desk: Desk, town: Client) -> None:
    numbers = [*visit(desk, times=2), *visit(desk, OTHER_VILLAGE)]
    page = text(town.get(address("review", numbers)))
    assert "3 条：状态为“已审核”，由上级组织上报。" in page
    assert len(named(page)) == 3
    assert states(numbers) == ["filed"] * 3
    response = town.post("/desk/inbox/review", {"n": named(page), "day": DAY}, follow=True)
    assert "3 条已办理“审核”" in text(response)
    assert states(numbers) == ["reviewed"] * 3


def test_sent_back_with_a_reason_that_the_unit_reads(desk: Desk, town: Client, clerk: Client) -> None:
    numbers = visit(desk)
    page = text(town.get(address("send_back", numbers)))
    assert '<option value="缺少佐证材料">' in page
    data = {"n": named(page), "day": DAY}
    response = town.post("/desk/inbox/send_back", data | {"reason": "  "})
    assert response.status_code == 422
    assert "要写明理由" in text(response)
    assert states(numbers) == ["filed"]
    town.post("/desk/inbox/send_back", data | {"reason": "户数<b>请核对"})
    assert states(numbers) == ["returned"]
    assert "青口镇退回：户数&lt;b&gt;请核对" in text(clerk.get("/desk/"))


def test_all_or_none_and_each_that_could_not_be_moved_is_told(desk: Desk, town: Client) -> None:
    numbers = visit(desk, times=3)
    page = text(town.get(address("review", numbers)))
    actions.move(
        by=reviewer(desk), record=numbers[1], move="send_back", day=Record.objects.get(id=numbers[1]).day, reason="核对"
    )
    response = town.post("/desk/inbox/review", {"n": named(page), "day": DAY})
    told = text(response)
    assert response.status_code == 409
    assert "青口镇办理了“退回”" in told
    assert states(numbers) == ["filed", "returned", "filed"]
    assert [one.split(":")[0] for one in named(told)] == [str(numbers[0]), str(numbers[2])]
    town.post("/desk/inbox/review", {"n": named(told), "day": DAY})
    assert states(numbers) == ["reviewed", "returned", "reviewed"]


def test_who_is_late_and_mistaken_is_told_first_that_he_is_late(desk: Desk, town: Client) -> None:
    numbers = visit(desk, times=2)
    data = {"n": named(text(town.get(address("review", numbers)))), "day": "没有这一天"}
    actions.move(
        by=reviewer(desk), record=numbers[0], move="send_back", day=Record.objects.get(id=numbers[0]).day, reason="核对"
    )
    response = town.post("/desk/inbox/review", data)
    assert response.status_code == 409
    assert "青口镇办理了“退回”" in text(response)
    assert town.post("/desk/inbox/review", data | {"n": named(text(response))}).status_code == 422


def test_pressed_twice_it_is_done_once(desk: Desk, town: Client) -> None:
    numbers = visit(desk)
    data = {"n": named(text(town.get(address("review", numbers)))), "day": DAY}
    assert town.post("/desk/inbox/review", data).status_code == 302
    again = town.post("/desk/inbox/review", data)
    assert again.status_code == 409
    assert "办理了“审核”" in text(again)
    assert Entry.objects.filter(about=numbers[0], action="review").count() == 1


def test_what_is_not_the_readers_is_not_there_even_among_others(desk: Desk, town: Client) -> None:
    mine, others = visit(desk), visit(desk, OTHER_TOWN)
    for chosen in (others, [*mine, *others], [*mine, 999999]):
        assert town.get(address("review", chosen)).status_code == 404
        assert town.post("/desk/inbox/review", {"n": chosen, "day": DAY}).status_code == 404
    assert town.get(address("nonsense", mine)).status_code == 404
    assert town.get("/desk/inbox/review?n=1%00").status_code == 404
    assert states([*mine, *others]) == ["filed", "filed"]


def test_ones_own_record_is_reviewed_by_ones_superior(desk: Desk, town: Client) -> None:
    numbers = visit(desk, TOWN)
    assert "不能由您办理" in text(town.get(address("review", numbers)))
    assert town.post("/desk/inbox/review", {"n": numbers, "day": DAY}).status_code == 422
    assert states(numbers) == ["filed"]


def test_a_day_that_cannot_be_is_told_beside_it(desk: Desk, town: Client) -> None:
    numbers = visit(desk)
    for day in ("", "昨天", "2100-01-01"):
        response = town.post("/desk/inbox/review", {"n": numbers, "day": day})
        assert response.status_code == 422
        assert 'href="#f-day"' in text(response)
    assert states(numbers) == ["filed"]


def test_what_a_move_asks_is_asked_of_one_record(desk: Desk, town: Client) -> None:
    numbers = desk.site.file(
        "weak_organisation", VILLAGE, times=2, target=desk.organisation(VILLAGE), problems="不团结"
    )
    assert "请单独办理" in text(town.get(address("plan", numbers)))
    page = text(town.get(address("plan", numbers[:1])))
    assert 'name="f-measures"' in page
    data = {"n": named(page), "day": DAY}
    assert "必须填写" in text(town.post("/desk/inbox/plan", data))
    town.post("/desk/inbox/plan", data | {"f-measures": "选派干部"})
    assert states(numbers) == ["improving", "listed"]
    assert values(Record.objects.get(id=numbers[0]))["measures"] == "选派干部"


def test_one_goes_back_to_the_list_and_never_off_the_site(desk: Desk, town: Client) -> None:
    data = {"n": visit(desk), "day": DAY, "back": "https://example.org/desk/"}
    assert town.post("/desk/inbox/review", data)["Location"] == "/desk/inbox"
    data = {"n": visit(desk), "day": DAY, "back": "/desk/inbox?kind=fuzhou-2010/visit"}
    assert town.post("/desk/inbox/review", data)["Location"] == data["back"]
    assert town.get("/desk/inbox/review").status_code == 302


def test_a_page_of_two_asks_what_a_page_of_forty_asks(desk: Desk, town: Client) -> None:
    numbers = [*visit(desk, times=20), *visit(desk, OTHER_VILLAGE, times=20)]
    asked(town, address("review", numbers[19:21]))
    assert asked(town, address("review", numbers[19:21])) == asked(town, address("review", numbers))


def test_the_records_page_leads_to_what_its_reader_can_do(desk: Desk, town: Client, clerk: Client) -> None:
    (number,) = visit(desk)
    for client, others in ((town, False), (clerk, True)):
        page = text(client.get(f"/records/{number}"))
        assert (f"/desk/inbox/review?n={number}" not in page) is others
        assert "由青口镇审核" in page
    actions.move(by=reviewer(desk), record=number, move="send_back", day=Record.objects.get(id=number).day, reason="x")
    assert f"/desk/records/{number}/refile" in text(clerk.get(f"/records/{number}"))
    stranger = desk.client(OTHER_TOWN, "reviewer")
    assert "/desk/inbox/" not in stranger.get(f"/records/{number}").content.decode()
