"""The source sheet (数据来源单): on paper, what clicking a figure says on screen."""

from __future__ import annotations

from collections.abc import Iterator

from xianfeng.bulletins.wording import Wording, line_of, value, wording
from xianfeng.papers import words
from xianfeng.papers.document import Document, FigureRun, Source, notes_of, plain
from xianfeng.papers.sheet import Sheet
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
NOTE = "文件文字自身的数字，不由台账计算；列在活动方案里。"


def sheet(document: Document, scheme: Scheme, *, faces: str = "") -> Sheet:
    """A row for each source of the document and each number of its text; `faces`: the word on substituted typefaces."""
    masthead = document.masthead
    remarks = (
        "审核情况依次为已报、已审、已上报的记录数。未报为应报而未报的组织数／应报数，没有单位应报的写“无要求”；未报不作零计。",
        words.seal(masthead),
        faces,
    )
    return Sheet(
        title=f"{masthead.series}{plain(masthead.number)}数据来源单",
        issuer=masthead.issuer,
        head=HEAD,
        rows=tuple((str(number), *row) for number, row in enumerate(_rows(document, scheme), 1)),
        remarks=tuple(remark for remark in remarks if remark),
        synthetic=masthead.synthetic,
    )


def _rows(document: Document, scheme: Scheme) -> Iterator[tuple[str, ...]]:
    """The sources, then the numbers of the text itself."""
    for source in document.sources:
        yield _row(source, wording(source, scheme))
    for text, row in dict.fromkeys((note.text, note.row) for note in notes_of(document)):
        line = line_of(scheme, f"{_bulletin(document)}.notes.{row}")
        yield (text, f"文稿数字（{row}）", NOTE, *[""] * (len(HEAD) - 5), line)


def _row(source: Source, about: Wording) -> tuple[str, ...]:
    reviewed = (source.filed, source.reviewed, source.submitted)
    return (
        source.text,
        about.title,
        about.definition,
        "\n".join(part for part in (source.at, about.period) if part),
        value(source),
        "" if source.records is None else str(source.records),
        "" if source.filed is None else "／".join(str(count or 0) for count in reviewed),
        _missing(source),
        "" if source.as_of is None else str(source.as_of),
        about.line,
    )


def _missing(source: Source) -> str:
    if source.query is None:
        return ""
    return f"{source.missing}／{source.expected}" if source.expected else "无要求"


def _bulletin(document: Document) -> str:
    """Its path in the scheme: the one its number is stated under."""
    stated = (document.sources[run.figure].name for run in document.masthead.number if isinstance(run, FigureRun))
    return next(stated, "").rpartition(".")[0]
