"""Suggestions for the pickers of forms: organisations by name, code or initials, people of an organisation, records.

The names of people are personal. They are not in the index; they are read from the vault, of one organisation at a
time, and every name that is read for a comparison counts as read, whether or not it is shown. Whoever files may look
for the people of his own organisation and of those for which he may file, since he has to say who they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.accounts.abilities import Ability
from xianfeng.folding import fold
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.registry.models import Organisation
from xianfeng.search import index, pinyin, query
from xianfeng.search.documents import Stored
from xianfeng.search.sight import Sight
from xianfeng.search.terms import Kind
from xianfeng.web import access, people, scope
from xianfeng.web.forms.names import Names
from xianfeng.web.frame import asked, scheme_or_404
from xianfeng.web.search.answers import Suggestion, sight, suggestions

_MOST = 10
_LOOKED_AT = 60  # organisations, when only some types will do
_LONGEST_NUMBER = 16
_TYPES = ("division", "unit", "body", "group")


@dataclass(frozen=True)
class Candidate:
    """A person to be picked."""

    id: int
    code: str
    name: str


@dataclass(frozen=True)
class RecordCandidate:
    """A record to be picked; its number is its code."""

    id: int
    code: str
    name: str
    where: str


@access.needs(Ability.READ)
def organisations(request: HttpRequest) -> HttpResponse:
    """`kind`: only this type; `within`: only the reader's own subtree."""
    text, kind, within = (asked(request, key) for key in ("q", "kind", "within"))
    if kind and kind not in _TYPES:
        raise Http404(gettext("没有这类组织"))
    index.catch_up()
    limit = _LOOKED_AT if kind else _MOST
    look = sight(scope.of(request))
    hits = query.find(text, sight=look, kind=Kind.ORGANISATION, limit=limit, own_only=bool(within))
    found = suggestions((_of_type(hits.rows, kind) if kind else hits.rows)[:_MOST])
    ordered: list[Suggestion] = sorted(found, key=lambda one: one.closed)
    return _answer(request, ordered)


@access.needs(Ability.FILE)
def persons(request: HttpRequest) -> HttpResponse:
    """Of the organisation with the code `at`, by default the reader's own."""
    seen, text = scope.of(request), fold(asked(request, "q"))
    code = asked(request, "at")
    own = seen.reader.organisation
    at = Organisation.objects.filter(code=code).first() if code else own and Organisation.objects.get(id=own.id)
    if at is None or not seen.files_for(at.id):
        raise Http404(gettext("没有这个组织"))
    if not text:
        return _answer(request, [])
    there = people.of(at.id)
    named = people.names([one.id for one in there], seen) if len(there) <= people.COMPARED else {}
    matching = [one for one in there if _matches(text, one.code, named.get(one.id, ""))][:_MOST]
    named |= people.names([one.id for one in matching if one.id not in named], seen)
    return _answer(request, [Candidate(one.id, one.code, named.get(one.id, "")) for one in matching])


@access.needs(Ability.READ)
def records(request: HttpRequest) -> HttpResponse:
    """Of the register that `of` names, as 'campaign/kind': by number, by what they say, by whose they are."""
    seen, text = scope.of(request), asked(request, "q").strip()
    name, _, kind_name = asked(request, "of").partition("/")
    scheme = scheme_or_404(name)
    kind = scheme.kinds.get(kind_name)
    if kind is None:
        raise Http404(gettext("没有这个台账"))
    register = seen.records(Record.objects.filter(register=scheme.key(kind.name)).exclude(state=WITHDRAWN))
    found = _found_records(text, register, sight(seen)) if text else []
    nodes = tree.named({row.organisation for row in found}, timezone.localdate())
    titles = Names(seen).titles(kind, found)
    told = [
        RecordCandidate(row.id, str(row.id), title, f"{nodes[row.organisation].name} · {row.day}")
        for row, title in zip(found, titles, strict=True)
    ]
    return _answer(request, told)


def _found_records(text: str, register: QuerySet[Record], look: Sight) -> list[Record]:
    """Those of a number first, then those that say it, then the latest of organisations called so."""
    index.catch_up()
    digits = text.removeprefix("第").removesuffix("号").strip()
    number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < _LONGEST_NUMBER else 0
    said = [row.about for row in query.find(text, sight=look, kind=Kind.RECORD, limit=_LOOKED_AT).rows]
    at = [row.about for row in query.find(text, sight=look, kind=Kind.ORGANISATION, limit=_MOST).rows]
    named = register.in_bulk([number, *said])
    first = [named[one] for one in dict.fromkeys([number, *said]) if one in named]
    theirs = register.filter(organisation__in=at).exclude(id__in=named).order_by("-day", "-id")
    return [*first, *theirs[:_MOST]][:_MOST]


def _of_type(rows: Sequence[Stored], type_: str) -> list[Stored]:
    numbers = [row.about for row in rows]
    fitting = set(Organisation.objects.filter(id__in=numbers, type=type_).values_list("id", flat=True))
    return [row for row in rows if row.about in fitting]


def _matches(text: str, code: str, name: str) -> bool:
    folded = fold(name)
    return fold(code).startswith(text) or text in folded or any(key.startswith(text) for key in pinyin.keys(folded))


def _answer(request: HttpRequest, found: Sequence[Suggestion | Candidate | RecordCandidate]) -> HttpResponse:
    if asked(request, "format") == "json":
        return JsonResponse({"found": [asdict(one) for one in found]}, json_dumps_params={"ensure_ascii": False})
    return render(request, "search/picks.html", {"found": found, "field": _field(request)})


def _field(request: HttpRequest) -> str:
    """The id of the input that asks, from which options take theirs."""
    return "".join(letter for letter in asked(request, "field") if letter.isalnum() or letter in "-_")[:60] or "pick"
