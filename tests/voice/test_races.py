"""Real connections at once: of two who decide one wins, and a limit is never passed."""

from __future__ import annotations

from functools import partial

import pytest
from pytest_django.fixtures import Settings

from tests.databases import Database
from tests.ledger import factories
from tests.ledger.test_races import at_once
from tests.voice.conftest import ISSUE, Square, open_to_comments
from xianfeng.problems import Problem
from xianfeng.voice import comments, flood
from xianfeng.voice.flood import Limits
from xianfeng.voice.models import Comment, CommentEvent, Stage


@pytest.fixture
def committed(transactional: Database, settings: Settings) -> Square:
    open_to_comments(settings)
    return Square(factories.world())


def test_of_two_who_decide_one_wins(committed: Square) -> None:
    by = committed.office
    for _ in range(3):
        number = committed.comment().pk
        results = at_once(
            partial(comments.publish, comment=number, seen=Stage.WAITING, by=by),
            partial(comments.refuse, comment=number, reason="advert", by=by),
        )
        refused = [result for result in results if isinstance(result, Problem)]
        assert [problem.code for problem in refused] == ["voice.moved"]
        assert CommentEvent.objects.filter(comment=number).exclude(action="written").count() == 1


def test_a_limit_holds_however_many_come_at_once(committed: Square, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood, "COMMENTS", Limits(of_sender=3, of_sender_on_thing=3, on_thing=3))
    results = at_once(*[committed.comment] * 6)
    assert sum(isinstance(result, Comment) for result in results) == 3
    assert not [result for result in results if isinstance(result, Problem) and result.code != "voice.too_many"]


def test_the_same_form_at_once_is_one_comment(committed: Square) -> None:
    results = at_once(*[partial(committed.comment, receipt="a" * 32)] * 4)
    assert {result.pk for result in results if isinstance(result, Comment)} == {Comment.objects.get().pk}
    assert not comments.published(ISSUE).exists()
