"""The box towards browsers: a signed ballot in, a receipt out."""

from __future__ import annotations

from xianfeng.ballots import http, protocol
from xianfeng.ballots.box import actions
from xianfeng.problems import Problem


@http.asked
def cast(poll: str, asked: http.Asked) -> http.Asked:
    message, signature = http.binary(asked, "message"), http.binary(asked, "signature")
    content = http.binary(asked, "content")
    try:
        receipt = actions.cast(fingerprint=poll, message=message, signature=signature, content=content)
    except Problem:
        actions.count_refusal(fingerprint=poll)
        raise
    return {"ballot": protocol.name(message), "receipt": http.written(receipt)}
