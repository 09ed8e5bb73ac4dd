"""Whose page it is: every form says for whom it was made, and is taken from nobody else.

A page stays open while its reader signs in as somebody else, or changes his appointment, in another window. What is
sent from it then would be filed for the wrong organisation. So `{% csrf_token %}` (templatetags/forms.py) puts the
reader's token beside Django's own, and `access.needs` asks for it before any view runs.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from xianfeng.accounts import reader
from xianfeng.accounts.reader import Held

FIELD = "made-for"
OF_THE_FORM = frozenset({"csrfmiddlewaretoken", FIELD})  # what a form bears for the site, and nobody typed
LINK = "_xianfeng_link"  # the request's name for the filing link it came by: its holder is a reader of his own
_SALT = "xianfeng.web.shell"


def token(request: HttpRequest) -> str:
    """Tells one reader's pages from another's on a shared device and says nothing else about either; '': the public."""
    if link := getattr(request, LINK, 0):
        return _digest(f"link:{link}")
    known = reader.of(request)
    if known.account is None:
        return ""
    return _of_appointment(known.account.pk, known.appointment)


def mistaken(request: HttpRequest) -> bool:
    """Whether a form was sent by somebody else than it was made for, or says nothing of that.

    Where Django asks for no token of its own, as from its test client, a form without ours is taken too.
    """
    sent = given(request)
    return sent != token(request) if sent else not getattr(request, "_dont_enforce_csrf_checks", False)


def given(request: HttpRequest) -> str:
    """The token that a form was sent with."""
    return request.POST.get(FIELD, "")


def of_mine(request: HttpRequest) -> Held | None:
    """The appointment that the page was made for, where it is one of the present reader's."""
    known, sent = reader.of(request), given(request)
    if known.account is None or not sent:
        return None
    return next((held for held in known.held if _of_appointment(known.account.pk, held) == sent), None)


def _of_appointment(account: int, held: Held | None) -> str:
    return _digest(f"{account}:{held.id if held else ''}")


def _digest(text: str) -> str:
    return salted_hmac(_SALT, text).hexdigest()[:20]
