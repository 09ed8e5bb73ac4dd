from tests.ledger.factories import DAY
from xianfeng.ledger import actions, rebuild
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry, Posting


def test_it(world):
    r = world.file()
    print(r.state, r.values, r.entered)
    r = actions.move(by=world.of(world.town), record=r.id, move="check", day=DAY)
    assert r.reviewer == world.town
    actions.amend(by=world.author, record=r.id, values={"count": 13}, reason="数错了")
    actions.withdraw(by=world.author, record=r.id, reason="重复")
    for e in Entry.objects.filter(stream="record"):
        print(e.seq, e.action, e.body)
    for p in Posting.objects.exclude(scheme=""):
        print(p.seq, p.sign, p.state, p.fields, p.entered)
    assert list(rebuild.check()) == []
