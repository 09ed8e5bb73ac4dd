"""The files of the demonstration: drawn and written here, so that nobody's photograph is in it, put on records once."""

from __future__ import annotations

import io
import json
from dataclasses import replace

from PIL import Image, ImageDraw

from xianfeng.demo import spread
from xianfeng.demo.plan import Enclosed, Plan
from xianfeng.ledger import versions
from xianfeng.ledger.actions import attach
from xianfeng.ledger.models import Attachment, Record
from xianfeng.log.actors import Actor
from xianfeng.papers import written
from xianfeng.papers.sign_off import Box, SignOff
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme import titles
from xianfeng.scheme.nodes import Scheme

_SIZE = (720, 480)


def enclose(plan: Plan, *, by: Actor) -> int:
    """Put a plan's files on its records where they are missing; how many were."""
    scheme = versions.current(plan.scheme)
    return sum(_on(record, item, plan, scheme, by) for item in plan.files for record in _records(plan, item, scheme))


def _records(plan: Plan, item: Enclosed, scheme: Scheme) -> list[Record]:
    """Of the current version alone: an earlier one may not know the field."""
    path = f"{plan.scheme}/{item.of}/"
    rows = Record.objects.filter(reference__startswith=path, state=item.state, scheme=scheme.hash)
    return list(rows.order_by("reference")[: item.count])


def _on(record: Record, item: Enclosed, plan: Plan, scheme: Scheme, by: Actor) -> int:
    known = set(Attachment.objects.filter(record=record, field=item.field).values_list("name", flat=True))
    missing = [name for name in (item.picture, item.paper) if name and name not in known]
    whoever = replace(by, organisation=record.organisation, role="")
    for name in missing:
        drawn = item.id if item.same else record.reference
        content = _picture(drawn) if name == item.picture else _paper(record, scheme)
        attach(by=whoever, record=record.id, field=item.field, name=name, content=content, day=plan.until)
    return len(missing)


def _picture(drawn: str | None) -> bytes:
    """A road to the hills, another for each name."""
    random, (width, height) = spread.source("picture", drawn), _SIZE
    made = Image.new("RGB", _SIZE, (203, 220, 230))
    draw = ImageDraw.Draw(made)
    for level, green in ((200, 160), (250, 140), (300, 120)):
        steps = range(0, width + 120, 120)
        ridge = [(x, level - random.randrange(0, 80)) for x in steps]
        draw.polygon([(0, height), *ridge, (width, height)], fill=(green - 60, green, green - 70))
    far = random.randrange(width // 3, 2 * width // 3)
    draw.polygon([(width // 4, height), (far - 8, 300), (far + 8, 300), (3 * width // 4, height)], fill=(150, 146, 140))
    held = io.BytesIO()
    made.save(held, "PNG")
    return held.getvalue()


def _paper(record: Record, scheme: Scheme) -> bytes:
    """What the record says, as a sheet with boxes."""
    kind, values = scheme.kinds[record.kind], json.loads(record.values)
    node: Node = tree.named([record.organisation], record.day)[record.organisation]
    said = [
        (field.title, str(values[name])) for name, field in kind.fields.items() if field.type.is_text and name in values
    ]
    boxes = ((Box(label=title, lines=(text,), tall=True),) for title, text in said)
    last = (Box(label="经手人", lines=("样例经手人",), hand=True), Box(label="日期", lines=(titles.day(record.day),)))
    sheet = SignOff(issuer=node.name, title=f"{kind.title}材料", rows=(*boxes, last), synthetic=True)
    return written(sheet, "pdf")
