"""A bulletin's template lies in the scheme's folder."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.scheme.draft import Draft
from xianfeng.scheme.faults import Fault


def check(draft: Draft) -> Iterator[Fault]:
    for bulletin in draft.bulletins.values():
        if not draft.has_file(bulletin.template):
            yield draft.at("template_missing", f"bulletins.{bulletin.name}.template", name=bulletin.template)
