"""Making a matter and its answer public, as a record of its own: of the matter itself nothing ever is."""

from __future__ import annotations

import json

from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.matters.intake import request_of
from xianfeng.scheme.publishing import Publication, publications


def publication(record: Record) -> Publication | None:
    """How a matter would be made public now: None where its campaign has no kind for it, where there is no answer, and
    where its requester keeps it to himself."""
    if request_of(record) is None:
        return None
    scheme = versions.current(versions.scheme(record.scheme_id).name)  # under which it would be filed
    own = (one for one in publications(scheme.kinds) if one.kind.fields[one.record].of == record.kind)
    found = next(own, None)
    if found is None or record.state not in found.states:
        return None
    private = found.request.private
    return None if private and json.loads(record.values).get(private) is not False else found
