"""Each visitor of the demonstration can come in, and a second run opens nothing new."""

from __future__ import annotations

import stat

from tests.databases import Database
from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import Account, AccountEvent
from xianfeng.demo import visitors


def test_everybody_comes_in_with_what_is_printed(demo_city: Database) -> None:
    doors = visitors.known()
    assert [door.username for door in doors] == [visitor.username for visitor in visitors.VISITORS]
    for door in doors:
        account = Account.objects.get(username=door.username)
        assert account.check_password(door.password)
        assert reader.acting_by(account).can(Ability.READ)
    assert stat.S_IMODE((demo_city.data / "demo_accounts.json").stat().st_mode) == 0o600


def test_again_is_the_same(demo_city: Database) -> None:
    before = AccountEvent.objects.count()
    assert visitors.open_doors() == visitors.known()
    assert AccountEvent.objects.count() == before


def test_only_the_offices_of_campaigns_run_them(demo_city: Database) -> None:
    may = {
        visitor.username
        for visitor in visitors.VISITORS
        if reader.acting_by(Account.objects.get(username=visitor.username)).can(Ability.OFFICE)
    }
    # The city's: who writes, and who checks and signs. The county's two, of the campaign that goes on.
    assert may == {"fuzhou", "hegao", "gulou", "fuhe"}
