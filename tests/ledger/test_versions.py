"""Adopting schemes: once for each content, never with faults, never with a field whose type changed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from tests.ledger.factories import SCHEME, World, package
from tests.log.tampering import run
from xianfeng.ledger import actions, versions
from xianfeng.ledger.models import SchemeVersion
from xianfeng.log.actors import CLOCK
from xianfeng.log.models import Entry
from xianfeng.log.verify import verify
from xianfeng.problems import Problem, Problems

OTHER = SCHEME.replace("trial-2012", "other-2012")


def test_the_same_files_are_adopted_once(world: World) -> None:
    again = actions.adopt(package(), by=world.importer)
    assert again == world.version
    assert SchemeVersion.objects.count() == 1
    assert list(Entry.objects.filter(stream="scheme").values_list("seq", "scheme")) == [(again.seq, again.hash)]


def test_a_new_version_becomes_the_current_one_and_the_old_one_stays(world: World) -> None:
    newer = actions.adopt(package(SCHEME.replace("试点活动", "试点活动（修订）")), by=world.importer)
    assert versions.current("trial-2012").title == "试点活动（修订）"
    assert versions.scheme(world.version.hash).title == "试点活动"
    assert list(Entry.objects.filter(stream="scheme").order_by("seq").values_list("about", flat=True)) == [
        world.version.seq,
        world.version.seq,
    ], newer


def test_a_version_made_from_an_older_one_is_refused_whole(world: World) -> None:
    first = world.version.hash
    second = actions.adopt(package(SCHEME.replace("试点活动", "试点活动（二）")), by=world.importer, after=first)
    with pytest.raises(Problem) as stale:
        actions.adopt(package(SCHEME.replace("试点活动", "试点活动（三）")), by=world.importer, after=first)
    assert stale.value.code == "ledger.stale_version"
    with pytest.raises(Problem) as earlier:
        actions.adopt(package(), by=world.importer, after=second.hash)
    assert earlier.value.code == "ledger.earlier_version"
    assert versions.newest("trial-2012") == second.hash
    assert SchemeVersion.objects.count() == 2


def test_a_new_campaign_does_not_take_another_s_name(world: World) -> None:
    with pytest.raises(Problem) as refused:
        actions.adopt(package(SCHEME.replace("试点活动", "别的活动")), by=world.importer, after="")
    assert refused.value.code == "ledger.scheme_exists"
    assert versions.current("trial-2012").title == "试点活动"


def test_faults_are_told_with_their_places_and_nothing_is_adopted(world: World) -> None:
    with pytest.raises(Problems) as refused:
        actions.adopt(package(SCHEME.replace("initial: draft", "initial: drafft")), by=world.importer)
    assert refused.value.code == "ledger.scheme_faults"
    assert all(problem.place.startswith("scheme.yaml:") for problem in refused.value.problems)
    assert SchemeVersion.objects.count() == 1


def test_a_field_never_changes_its_type(world: World) -> None:
    with pytest.raises(Problems) as refused:
        actions.adopt(package(SCHEME.replace("count: {type: integer", "count: {type: money")), by=world.importer)
    assert [(problem.code, problem.place) for problem in refused.value.problems] == [
        ("ledger.type_changed", "trial-2012.study.count")
    ]


def test_a_shared_register_has_one_type_in_every_scheme(world: World) -> None:
    adjusted = "kinds:\n  visit: {fields: {weather: {type: TYPE, title: 天气}}}\n"
    actions.adopt(package(OTHER.replace("kinds:\n", adjusted.replace("TYPE", "text"))), by=world.importer)
    third = SCHEME.replace("trial-2012", "third-2012").replace("kinds:\n", adjusted.replace("TYPE", "integer"))
    with pytest.raises(Problems) as refused:
        actions.adopt(package(third), by=world.importer)
    assert refused.value.problems[0].place == "visit.weather"


def test_two_schemes_may_have_kinds_of_one_name_of_their_own(world: World) -> None:
    actions.adopt(package(OTHER.replace("count: {type: integer", "count: {type: money")), by=world.importer)
    assert versions.current("other-2012").key("study") == "other-2012.study"
    assert versions.current("other-2012").key("visit") == "visit"


def test_only_the_office_of_the_root_or_above_adopts(world: World) -> None:
    for stranger in (CLOCK, world.of(world.city), world.of(world.county, "office")):
        with pytest.raises(Problem, match="wrong_actor"):
            actions.adopt(package(), by=stranger)
    assert actions.adopt(package(), by=world.of(world.province, "office")) == world.version
    unknown = package(OTHER.replace('at: "350100"', 'at: "990100"'))
    with pytest.raises(Problem, match="unknown_root"):
        actions.adopt(unknown, by=world.importer)


def test_an_unknown_scheme_says_which_there_are(world: World) -> None:
    with pytest.raises(Problem) as refused:
        versions.current("trail-2012")
    assert "trial-2012" in refused.value.hint


def test_a_version_s_texts_cannot_be_changed(world: World) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        SchemeVersion.objects.update(title="改过的")


def test_verify_finds_changed_texts_of_a_version(world: World) -> None:
    assert verify().faults == ()
    run("UPDATE ledger_schemeversion SET package = replace(package, '试点', '试験')")
    assert [(found.code, found.seq) for found in verify().faults] == [("ledger.version_altered", world.version.seq)]


@pytest.mark.parametrize("title", ["Cafe\u0301试点", "\uf90a试点", r'"Cafe\u0301试点"'])
def test_a_text_in_another_spelling_is_adopted_read_back_and_verified(world: World, title: str) -> None:
    """Letters with their accent apart, and a compatibility ideograph, are one text with their usual spelling."""
    version = actions.adopt(package(OTHER.replace("title: 试点活动", f"title: {title}")), by=world.importer)
    assert versions.scheme(version.hash).hash == version.hash
    assert versions.scheme(version.hash).title in {"Café试点", "金试点"}
    assert verify().faults == ()


def test_texts_that_a_scheme_does_not_use_are_not_kept(world: World) -> None:
    version = actions.adopt({**package(OTHER), "notes.md": "未用"}, by=world.importer)
    assert "notes.md" not in version.package
    assert verify().faults == ()
