"""Files as pages show and hand them out: on records, and on their way there.

A picture was written anew when it was kept, so it may stand in a page; whatever else there is, is a download. Neither
may run anything: the type is the one that was found in the bytes, and the answer forbids all that a page could do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from django.http import FileResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from xianfeng.ledger import files
from xianfeng.ledger.files import Kept
from xianfeng.ledger.models import Attachment
from xianfeng.problems import Problem

PICTURES = ("image/jpeg", "image/png", "image/webp")
_POLICY = "default-src 'none'; sandbox"


@dataclass(frozen=True)
class FileLink:
    """`receipt`: of a file that is on no record yet, what its form sends again."""

    name: str
    size: int
    picture: bool
    href: str
    sha256: str
    receipt: str = ""


def link_of(kept: Kept, href: str, receipt: str = "") -> FileLink:
    return FileLink(kept.name, kept.size, kept.media_type in PICTURES, href, kept.sha256, receipt)


def of_records(records: Iterable[int]) -> dict[int, dict[str, tuple[FileLink, ...]]]:
    """By record and field, in the order in which they came. Who may see the field may see its files."""
    rows = Attachment.objects.filter(record__in=list(records)).select_related("record").order_by("id")
    return _by_field(row for row in rows if held(row))


def ever(record: int) -> dict[str, tuple[FileLink, ...]]:
    """All that a record has and had, by field: for those who may read its whole history."""
    return _by_field(Attachment.objects.filter(record=record).order_by("id")).get(record, {})


def held(row: Attachment) -> bool:
    """Whether the record still has the file; one that was taken off is in its history alone."""
    return row.sha256 in json.loads(row.record.values).get(row.field, ())


def _by_field(rows: Iterable[Attachment]) -> dict[int, dict[str, tuple[FileLink, ...]]]:
    """Each file once, as it was called the last time that it was put on."""
    found: dict[int, dict[str, dict[str, FileLink]]] = {}
    for row in rows:
        found.setdefault(row.record_id, {}).setdefault(row.field, {})[row.sha256] = _link(row)
    return {record: {name: tuple(links.values()) for name, links in fields.items()} for record, fields in found.items()}


def drawn(links: Iterable[FileLink]) -> SafeString:
    """As they stand within a cell of a table."""
    found = tuple(links)
    return render_to_string("components/files.html", {"files": found}) if found else SafeString()


def response(kept: Kept) -> FileResponse:
    path = files.path(kept.sha256)
    if not path.exists():
        said = gettext("这个附件的文件不在了，登记的内容没有变。")
        raise Problem("ledger.file_gone", said, hint="请把这一页的地址告诉系统管理员，从备份恢复附件目录。")
    return sent(path.open("rb"), kept.name, kept.media_type)


def sent(content: IO[bytes], name: str, media_type: str) -> FileResponse:
    """What somebody handed in, which a browser shows as a picture or puts aside, and runs nothing of."""
    answer = FileResponse(content, as_attachment=media_type not in PICTURES, filename=name, content_type=media_type)
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _link(row: Attachment) -> FileLink:
    kept = Kept(row.name, row.media_type, row.size, row.sha256)
    return link_of(kept, reverse("attachment", args=[row.record_id, row.sha256, row.name]))
