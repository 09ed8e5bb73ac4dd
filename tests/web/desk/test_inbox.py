"""The reviewer's inbox: what waits for whom, in which order, beside which figures; nothing of others'."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.test import Client

from tests.web.desk.conftest import OTHER_TOWN, OTHER_VILLAGE, TOWN, VILLAGE, Desk, records, text
from tests.web.desk.test_sizes import asked
from xianfeng.ledger import actions
from xianfeng.log.actors import Actor, ActorKind

INBOX = "/desk/inbox"


def visit(desk: Desk, code: str = VILLAGE, *, times: int = 1, households: int = 12) -> tuple[int, ...]:
    return desk.site.file("visit", code, times=times, people={"villagers": 4, "members": 3}, households=households)


def listed(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'name="n" value="(\d+)"', page)]


def reviewer(desk: Desk) -> Actor:
    return Actor(kind=ActorKind.APPOINTMENT, organisation=desk.organisation(TOWN), role="reviewer", id=1)


def test_what_waits_is_listed_with_the_longest_waiting_first(desk: Desk, town: Client) -> None:
    (first,), (second,) = visit(desk), visit(desk, OTHER_VILLAGE)
    actions.move(by=reviewer(desk), record=first, move="send_back", day=records()[0].day, reason="核对")
    assert listed(text(town.get(INBOX))) == [second]
    actions.move(
        by=desk.site.office, record=first, move="refile", day=records()[0].day, for_=desk.organisation(VILLAGE)
    )
    assert listed(text(town.get(INBOX))) == [second, first]


def test_nothing_of_another_town_and_nothing_of_ones_own_is_in_it(desk: Desk, town: Client) -> None:
    visit(desk, OTHER_TOWN)
    visit(desk, TOWN)
    page = text(town.get(INBOX))
    assert listed(page) == []
    assert "没有等待办理的" in page
    assert town.get(f"{INBOX}?at={OTHER_TOWN}").status_code == 404


def test_what_waits_for_its_own_author_is_not_the_superiors(desk: Desk, town: Client) -> None:
    desk.site.file("commitment", VILLAGE, promiser="organisation", text="修路")
    assert listed(text(town.get(INBOX))) == []


def test_a_clerk_has_no_inbox(clerk: Client) -> None:
    assert clerk.get(INBOX).status_code == 404


def test_it_is_filtered_by_kind_and_by_organisation_and_counted(desk: Desk, town: Client) -> None:
    here, there = visit(desk, times=2), visit(desk, OTHER_VILLAGE)
    other = desk.site.file("site_service", VILLAGE, members=5)
    assert listed(text(town.get(f"{INBOX}?at={OTHER_VILLAGE}"))) == [*there]
    page = text(town.get(f"{INBOX}?kind=fuzhou-2010/visit"))
    assert listed(page) == [*here, *there]
    assert "共 3 条" in page
    assert listed(text(town.get(f"{INBOX}?kind=fuzhou-2010/site_service&campaign=fuzhou-2010"))) == [*other]
    for nonsense in ("kind=visit", "campaign=nothing", "at=nothing", "after=x", "kind=%00"):
        assert town.get(f"{INBOX}?{nonsense}").status_code == 404


def test_pages_go_on_where_the_last_ended(desk: Desk, town: Client) -> None:
    numbers = visit(desk, times=60)
    page = text(town.get(INBOX))
    assert listed(page) == [*numbers[:50]]
    following = re.search(r'href="([^"]+)" rel="next"', page)
    assert following is not None
    assert listed(text(town.get(following[1].replace("&amp;", "&")))) == [*numbers[50:]]


def test_a_figure_stands_beside_last_times_and_the_neighbours(desk: Desk, town: Client) -> None:
    desk.site.file("site_service", VILLAGE, members=40)
    for members, code in ((10, OTHER_VILLAGE), (20, "350121105203"), (60, "350121105204")):
        desk.site.file("site_service", code, members=members)
    (number,) = desk.site.file("site_service", VILLAGE, members=4711)
    page = text(town.get(INBOX))
    row = page.split(f'name="n" value="{number}"')[1].split("</tr>")[0]
    cells = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r'<td class="n"[^>]*>(.*?)</td>', row, re.S)]
    assert "4,711" in cells[0]
    assert cells[1] == "40"
    assert cells[2] == "20 （3 个单位）"


def test_it_asks_the_same_of_two_records_and_of_fifty(desk: Desk, town: Client) -> None:
    visit(desk)
    visit(desk, OTHER_VILLAGE)
    asked(town, INBOX)
    few = asked(town, INBOX)
    visit(desk, times=25)
    visit(desk, OTHER_VILLAGE, times=30)
    for code in ("350121105203", "350121105204", "350121105205", "350121105206"):
        desk.site.file("site_service", code, times=2, members=3)
    assert asked(town, f"{INBOX}?after=0") == few


def test_what_was_reviewed_can_be_submitted_upward(desk: Desk, town: Client) -> None:
    (number,) = visit(desk)
    actions.move(by=reviewer(desk), record=number, move="review", day=records()[0].day)
    page = text(town.get(INBOX))
    assert listed(page) == [number]
    assert "上报所选" in page


def test_a_record_opened_from_the_inbox_leads_back_and_on_to_the_next(desk: Desk, town: Client) -> None:
    for text_ in ("修路", "修桥", "修渠"):
        desk.submitted("commitment", VILLAGE, scheme="fuzhou-2010", promiser="organisation", text=text_)
    numbers = [record.id for record in records("commitment")]
    back = "/desk/inbox?kind=fuzhou-2010%2Fcommitment"
    opened = re.findall(r'href="(/records/[^"]+)"', text(town.get(back)))
    assert opened[0].startswith(f"/records/{numbers[0]}?back=")
    page = text(town.get(opened[0]))
    assert f'<a class="btn" href="{back}">返回待审核</a>' in page
    assert f'href="/records/{numbers[1]}?back=%2Fdesk%2Finbox%3Fkind' in page
    assert re.search(r'<a href="/desk/inbox"[^>]*aria-current', page)
    last = text(town.get(f"/records/{numbers[2]}?back={quote(back)}"))
    assert f'href="/records/{numbers[0]}?back=' in last  # from the last round to the first


def test_a_way_back_off_the_site_is_none(desk: Desk, town: Client) -> None:
    desk.submitted("commitment", VILLAGE, scheme="fuzhou-2010", promiser="organisation", text="修路")
    number = records("commitment")[0].id
    for elsewhere in ("https://example.org/desk/inbox", "//example.org/desk/inbox"):
        page = text(town.get(f"/records/{number}?back={quote(elsewhere)}"))
        assert not re.search(r'(?:href|action|src)="(?:https?:)?//', page.split("<main")[1].split("</main")[0])
