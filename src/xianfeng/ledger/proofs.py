"""What `xianfeng verify` proves of what entries name by its hash: scheme versions, files on records, scans of steps."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from django.db import connections
from django.db.models import Q

from xianfeng.ledger import files, scans
from xianfeng.ledger.models import SchemeVersion
from xianfeng.log.findings import Finding
from xianfeng.log.models import Entry
from xianfeng.scheme.loader import address
from xianfeng.sentences import say


def check_files(alias: str) -> Iterator[Finding]:
    """The bytes of every file that an entry names, wherever the database says they are."""
    told: dict[str, int] = {}
    of_records = Q(stream="record", body__contains='"attachments":[')
    of_steps = ~Q(stream="record") & Q(body__contains=scans.WRITTEN)
    entries = Entry.objects.using(alias).filter(of_records | of_steps).order_by("seq")
    for seq, body in entries.values_list("seq", "body").iterator():
        for sha256 in _named(body):
            told.setdefault(sha256, seq)
    for sha256, seq in told.items():
        found = _hash_of(sha256)
        if found is None:
            message = say("附件 {sha256} 的文件不在了。", sha256=sha256[:12])
            yield Finding(code="ledger.file_gone", seq=seq, message=message, hint=say("请从备份恢复附件目录。"))
        elif found != sha256:
            message = say("附件 {sha256} 的文件内容与添加时不同。", sha256=sha256[:12])
            yield Finding(code="ledger.file_altered", seq=seq, message=message, hint=say("请从备份恢复这个文件。"))


def _named(body: str) -> list[str]:
    try:
        said = json.loads(body)
        scanned = [said[scans.NAMED]] if scans.NAMED in said else []
        return [str(file["sha256"]) for file in (*said.get("attachments", ()), *scanned)]
    except (ValueError, AttributeError, KeyError, TypeError):
        return []  # an entry that was changed is named by the walk through the log


def _hash_of(sha256: str) -> str | None:
    """What the bytes under this name hash to now; None when there are none that can be read."""
    try:
        with files.path(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def check(alias: str) -> Iterator[Finding]:
    if SchemeVersion._meta.db_table not in connections[alias].introspection.table_names():
        return
    adopted = dict(Entry.objects.using(alias).filter(stream="scheme", action="adopt").values_list("seq", "scheme"))
    for version in SchemeVersion.objects.using(alias).order_by("seq"):
        if adopted.pop(version.seq, None) != version.hash or _address(version) != version.hash:
            told = say(
                "活动“{title}”版本{version}的方案文字与载入时不同。", title=version.title, version=version.hash[:12]
            )
            yield Finding(code="ledger.version_altered", seq=version.seq, message=told)
    for seq in adopted:
        yield Finding(code="ledger.version_gone", seq=seq, message=say("办理记录里有这次载入，方案版本却不在了。"))


def _address(version: SchemeVersion) -> str:
    try:
        return address(json.loads(version.package))
    except (ValueError, AttributeError, TypeError):
        return ""
