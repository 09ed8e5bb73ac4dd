"""The source sheet (数据来源单): on paper, what clicking a figure says on screen."""

from __future__ import annotations

from dataclasses import dataclass

from xianfeng.bulletins.document import Document, Source, plain
from xianfeng.bulletins.export import words
from xianfeng.bulletins.wording import Wording, wording
from xianfeng.scheme.nodes import Scheme

HEAD = (
    "序号",
    "印出",
    "名称",
    "统计口径",
    "范围与期间",
    "数值",
    "依据记录",
    "审核情况",
    "未报",
    "截至记录",
    "方案出处",
)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    title: str
    issuer: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...]
    synthetic: bool


def sheet(document: Document, scheme: Scheme, *, faces: str = "") -> Sheet:
    """A row for each source of the document; `faces` is what is to be said about substituted typefaces."""
    masthead = document.masthead
    remarks = (
        "审核情况依次为已报、已审、已上报的记录数。未报为应报而未报的组织数／应报数；未报不作零计。",
        words.seal(masthead),
        faces,
    )
    return Sheet(
        title=f"{masthead.series}{plain(masthead.number)}数据来源单",
        issuer=masthead.issuer,
        head=HEAD,
        rows=tuple(_row(number, source, wording(source, scheme)) for number, source in enumerate(document.sources, 1)),
        remarks=tuple(remark for remark in remarks if remark),
        synthetic=masthead.synthetic,
    )


def _row(number: int, source: Source, about: Wording) -> tuple[str, ...]:
    reviewed = (source.filed, source.reviewed, source.submitted)
    return (
        str(number),
        source.text,
        about.title,
        about.definition,
        "\n".join(part for part in (source.at, about.period) if part),
        source.value + (source.unit if source.value and source.call != "rule" else ""),
        "" if source.records is None else str(source.records),
        "" if source.filed is None else "／".join(str(count or 0) for count in reviewed),
        "" if source.expected is None else f"{source.missing}／{source.expected}",
        "" if source.as_of is None else str(source.as_of),
        about.line,
    )
