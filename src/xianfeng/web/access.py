"""Who may open a page, said at the view: `@public`, `@reading`, `@signed_in`, `@needs(Ability.…)`. None says nothing.

Whether something on the page may be seen is the scope's business (`web/scope.py`); this is only about the door. Who is
not signed in is sent to sign in and comes back; who may not enter is told what he would be told if nothing were there.
What is sent by an appointment is taken from a page that was made for it, and from no other (`web/whose.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.web import errors, whose

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
_ACCESS = "xianfeng_access"
_READ = ("GET", "HEAD")


@dataclass(frozen=True)
class Access:
    """`abilities` None: everybody; empty: whoever is signed in; else whoever's appointment has all of them."""

    abilities: frozenset[Ability] | None
    read_only: bool = False


def public(view: View) -> View:
    """Open to everybody; what is on it is still a matter of scope."""
    setattr(view, _ACCESS, Access(None))
    return view


def reading(view: View) -> View:
    """Open to everybody, and only read: whatever is sent there changes nothing."""

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if request.method in _READ else errors.only_read(request, _READ)

    setattr(read, _ACCESS, Access(None, read_only=True))
    return cast("View", read)


def signed_in(view: View) -> View:
    """Open to whoever is signed in, with or without an appointment: one's own account."""
    return _guarded(view, frozenset())


def needs(*abilities: Ability) -> Callable[[View], View]:
    """Open to whoever acts by an appointment that has all these abilities."""
    return lambda view: _guarded(view, frozenset(abilities))


def of(view: Callable[..., Any]) -> Access | None:
    """What a view says; None: nothing."""
    return getattr(view, _ACCESS, None)


def _guarded(view: View, abilities: frozenset[Ability]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        known = reader.of(request)
        if not known.signed_in:
            if request.method == "POST":
                return errors.signed_out(request)
            return redirect_to_login(request.get_full_path())
        if abilities and request.method == "POST" and whose.mistaken(request):
            return errors.made_for_another(request)
        if abilities and known.appointment is None:
            return redirect("acting")
        if not abilities <= known.abilities:
            raise Http404(gettext("没有这个页面"))
        return view(request, *args, **kwargs)

    setattr(guarded, _ACCESS, Access(abilities))
    return cast("View", guarded)
