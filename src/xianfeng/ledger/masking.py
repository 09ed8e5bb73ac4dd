"""A record that makes another one public holds nothing that leads to a person, whoever wrote it and by whatever way.

Not even as a draft: besides the numbers that a rule knows, what the other record holds of its people is taken out.
"""

from __future__ import annotations

import json

from xianfeng.ledger.image import Image
from xianfeng.ledger.models import Record
from xianfeng.log.actors import CLOCK
from xianfeng.scheme.nodes import Kind
from xianfeng.sentences import say
from xianfeng.vault import details, values

_PURPOSE = say("公布前遮去个人信息")


def masked(kind: Kind, image: Image) -> Image:
    if not kind.publishes:
        return image
    known = held(image.values.get(kind.publishes, 0))
    names = (name for name, field in kind.fields.items() if field.type.is_text and name in image.values)
    texts = {name: details.masked(image.values[name], known) for name in names}
    return image._replace(values={**image.values, **texts})


def held(record: int) -> tuple[str, ...]:
    """What a record holds of people, unless it was erased."""
    held = Record.objects.filter(id=record).values_list("personal", flat=True).first() or "{}"
    read = values.read_many(json.loads(held).values(), by=CLOCK, purpose=_PURPOSE)
    return tuple(value for value in read.values() if value)
