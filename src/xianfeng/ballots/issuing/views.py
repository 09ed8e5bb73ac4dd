"""The issuer towards browsers: a code and a blinded message in, a blind signature out."""

from __future__ import annotations

from xianfeng.ballots import http
from xianfeng.ballots.issuing import actions
from xianfeng.problems import Problem


@http.asked
def dispute(poll: str, asked: http.Asked) -> http.Asked:
    """What is said again is answered as it was: nobody learns here whether it had been said before."""
    actions.dispute(fingerprint=poll, code=http.field(asked, "code"))
    return {"disputed": True}


@http.asked
def sign(poll: str, asked: http.Asked) -> http.Asked:
    code, blinded = http.field(asked, "code"), http.binary(asked, "blinded")
    try:
        return {"signature": http.written(actions.sign(fingerprint=poll, code=code, blinded=blinded))}
    except Problem:
        actions.count_refusal(fingerprint=poll)
        raise
