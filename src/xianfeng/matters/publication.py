"""Making a matter and its answer public, as a record of its own: of the matter itself nothing ever is."""

from __future__ import annotations

import json

from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.matters.intake import MATTER

REPLY = "public_reply"
ANSWERED = ("answered", "resolved", "closed")  # the states in which there is an answer; they are the outcomes too


def may_publish(record: Record) -> bool:
    """Whether there is an answer, and its requester lets it be published."""
    known = REPLY in versions.scheme(record.scheme_id).kinds
    answered = record.register == MATTER and record.state in ANSWERED
    return known and answered and json.loads(record.values).get("private") is False
