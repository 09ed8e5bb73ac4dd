"""One real thing of every sort that an address can name, at each place of the roles' world.

So that each route is asked for what is there, and whoever is not let in is kept from something. What is not public of
a place bears its mark, and people there are called by its name: no answer has either for whom it is not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone

from tests.commendations import campaigns as commendations
from tests.duties import rows
from tests.evaluations import windows
from tests.gradings import campaigns
from tests.inspections import lots
from tests.signals import asked
from xianfeng import tokens
from xianfeng.accounts import actions as accounts
from xianfeng.accounts import drafts, links, reader
from xianfeng.accounts.models import Account
from xianfeng.agenda import feeds
from xianfeng.bulletins import signing
from xianfeng.bulletins.closing import close
from xianfeng.bulletins.compose import compose
from xianfeng.bulletins.content import Content
from xianfeng.bulletins.models import Manuscript
from xianfeng.evaluations import stages
from xianfeng.ledger import actions, files, sheets
from xianfeng.ledger.actions import Row, Step
from xianfeng.ledger.models import Record
from xianfeng.log import seals
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.matters import codes, intake
from xianfeng.matters.intake import Wish
from xianfeng.messages.models import Delivery
from xianfeng.messages.post import Note, post
from xianfeng.opendata import package
from xianfeng.registry import imports, tree
from xianfeng.registry.actions import Founding, appoint, enter
from xianfeng.registry.imports import Preview
from xianfeng.registry.imports.contacts import Contact
from xianfeng.voice import comments, complaints
from xianfeng.voice.complaints import Said
from xianfeng.voice.subjects import Subject
from xianfeng.web import pending
from xianfeng.web.forms import receipts as uploads
from xianfeng.web.pending import Found, State

Names = dict[str, str]
DAY, LATER = dt.date(2010, 9, 1), dt.date(2010, 10, 1)
_IMPORT = Actor(kind=ActorKind.IMPORT)
_KINDS = {"fuzhou-2010": "visit", "jinwan-2010": "participation"}
_OWED = {"fuzhou-2010": "duty_rosters", "jinwan-2010": "plans"}
_TOPICS = {"fuzhou-2010": "service", "jinwan-2010": "关心服务党员群众"}
_PAPER = b"%PDF-1.7 "


def mark(code: str) -> str:
    return f"密{code}密"


def called(code: str) -> str:
    return f"名{code}名"


def of_campaign(scheme: str, root: int) -> Names:
    """What belongs to a campaign as a whole: a manuscript that is signed, and what somebody said of a form."""
    text = Content(
        name="no901",
        series="创先争优活动简报",
        issuer="省委创先争优活动领导小组办公室",
        issued=DAY,
        title=("签发了的稿子",),
        text="突击队上了堤。",
    )
    manuscript = signing.begin(scheme=scheme, content=text, by=_office(root))
    checker = _checker(scheme, root)
    signing.submit(manuscript=manuscript.pk, revision=manuscript.revision, by=_office(root))
    signing.check(manuscript=manuscript.pk, revision=_revision(manuscript), disclosed=(), by=checker)
    signing.sign(manuscript=manuscript.pk, revision=_revision(manuscript), by=checker)
    signing.attach_scan(manuscript=manuscript.pk, name="签批单.pdf", content=_PAPER, by=checker)
    code = tokens.fresh()
    said = Said(sort="long", words="一张表要填半天")
    told = complaints.complain(scheme=scheme, kind=_KINDS[scheme], said=said, receipt=code, address="", by=_IMPORT)
    scan = files.keep("签批单.pdf", _PAPER).sha256
    names = {"manuscript": str(manuscript.pk), "scan": scan, "complaint": str(told.pk), "receipt": code}
    return {
        **names,
        **_judged(scheme, root),
        **_drawn(scheme, root),
        "graded": str(campaigns.published(scheme, root, LATER).id),
        "noticed": str(commendations.noticed(scheme, root, LATER)),
        "awarded": str(commendations.awarded(scheme, root, LATER)),
    }


def _judged(scheme: str, root: int) -> Names:
    """Rounds of evaluations: one that is published, one that is being counted, one whose electors are to be drawn,
    one whose electors were drawn by hand and are to be confirmed."""
    published = windows.published(scheme, root, DAY)
    counted = windows.closed(scheme, root, LATER)
    windows.differing(counted, root, LATER)
    sampled = windows.sampled(scheme, root, LATER)
    typed = windows.typed(scheme, root, DAY)
    (signed,) = [step.seq for step in stages.steps(typed) if sheets.NAMED in step.body]
    online = windows.online(scheme, root, DAY)
    names = {"judged": published, "counted": counted, "sampled": sampled, "drawn_by_hand": typed, "online": online}
    return {"signed": str(signed), **{name: str(row.id) for name, row in names.items()}}


def _drawn(scheme: str, root: int) -> Names:
    """Plans of inspections at every stage; in 福州 the visitor of that role is drawn, elsewhere somebody else."""
    if scheme != "fuzhou-2010":
        person = enter(code=f"i-{root}", name="督查员", day=DAY, by=_IMPORT)
        appoint(person=person, organisation=root, role="inspector", day=DAY, by=_IMPORT)
    return lots.plans(scheme, root, LATER)


def closed_issue() -> None:
    """No. 98, and the sealed books as open data."""
    close(compose("fuzhou-2010", "no98"), by=_IMPORT)
    seals.seal(by=_IMPORT)
    package.make("fuzhou-2010")


def at_place(code: str, organisation: int, scheme: str, root: int) -> Names:
    """What is of one organisation."""
    published = _promise(organisation, scheme, root, "修好桥头的路", "submitted")
    superior = tree.ancestors(organisation, DAY)[0]
    promise = actions.move(by=_office(superior), record=published.id, move="review", day=DAY)
    draft, waiting = (_promise(organisation, scheme, root, mark(code), state) for state in ("draft", "submitted"))
    by = Actor(kind=ActorKind.APPOINTMENT, organisation=organisation, role="office", id=0)
    expires = timezone.now() + dt.timedelta(days=30)
    (link,) = links.make_links(
        organisations=[organisation], scheme=scheme, kind=_KINDS[scheme], many=False, expires=expires, by=by
    )
    person = enter(code=f"k-{code}", name=called(code), day=DAY, by=_IMPORT)
    keeper = appoint(person=person, organisation=organisation, role="administrator", day=DAY, by=_IMPORT)
    account = Account.objects.create(username=mark(code), person_id=person)
    _told(keeper, organisation, mark(code), channel=mark(code))
    with override_settings(XIANFENG_COMMENTS=frozenset({scheme})):
        comment = comments.write(
            subject=Subject(scheme, "promises", str(promise.pk)),
            text=f"桥头的路灯不亮{mark(code)}",
            receipt=tokens.fresh(),
            address="",
            by=_IMPORT,
        )
    row = rows.round_of(scheme, _OWED[scheme], 0, timezone.now())
    duty = rows.duty(organisation, row, due=DAY)
    return {
        "duty": str(duty.id),
        "round": str(row.id),
        "circular": str(rows.circular(organisation, duty, timezone.now()).id),
        "promise": str(promise.pk),
        "public_file": _file(promise),
        "private_file": _file(draft),
        "asked": str(asked.copied(scheme, waiting, draft, DAY).id),
        "asked_today": str(asked.copied(scheme, draft, waiting, timezone.localdate()).id),
        "waiting": str(waiting.pk),
        "mark": mark(code),
        "called": called(code),
        "link": str(link.link.pk),
        "token": link.token,
        "account": str(account.pk),
        "invitation": accounts.invite(account=account, by=_IMPORT),
        "comment": str(comment.pk),
        "import": str(_imported_organisations(code, [organisation])),
        "import_contacts": str(_imported_contact(code, organisation)),
        "pending": _pending(keeper),
        "project": _project(scheme, organisation, root, mark(code)),
        "decided": _finding(scheme, organisation, root),
        **_matters(code, organisation, scheme, root),
    }


def across(first: int, last: int) -> str:
    """An import whose last row lies elsewhere than its first."""
    return str(_imported_organisations("across", [first, last]))


def of_appointments(account: Account, appointment: int, organisation: int, administrator: int) -> Names:
    """What is somebody's own and nobody else's: a form put aside, a file on its way, a list being looked over."""
    drafts.keep(
        account=account,
        appointment=appointment,
        organisation=organisation,
        scheme="fuzhou-2010",
        kind="site_service",
        reference="aside",
        typed={"f-members": ["4711"]},
    )
    drafts.keep(
        account=account,
        appointment=appointment,
        organisation=organisation,
        scheme="fuzhou-2010",
        kind="site_service",
        many=True,
        reference="rows",
        typed={"r0-f-members": ["4711"]},
    )
    _told(appointment, organisation, "4711号到期")
    arrived = uploads.given(SimpleUploadedFile("底稿.pdf", _PAPER))
    feed = feeds.make(by=reader.acting_by(account, appointment), now=timezone.now())
    own = {"draft": "aside", "draft_grid": "rows", "arrived": arrived, "own_pending": _pending(administrator)}
    return {**own, "feed": str(feed.feed.pk), "feed_token": feed.token}


def _finding(scheme: str, organisation: int, root: int) -> str:
    """What an inspection found there, and the campaign's office upheld: it can object."""
    values = {"about": organisation, "text": "台账没有更新"}
    moves = (Step("uphold_unstated", DAY + dt.timedelta(days=14), reason="到期没有说明"),)
    at = tree.ancestors(organisation, DAY)[0] if organisation != root else root
    found = Row(organisation=at, day=DAY, values=values, moves=moves)
    return str(actions.file_many(by=_office(root), scheme=scheme, kind="finding", rows=[found])[0])


def _project(scheme: str, organisation: int, root: int, words: str) -> str:
    """A key project with a date; where the campaign lays it out backwards, with a request upward that was answered."""
    values = {"name": "样例大桥", "investment": "1.00", "due": "2011-12-30"}
    (project,) = actions.file_many(
        by=_office(root),
        scheme=scheme,
        kind="key_project",
        rows=[Row(organisation=organisation, day=DAY, values=values)],
    )
    if scheme == "fuzhou-2010":
        asked = Row(organisation=organisation, day=DAY, values={"project": project, "problem": words})
        (request,) = actions.file_many(by=_office(root), scheme=scheme, kind="project_request", rows=[asked])
        superior = _office(tree.ancestors(organisation, DAY)[0])
        actions.move(by=superior, record=request, move="answer", day=DAY, values={"reply": "已协调"})
    return str(project)


def _matters(code: str, organisation: int, scheme: str, root: int) -> Names:
    """A matter that its requester keeps to himself, with its counterfoil; an answered one that may be published."""
    wish = Wish(text=f"村口的路灯不亮{mark(code)}", via="qr", name=called(code), phone=f"电话{called(code)}")
    printed = codes.fresh()
    kept = intake.file(by=intake.CITIZEN, scheme=scheme, organisation=organisation, wish=wish, code=printed)
    (answered,) = actions.file_many(
        by=_office(root),
        scheme=scheme,
        kind="matter",
        rows=[
            Row(
                organisation=organisation,
                day=DAY,
                values={"text": mark(code), "via": "web", "private": False, "handler": organisation},
                moves=[Step(move, DAY) for move in ("accept", "assign", "do_at_once")]
                + [Step("answer", DAY, None, {"reply": "修好了"})],
            )
        ],
    )
    return {"matter": str(kept.pk), "counterfoil": printed, "answered": str(answered)}


def _told(appointment: int, organisation: int, words: str, *, channel: str = "") -> None:
    """A message to somebody; with a channel, one that went out by it."""
    now = timezone.now()
    note = Note(topic=words, words=words, link="/", organisation=organisation, appointment=appointment)
    post([note], now=now)
    if channel:
        Delivery.objects.create(key=words, person=1, organisation=organisation, channel=channel, state="sent", at=now)


def own_award(organisation: int, root: int, person: int) -> str:
    """An award of one of the visitors, given at his organisation's by the campaign."""
    return str(commendations.awarded("fuzhou-2010", root, LATER, nominee=organisation, award="member", person=person))


def own_promise(organisation: int, person: int) -> str:
    """A promise that names one of the visitors."""
    filed = actions.file(
        by=_office(organisation),
        scheme="fuzhou-2010",
        kind="commitment",
        organisation=organisation,
        day=DAY,
        values={"promiser": "member", "person": person, "text": "每周二读报"},
        state="submitted",
    )
    actions.move(by=_office(tree.ancestors(organisation, DAY)[0]), record=filed.id, move="review", day=DAY)
    return str(filed.pk)


def by_one_hand(organisation: int, by: Actor) -> None:
    """Somebody whom an administrator entered, and whose account he opened besides."""
    person = enter(code="t-one-hand", name="一手", day=DAY, by=by)
    appoint(person=person, organisation=organisation, role="clerk", day=DAY, by=by)
    accounts.open_account(person=person, username="一手开的", by=by)


def _checker(scheme: str, root: int) -> Actor:
    """Somebody at the campaign's office who has not written in it."""
    person = enter(code=f"k-{scheme}", name="核稿人", day=DAY, by=_IMPORT)
    held = appoint(person=person, organisation=root, role="office", day=DAY, by=_IMPORT)
    return Actor(kind=ActorKind.APPOINTMENT, id=held, organisation=root, role="office", person=person)


def _revision(manuscript: Manuscript) -> int:
    manuscript.refresh_from_db()
    return manuscript.revision


def _promise(organisation: int, scheme: str, root: int, text: str, state: str) -> Record:
    return actions.file(
        by=_office(root),
        scheme=scheme,
        kind="commitment",
        organisation=organisation,
        day=DAY,
        values={"promiser": "organisation", "topic": _TOPICS[scheme], "text": text},
        state=state,
        attachments={"proof": [files.keep(f"{text}.pdf", _PAPER)]},
    )


def _file(record: Record) -> str:
    file = record.attachments.get()
    return f"/attachments/{record.pk}/{file.sha256}/{quote(file.name)}"


def _imported_organisations(code: str, parents: Iterable[int]) -> int:
    foundings = tuple(
        Founding(code=f"s-{code}-{n}", name=f"导入的站{n}", type="unit", level="unit", parent=parent)
        for n, parent in enumerate(parents)
    )
    name = f"名单{mark(code)}.xlsx"
    return imports.apply(Preview(name=name, sha256="0" * 64, kind="organisations", foundings=foundings), by=_IMPORT)


def _imported_contact(code: str, organisation: int) -> int:
    contact = Contact(
        code=f"m-{code}", name=called(code), phone="", organisation=organisation, role="member", since=DAY
    )
    name = f"联系人{mark(code)}.xlsx"
    return imports.apply(Preview(name=name, sha256="0" * 64, kind="contacts", contacts=(contact,)), by=_IMPORT)


def _pending(appointment: int) -> str:
    kept = pending.receive(appointment, "名单4711.csv", [b""])
    kept.keep(Found("organisations", 1, (("单位", 1),), (("s-4711", "待导入的站", "350100", ""),), (), (), 0))
    kept.tell(State("checked"))
    return kept.token


def _office(root: int) -> Actor:
    return Actor(kind=ActorKind.IMPORT, organisation=root, role="office")
