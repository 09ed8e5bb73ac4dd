"""Writing an issue: begin one, go on with one, see at once what cannot be printed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.bulletins import content as contents
from xianfeng.bulletins import signing
from xianfeng.bulletins.closing import scheme_of
from xianfeng.bulletins.compose import template_of
from xianfeng.bulletins.content import Content
from xianfeng.bulletins.models import Closing, Manuscript
from xianfeng.bulletins.stages import Stage
from xianfeng.ledger import versions
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import scope
from xianfeng.web.access import needs
from xianfeng.web.frame import asked, own_campaign_or_404
from xianfeng.web.office.bulletin import inserting
from xianfeng.web.office.bulletin.checking import Checked, checked
from xianfeng.web.office.bulletin.forms import ContentForm, initial, told
from xianfeng.web.office.bulletin.inserting import Call, Choice
from xianfeng.web.office.bulletin.manuscripts import manuscript_or_404

_IMPRINT = ("series", "special", "issuer", "issued", "to", "copies", "editor", "name")


@dataclass(frozen=True)
class WritingPage:
    scheme: Scheme
    row: Manuscript | None  # None: a new one
    form: ContentForm
    measures: tuple[Choice, ...]
    checked: Checked | None
    revision: int
    call: Call | None  # asked for without a script

    @property
    def imprint(self) -> list[object]:
        return [self.form[name] for name in _IMPRINT]

    @property
    def reopens(self) -> bool:
        return self.row is not None and self.row.stage != Stage.DRAFT


@needs(Ability.OFFICE)
def new(request: HttpRequest, name: str) -> HttpResponse:
    scheme = own_campaign_or_404(scope.of(request), name)
    form = ContentForm(request.POST if request.method == "POST" else None, initial=initial(_beginning(request, scheme)))
    if request.POST.get("do") == "save" and form.is_valid():
        try:
            row = signing.begin(scheme=name, content=form.content(), by=reader.of(request).actor)
        except Problem as problem:
            told(form, problem)
        else:
            messages.success(request, gettext("已保存为文稿。"))
            return redirect("manuscript", row.id)
    return _page(request, scheme, None, form, revision=0)


@needs(Ability.OFFICE)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    row = manuscript_or_404(request, number)
    if row.stage in (Stage.ISSUED, Stage.DROPPED):
        raise Http404(gettext("这份文稿不能再改"))
    given = request.POST if request.method == "POST" else None
    form = ContentForm(given, initial=initial(contents.read(row.content)))
    form.fields["name"].widget.attrs["readonly"] = True
    revision = _revision(request, row)
    if request.POST.get("do") == "save" and form.is_valid():
        try:
            signing.save(manuscript=number, revision=revision, content=form.content(), by=reader.of(request).actor)
        except Problem as problem:
            told(form, problem)
        else:
            messages.success(request, gettext("已保存。"))
            return redirect("manuscript", number)
    return _page(request, versions.current(row.scheme), row, form, revision=revision)


@require_POST
@needs(Ability.OFFICE)
def check_text(request: HttpRequest, name: str) -> HttpResponse:
    """The fragment that stands beside the text while it is written."""
    scheme = own_campaign_or_404(scope.of(request), name)
    form = ContentForm(request.POST)
    page = {"page": {"checked": _checked(scheme, form)}, "form": form}
    return render(request, "office/bulletin/checked.html", page)


@require_safe
@needs(Ability.OFFICE)
def figure_call(request: HttpRequest, name: str) -> HttpResponse:
    """The fragment with the call for a figure."""
    scheme = own_campaign_or_404(scope.of(request), name)
    return render(
        request, "office/bulletin/call.html", {"call": inserting.call(request.GET.dict(), scheme), "scheme": scheme}
    )


def _page(
    request: HttpRequest, scheme: Scheme, row: Manuscript | None, form: ContentForm, *, revision: int
) -> HttpResponse:
    bound = request.method == "POST"
    page = WritingPage(
        scheme=scheme,
        row=row,
        form=form,
        measures=inserting.choices(scheme),
        checked=_checked(scheme, form if bound else ContentForm(form.initial)) if bound or row else None,
        revision=revision,
        call=inserting.call(request.POST.dict(), scheme) if request.POST.get("do") == "figure" else None,
    )
    return render(request, "office/bulletin/writing.html", {"page": page})


def _checked(scheme: Scheme, form: ContentForm) -> Checked | None:
    if not form.is_valid():
        return None
    written = form.content()
    row = Manuscript(scheme=scheme.name, bulletin=written.name, issuer=written.issuer, series=written.series)
    return checked(scheme, written, number=signing.next_number(row))


def _revision(request: HttpRequest, row: Manuscript) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else row.revision


def _beginning(request: HttpRequest, scheme: Scheme) -> Content:
    """The campaign's own template where one is asked for, else the imprint of this office's last issue: a campaign's
    file may hold bulletins that somebody else brought out."""
    if planned := asked(request, "from"):
        if planned not in scheme.bulletins:
            raise Http404(gettext("方案里没有这期简报"))
        bulletin = scheme.bulletins[planned]
        return contents.of_scheme(bulletin, template_of(scheme, bulletin))
    own = reader.of(request).organisation
    issuer = f"{own.name}活动办公室" if own else ""
    closings = Closing.objects.filter(scheme__name=scheme.name)
    last = closings.filter(~Q(content="") | Q(issuer=issuer)).order_by("-id").first()
    day = min(max(timezone.localdate(), scheme.since), scheme.until)
    to: dict[str, str] = {}
    series, editor = (
        f"{scheme.title.partition('（')[0]}简报",
        "",
    )  # a year in the title would be a number without source
    if last is not None:
        known = scheme_of(last).bulletins[last.bulletin]
        series, issuer, editor, to = known.series, known.issuer, known.editor, dict(known.to)
    number = signing.next_number(Manuscript(scheme=scheme.name, bulletin="", issuer=issuer, series=series))
    name = signing.free_name(scheme.name, number)
    return Content(name=name, series=series, issuer=issuer, issued=day, title=(), text="", to=to, editor=editor)
