"""Changing a campaign: what was typed becomes a new version of its file, checked and weighed first.

The form is sent with a draft; each button first takes in what was typed. Nothing is kept until the version is adopted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import actions, versions
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.scheme.editing.changing import fault_path
from xianfeng.scheme.editing.spans import Path
from xianfeng.scheme.faults import Fault, Faults
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.surface.files import MAIN
from xianfeng.scheme.usage import used_kinds
from xianfeng.web import errors, language, parts, scope
from xianfeng.web.access import needs
from xianfeng.web.frame import asked, own_campaign_or_404
from xianfeng.web.office.scheme import drafts, fields
from xianfeng.web.office.scheme.binding import Choice
from xianfeng.web.office.scheme.drafts import Draft
from xianfeng.web.office.scheme.fields import Box
from xianfeng.web.office.scheme.file import download
from xianfeng.web.office.scheme.kinds import TYPES
from xianfeng.web.office.scheme.preview import Preview, preview
from xianfeng.web.office.scheme.views import adopted
from xianfeng.web.parts import Confirmation

LARGEST = 2 * 2**20  # bytes of a scheme file that is sent


@dataclass(frozen=True)
class Part:
    name: str
    title: str
    current: bool
    faults: int


@dataclass(frozen=True)
class Told:
    """A fault with where to mend it."""

    words: str
    advice: str
    place: str
    part: str


@dataclass(frozen=True)
class EditPage:
    scheme: Scheme
    draft: Draft
    part: str
    parts: tuple[Part, ...]
    boxes: tuple[Box, ...]
    whom: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]  # that one more requirement can ask for
    periods: tuple[tuple[str, str], ...]
    asked: Choice  # of whom
    types: tuple[tuple[str, str | Promise], ...]
    faults: tuple[Told, ...]
    stale: bool


@dataclass(frozen=True)
class PreviewPage:
    scheme: Scheme
    draft: Draft
    preview: Preview
    part: str
    version: str
    number: int
    stale: bool


@require_http_methods(["GET", "POST"])
@needs(Ability.OFFICE)
def edit_scheme(request: HttpRequest, name: str) -> HttpResponse:
    scheme = own_campaign_or_404(scope.of(request), name)
    if request.method == "GET":
        return _form(request, scheme, Draft(scheme.hash, {}), asked(request, "part") or "campaign")
    sent = request.FILES.get("file")
    if sent is not None and (sent.size or 0) > LARGEST:
        return errors.too_large(request, LARGEST)
    posted, shown = drafts.posted(request), request.POST.get("shown", "campaign")
    try:
        draft = _taken_in(request, posted)
    except Problem as problem:
        messages.warning(request, problem.told)
        return _form(request, scheme, posted, shown)
    return _done(request, scheme, draft, shown)


def _done(request: HttpRequest, scheme: Scheme, draft: Draft, shown: str) -> HttpResponse:
    """What the button says, with what was typed."""
    do, _, wanted = request.POST.get("do", "check").partition(":")
    if do == "part":
        return _form(request, scheme, draft, wanted)
    if do == "download":
        return download(MAIN, draft.text, scheme.name)
    new = _without_faults(scheme, draft)
    if new is None:
        return _form(request, scheme, draft, shown, checked=True)
    return _adopt(request, scheme, draft, new) if do == "adopt" else _preview(request, scheme, draft, new, shown)


def _without_faults(scheme: Scheme, draft: Draft) -> Scheme | None:
    """The new version when it can be adopted: nothing is wrong in it, it is this campaign's, the books allow it."""
    new = draft.loaded
    if isinstance(new, Faults) or (new.name, new.at) != (scheme.name, scheme.at):
        return None
    return None if versions.refusals(new) else new


def _taken_in(request: HttpRequest, draft: Draft) -> Draft:
    """The draft with what was typed in the part that was shown, or the file that was sent instead."""
    sent, shown = request.FILES.get("file"), request.POST.get("shown", "")
    if sent is not None:
        return draft.with_text(drafts.read(sent.read()))
    if shown == "text" and "whole" in request.POST:
        return draft.with_text(drafts.unified(request.POST["whole"]))
    if shown and draft.readable:
        return draft.with_files(fields.applied(draft.files, draft.tree, shown, request.POST))
    return draft


def _form(request: HttpRequest, scheme: Scheme, draft: Draft, part: str, *, checked: bool = False) -> HttpResponse:
    if not draft.readable:
        part, checked = "text", True
    by_path = _by_path(draft) if checked else {}
    titles = list(fields.part_titles(draft.tree, tuple(used_kinds(scheme))))
    part = part if part in dict(titles) else "campaign"
    counts: dict[str, int] = {}
    for path, faults in by_path.items():
        counts[fields.part_of(path)] = counts.get(fields.part_of(path), 0) + len(faults)
    page = EditPage(
        scheme=scheme,
        draft=draft,
        part=part,
        parts=tuple(Part(name, title, name == part, counts.get(name, 0)) for name, title in titles),
        boxes=fields.boxes(draft.tree, part, by_path),
        kinds=tuple((kind.name, kind.title) for kind in scheme.kinds.values()),
        periods=fields.periods(),
        asked=Choice("o.whom", ""),
        whom=fields.whom_options(draft.tree, _root_name(scheme)) if part == "obligations" else (),
        types=tuple((type_.value, TYPES[type_]) for type_ in fields.NEW_TYPES),
        faults=_told(scheme, draft, by_path, shown=part) if checked else (),
        stale=draft.base != versions.newest(scheme.name),
    )
    return render(request, "office/scheme/edit.html", {"page": page}, status=422 if page.faults else 200)


def _root_name(scheme: Scheme) -> str:
    root = tree.by_any_code(scheme.at)
    return root.name if root is not None else scheme.at


def _by_path(draft: Draft) -> Mapping[Path, Sequence[Fault]]:
    """Where YAML itself is at fault nothing is taken apart: all faults stand with the text."""
    found: dict[Path, list[Fault]] = {}
    for fault in draft.loaded if isinstance(draft.loaded, Faults) else ():
        path = fault_path(draft.files, fault) if draft.readable else ()
        found.setdefault(path, []).append(fault)
    return found


def _told(scheme: Scheme, draft: Draft, by_path: Mapping[Path, Sequence[Fault]], *, shown: str) -> tuple[Told, ...]:
    spoken = language.explaining()
    told = [
        Told(fault.text(spoken), fault.advice(spoken), _place(draft, path, fault, shown), fields.part_of(path))
        for path, faults in by_path.items()
        for fault in faults
    ]
    if isinstance(draft.loaded, Scheme):
        told += [Told(each.message, each.hint, each.place, "text") for each in versions.refusals(draft.loaded)]
        if (draft.loaded.name, draft.loaded.at) != (scheme.name, scheme.at):
            words = gettext("活动代号和所属组织不能改：这里改的是“%(title)s”。") % {"title": scheme.title}
            told.append(Told(words, gettext("另一个活动请从“新建活动”开始。"), MAIN, "text"))
    return tuple(told)


def _place(draft: Draft, path: Path, fault: Fault, shown: str) -> str:
    """In the form's words; for whoever reads the text, and of what only it has, its line."""
    words = fields.place(draft.tree, path) if draft.readable and shown != "text" else ()
    if words:
        return " · ".join(words)
    return gettext("方案文件 {file} 第 {line} 行").format(file=fault.file, line=fault.line)


def _preview(request: HttpRequest, scheme: Scheme, draft: Draft, new: Scheme, shown: str) -> HttpResponse:
    page = PreviewPage(
        scheme=scheme,
        draft=draft,
        preview=preview(draft.old, new),
        part=shown,
        version=new.hash,
        number=len(adopted(scheme.name)) + 1,
        stale=draft.base != versions.newest(scheme.name),
    )
    return render(request, "office/scheme/preview.html", {"page": page})


def _adopt(request: HttpRequest, scheme: Scheme, draft: Draft, new: Scheme) -> HttpResponse:
    if versions.newest(scheme.name) == new.hash and draft.changed:  # sent twice
        return redirect("rules", scheme.name)
    if not draft.changed:
        messages.info(request, gettext("没有改动，现行版本照旧。"))
        return redirect("rules", scheme.name)
    if not parts.confirmed(request):
        return parts.confirm(request, _question(scheme, draft, new))
    try:
        version = actions.adopt(draft.files, by=reader.of(request).actor, after=draft.base)
    except Problem as problem:
        messages.warning(request, problem.told)
        response = _preview(request, scheme, draft, new, "campaign")
        response.status_code = 409
        return response
    told = gettext("新版本 %(version)s 已载入，现在起按它填报和统计。") % {"version": version.hash[:12]}
    messages.success(request, told)
    return redirect("rules", scheme.name)


def _question(scheme: Scheme, draft: Draft, new: Scheme) -> Confirmation:
    number = len(adopted(scheme.name)) + 1
    consequences = [
        gettext("“%(title)s”的第 %(number)s 版（%(version)s）成为现行版本，以后的填报和统计都按它。")
        % {"title": new.title, "number": number, "version": new.hash[:12]},
        gettext("已登记的记录仍按登记时的版本；已印发的简报不变。"),
        gettext("载入的版本不能删去；要改回来，再载入一个新版本。"),
    ]
    return Confirmation(
        title=gettext("载入新版本 %(version)s") % {"version": new.hash[:12]},
        consequences=consequences,
        button=gettext("载入第 %(number)s 版") % {"number": number},
        back=reverse("edit_scheme", args=[scheme.name]),
        values={"do": "adopt", "base": draft.base, "changed": draft.hidden},
    )
