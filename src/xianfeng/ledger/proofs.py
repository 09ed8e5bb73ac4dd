"""What `xianfeng verify` proves about scheme versions: their texts still make the address that entries name."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db import connections

from xianfeng.ledger.models import SchemeVersion
from xianfeng.log.findings import Finding
from xianfeng.log.models import Entry
from xianfeng.scheme.loader import address


def check(alias: str) -> Iterator[Finding]:
    if SchemeVersion._meta.db_table not in connections[alias].introspection.table_names():
        return
    adopted = dict(Entry.objects.using(alias).filter(stream="scheme", action="adopt").values_list("seq", "scheme"))
    for version in SchemeVersion.objects.using(alias).order_by("seq"):
        if adopted.pop(version.seq, None) != version.hash or _address(version) != version.hash:
            told = f"活动“{version.title}”版本{version.hash[:12]}的方案文字与载入时不同。"
            yield Finding(code="ledger.version_altered", seq=version.seq, message=told)
    for seq in adopted:
        yield Finding(code="ledger.version_gone", seq=seq, message="办理记录里有这次载入，方案版本却不在了。")


def _address(version: SchemeVersion) -> str:
    try:
        return address(json.loads(version.package))
    except (ValueError, AttributeError, TypeError):
        return ""
