"""Making a matter and its answer public: what would be published stands ready, personal details taken out, to be read
once more by whoever sends it to be reviewed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import actions, masking
from xianfeng.ledger.models import Record
from xianfeng.matters.publication import publication
from xianfeng.problems import Problem, Problems
from xianfeng.scheme.publishing import Publication
from xianfeng.vault import details
from xianfeng.web import access, scope
from xianfeng.web.desk.kinds import filer_of
from xianfeng.web.record.finding import Opened, record_or_404


class PublishForm(forms.Form):
    """A box for each text that is taken over."""

    def __init__(self, publication: Publication, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in publication.told:
            self.fields[name] = forms.CharField(
                label=publication.kind.fields[name].title, widget=forms.Textarea(attrs={"rows": 5}), max_length=2_000
            )


@dataclass(frozen=True)
class PublishPage:
    """`left`: what may lead to a person and is not taken out by itself; it has to be looked at before it is sent."""

    record: Record
    form: PublishForm
    left: tuple[str, ...]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(Ability.FILE)
def publish(request: HttpRequest, number: int) -> HttpResponse:
    filer = filer_of(request)
    opened, found = _opened_or_404(request, number)
    said = _masked(opened.record, found)
    form = PublishForm(found, request.POST if request.method == "POST" else None, initial=said)
    page = PublishPage(opened.record, form, _left(form))
    if request.method != "POST":
        return render(request, "desk/matters/publish.html", {"page": page})
    if form.is_valid() and set(page.left) <= set(request.POST.getlist("seen")):
        record, own = opened.record, filer.own.id
        try:
            filed = actions.file(
                by=filer.by,
                scheme=opened.scheme.name,
                kind=found.kind.name,
                organisation=record.organisation,
                day=timezone.localdate(),
                values={found.record: record.id, found.outcome: record.state, **form.cleaned_data},
                reference=f"matter {record.id}",
                for_=None if record.organisation == own else record.organisation,
            )
        except Problem as problem:
            for one in problem.problems if isinstance(problem, Problems) else (problem,):
                form.add_error(one.field if one.field in form.fields else None, forms.ValidationError(one.told))
        else:
            return redirect("record", filed.id)
    return render(request, "desk/matters/publish.html", {"page": page}, status=422)


def _opened_or_404(request: HttpRequest, number: int) -> tuple[Opened, Publication]:
    seen = scope.of(request)
    opened = record_or_404(number, lambda record: seen.within(record.holder))
    found = publication(opened.record)
    if found is None:
        raise Http404(gettext("这件诉求不能公布"))
    return opened, found


def _masked(record: Record, found: Publication) -> dict[str, str]:
    values, known = json.loads(record.values), masking.held(record.id)
    return {name: details.masked(str(values.get(name, "")), known) for name in found.told}


def _left(form: PublishForm) -> tuple[str, ...]:
    """Of what stands in the boxes: names in a row and the like, of which no rule can tell whose they are."""
    said = (str(form[name].value() or "") for name in form.fields)
    return tuple(detail.text for text in said for detail in details.found(text) if not detail.masked)
