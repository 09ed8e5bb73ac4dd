"""One move of one record or of many: a page that names what will be done, then all of it or none of it.

What a move needs besides a reason is asked of one record at a time. Whoever is late is told who was first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import versions
from xianfeng.ledger.flow import REASON
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.flowing import Move
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.sentences import following, translated
from xianfeng.web import access, scope
from xianfeng.web.desk.kinds import filer_of
from xianfeng.web.forms import faults
from xianfeng.web.forms.faults import DAY, Fault, Faulted
from xianfeng.web.forms.moving import Moving, Posted, Refused
from xianfeng.web.forms.sheet import Question, Sheet
from xianfeng.web.forms.weighing import Filer
from xianfeng.web.frame import local
from xianfeng.web.record import steps
from xianfeng.web.record.values import state_title
from xianfeng.web.record.waiting import Ways

MOST = 200  # records handled on one page
REASONS = (
    _("数字与上一次相差太大，请核对"),
    _("缺少佐证材料"),
    _("与其他记录重复"),
    _("日期不对"),
    _("内容没有写清楚"),
)


@dataclass(frozen=True)
class Line:
    """A record that was chosen; `wrong`: why the move cannot be made of it; `since`: what others did meanwhile."""

    record: Record
    scheme: Scheme
    kind: Kind
    organisation: Node
    state: str
    move: Move | None
    seq: int
    wrong: str = ""
    since: str = ""
    one_by_one: bool = False

    @property
    def fine(self) -> bool:
        return not (self.wrong or self.since)


@dataclass(frozen=True)
class Outcome:
    """What becomes of the records of one kind, and who is next."""

    count: int
    kind: str
    then: str


@dataclass(frozen=True, kw_only=True)
class HandlingPage(Faulted):
    name: str
    title: str
    lines: tuple[Line, ...]
    outcomes: tuple[Outcome, ...]
    asks_reason: bool
    tells_everybody: bool  # the reason
    reasons: tuple[str, ...]
    reason: str
    day: str
    back: str
    questions: tuple[Question, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def left_out(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.fine)

    @property
    def going(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.fine)


@dataclass(frozen=True)
class _Task:
    """The records chosen, and the move that is made of them."""

    lines: tuple[Line, ...]
    moving: Moving


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.REVIEW)
def handle(request: HttpRequest, move: str) -> HttpResponse:
    filer = filer_of(request)
    lines = _lines_or_404(request, move)
    if not lines:
        messages.info(request, gettext("没有选中记录：先在列表里勾选，再办理。"))
        return redirect(_back(request))
    task = _Task(lines, Moving(filer.by, move, _sheet(lines, filer)))
    if request.method != "POST":
        return _shown(request, task, Posted())
    posted = Posted.of(request, task.moving.sheet)
    seqs = {line.record.id: line.seq for line in lines if line.fine}
    refused = task.moving.make(seqs, posted)
    if refused is not None:
        return _refused(request, task, posted, refused)
    title = next((translated(line.move.title) for line in lines if line.move), move)
    messages.success(request, gettext("{count} 条已办理“{title}”。").format(count=len(seqs), title=title))
    return redirect(_back(request))


def _refused(request: HttpRequest, task: _Task, posted: Posted, refused: Refused) -> HttpResponse:
    """What is wrong with each record is told beside it, what is wrong with all above."""
    wrong: dict[int, str] = {}
    others: list[Fault] = []
    for one in refused.problems:
        told = faults.told(one, task.lines[0].kind)
        if not one.record or any(fault.field in (DAY, REASON) for fault in told):
            others.extend(fault for fault in told if fault not in others)
        else:
            wrong[one.record] = following(wrong.get(one.record, ""), one.told)
    marked = tuple(
        replace(line, wrong=line.wrong or wrong.get(line.record.id, ""), since=refused.since.get(line.record.id, ""))
        for line in task.lines
    )
    return _shown(request, replace(task, lines=marked), posted, found=_once(others), status=refused.status)


def _once(found: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple({(fault.field, fault.message): fault for fault in found}.values())


def _shown(
    request: HttpRequest, task: _Task, posted: Posted, *, found: tuple[Fault, ...] = (), status: int = 200
) -> HttpResponse:
    moves = [line.move for line in task.lines if line.move is not None]
    sheet, needs = task.moving.sheet, frozenset(name for one in moves for name in one.needs if name != REASON)
    page = HandlingPage(
        name=task.moving.move,
        title=gettext("、").join(dict.fromkeys(translated(one.title) for one in moves)) or task.moving.move,
        lines=task.lines,
        outcomes=_outcomes(task.lines),
        asks_reason=any(REASON in one.needs for one in moves),
        tells_everybody=any(one.public for one in moves),
        reasons=tuple(map(str, REASONS)),
        reason=posted.reason,
        day=posted.day,
        back=_back(request),
        questions=sheet.questions(posted.typed, faults=found, needed=needs) if sheet else (),
        faults=found,
    )
    return render(request, "desk/handling.html", {"page": page}, status=status)


def _outcomes(lines: Sequence[Line]) -> tuple[Outcome, ...]:
    counted: dict[tuple[str, str], tuple[int, Line]] = {}
    for line in lines:
        if line.fine:
            key = (line.scheme.hash, line.kind.name)
            counted[key] = (counted.get(key, (0, line))[0] + 1, line)
    return tuple(
        Outcome(count, line.kind.title, steps.then(line.scheme, line.kind, line.move.leads(line.record.state)))
        for count, line in counted.values()
        if line.move is not None
    )


def _lines_or_404(request: HttpRequest, name: str) -> tuple[Line, ...]:
    """The records chosen, all of which the reader may see in full, and whether he can make this move of them."""
    seen, wanted = scope.of(request), _wanted(request)
    records = list(Record.objects.filter(id__in=wanted).order_by("id"))
    inside = seen.all_within(record.holder for record in records)
    if len(records) != len(wanted) or any(record.holder not in inside for record in records):
        raise Http404(gettext("没有这条记录"))
    nodes = tree.named({record.organisation for record in records}, timezone.localdate())
    ways = Ways(seen)
    ways.learn(records)
    lines = [_line(record, name, nodes, ways, wanted[record.id]) for record in records]
    if lines and all(line.move is None for line in lines):
        raise Http404(gettext("没有这一步"))
    if len(lines) > 1:
        lines = [_alone(line) for line in lines]
    return tuple(lines)


def _line(record: Record, name: str, nodes: Mapping[int, Node], ways: Ways, seq: int | None) -> Line:
    scheme = versions.scheme(record.scheme_id)
    kind = scheme.kinds[record.kind]
    move, state = kind.flow.moves.get(name), state_title(kind, record.state)
    known = {way.move for way in ways.of(record, scheme, kind) if not way.own}
    wrong = "" if name in known else gettext("现在是“{state}”，不能由您办理这一步。").format(state=state)
    if seq is not None and seq != record.seq:
        wrong = ""  # somebody was first, which is told instead
    return Line(
        record, scheme, kind, nodes[record.organisation], state, move, record.seq if seq is None else seq, wrong
    )


def _alone(line: Line) -> Line:
    """A move that asks for more than a reason is not made of many at once."""
    if line.move is None or set(line.move.needs) <= {REASON} or not line.fine:
        return line
    return replace(line, wrong=gettext("这一步还要填写内容，请单独办理。"), one_by_one=True)


def _sheet(lines: Sequence[Line], filer: Filer) -> Sheet | None:
    """The questions that the move of a single record asks."""
    if len(lines) != 1 or lines[0].move is None:
        return None
    line, needs = lines[0], set(lines[0].move.needs) - {REASON}
    return Sheet.of(line.scheme, line.kind, filer.names, only=needs) if needs else None


def _wanted(request: HttpRequest) -> dict[int, int | None]:
    """The numbers chosen; a form that names what it does also says which entry it has seen: `n=12:40`."""
    wanted: dict[int, int | None] = {}
    for text in (request.POST if request.method == "POST" else request.GET).getlist("n"):
        number, _, seq = text.partition(":")
        if not all(part.isascii() and part.isdecimal() and len(part) <= 18 for part in (number, seq or "0")):
            raise Http404(gettext("不是编号"))
        wanted[int(number)] = int(seq) if seq else None
    if len(wanted) > MOST:
        raise Http404(gettext("一次选得太多"))
    return wanted


def _back(request: HttpRequest) -> str:
    """To the list as it was filtered; never off this site."""
    text = (request.POST if request.method == "POST" else request.GET).get("back", "")
    return local(text, ("/desk/", "/records/")) or reverse("inbox")
