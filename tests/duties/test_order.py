"""Whatever comes first, filing or expanding, and however often each is looked at: the same duties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.duties.offices import Office, at, campaign, office
from xianfeng.duties import check, owed
from xianfeng.duties.models import Duty, DutyProgress, Round, State, Tally, Term
from xianfeng.duties.owed import Arrears
from xianfeng.registry.models import Place

SCHEME = """
obligations:
  visits: {title: 走访群众, kind: visit, of: organisations, where: "category == 'village'", at_least: 2, every: month}
  plans: {title: 承诺, kind: commitment, of: organisations, where: "level == 'township'", exactly: 1, every: quarter}
  answers:
    {title: 公布后走访, kind: visit, of: organisations, every: event, after: commitment.published, due: 5 workdays}
kinds:
  commitment: {flow: {moves: {review: {within: 3 workdays}}}}
"""
NOW = "2012-06-20 10:00"
VILLAGES, TOWNS = ("青口村", "东台村", "荆溪村"), ("青口镇", "荆溪镇")
days = st.dates(dt.date(2012, 1, 2), dt.date(2012, 6, 15))
visits = st.tuples(st.just("visit"), st.sampled_from((*VILLAGES, *TOWNS)), days)
promises = st.tuples(st.just("promise"), st.sampled_from(TOWNS), days)
works = st.lists(st.one_of(visits, promises), max_size=6)
looks = st.lists(st.sampled_from(("expand", "catch_up")), max_size=2)


def done(one: Office, work: tuple[str, str, dt.date]) -> None:
    sort, name, day = work
    if sort == "visit":
        one.file("visit", name, f"{day} 10:00", {"people": {"villagers": 1}})
        return
    values = {"promiser": "organisation", "text": "修路"}
    record = one.file("commitment", name, f"{day} 10:00", values, state="submitted")
    later = day + dt.timedelta(days=2)
    one.move(record, "review", "闽侯县", f"{later} 10:00")


def stand(one: Office) -> list[tuple[object, ...]]:
    """Everything that is decided, without the numbers of rows."""
    rounds = {row.id: (row.obligation, row.move, row.since) for row in Round.objects.all()}
    terms = dict(Term.objects.values_list("id", "due"))
    return sorted(
        (
            *map(str, rounds[duty.round]),
            one.name_of(duty.organisation),
            duty.about,
            duty.started,
            str(terms[duty.term]),
            (duty.least, duty.most or 0, duty.met, duty.state, str(duty.done), duty.voided),
        )
        for duty in Duty.objects.all()
    )


def counted(one: Office) -> dict[tuple[int, int], list[int]]:
    """By round and child of the county, its duties counted one by one: open, overdue, met, late, over."""
    found: dict[tuple[int, int], list[int]] = {}
    county = Place.objects.get(organisation=one.number["闽侯县"], ended_seq=None)
    begun = Round.objects.filter(since__lte=at(NOW).date())
    for duty in Duty.objects.filter(round__in=begun.values("id")).exclude(state=State.VOID):
        place = Place.objects.get(id=duty.place)
        while place.parent is not None and place.parent_id != county.id:
            place = place.parent
        if place.parent_id == county.id:
            counts = found.setdefault((duty.round, place.id), [0, 0, 0, 0, 0])
            is_open = duty.state == State.OPEN
            overdue = is_open and duty.due < at(NOW)
            more = (is_open, overdue, *(duty.state == one for one in (State.MET, State.LATE, State.OVER)))
            counts[:] = [count + one_more for count, one_more in zip(counts, more, strict=True)]
    return found


def arrears(one: Office) -> dict[tuple[int, int], list[int]]:
    """What is told of them; all rounds of the campaign sum up what is told of each."""
    county = Place.objects.get(organisation=one.number["闽侯县"], ended_seq=None)
    told = owed.arrears("trial-2012", county.id, now=at(NOW))
    children = [child for row in told for child in owed.by_child(row.round.id, county.id, now=at(NOW))]
    assert _all(told) == _all(children)
    return {(row.round.id, row.place): [row.open, row.overdue, row.met, row.late, row.over] for row in children}


def _all(rows: Iterable[Arrears]) -> int:
    return sum(row.open + row.met + row.late + row.over for row in rows)


def finish(one: Office) -> None:
    one.catch_up(NOW)
    one.expand(NOW)
    one.catch_up(NOW)


def interleaved(one: Office, filed: list[tuple[str, str, dt.date]], looked: list[str]) -> Iterator[None]:
    """Between filing they look as often as they like."""
    for number, work in enumerate(filed):
        done(one, work)
        if number < len(looked):
            (one.expand if looked[number] == "expand" else one.catch_up)(NOW)
        yield


def test_any_order_of_filing_and_expanding_gives_the_same_duties(db: None) -> None:
    one = office(campaign(SCHEME))

    @settings(max_examples=6, suppress_health_check=list(HealthCheck))
    @given(filed=works, looked=looks)
    def check_one(filed: list[tuple[str, str, dt.date]], looked: list[str]) -> None:
        with transaction.atomic():
            list(interleaved(one, filed, looked))
            finish(one)
            first = stand(one)
            assert list(check.check()) == []
            assert arrears(one) == counted(one)
            for model in (Duty, Round, Term, Tally, DutyProgress):
                model.objects.all().delete()
            finish(one)
            assert stand(one) == first
            finish(one)
            assert stand(one) == first
            transaction.set_rollback(True)

    check_one()


def test_a_count_that_was_altered_is_found(db: None) -> None:
    one = office(campaign(SCHEME))
    finish(one)
    altered = Tally.objects.earliest("round", "place")
    Tally.objects.filter(pk=altered.pk).update(many=F("many") + 1)
    (found,) = check.check()
    assert "有 1 个合计数与逐项清点不符" in found.told


def test_a_quarter_ends_when_offices_close_on_its_last_day(db: None) -> None:
    """31 March 2012 was a Saturday that was worked for the Qingming holiday."""
    one = office(campaign(SCHEME))
    finish(one)
    assert {duty.due for duty in one.duties("plans", "2012-01-01")} == {at("2012-03-31 17:30")}
