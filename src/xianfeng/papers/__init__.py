"""Papers of an office as files: what a room says as data becomes DOCX and PDF in the layout of GB/T 9704.

A bulletin (`document`), a dispatch, the sign-off sheet and the source sheet; the writers read these and nothing else.
"""

from __future__ import annotations

from xianfeng.papers.dispatch import Dispatch
from xianfeng.papers.document import Document
from xianfeng.papers.sheet import Sheet
from xianfeng.papers.sign_off import SignOff

Paper = Document | Dispatch | Sheet | SignOff


def written(paper: Paper, suffix: str) -> bytes:
    """As `docx` or `pdf`. Each writer is imported where it is used: it costs a process tens of megabytes."""
    if suffix == "docx":
        from xianfeng.papers import word

        assert not isinstance(paper, SignOff)  # noqa: S101 - it is signed by hand, as PDF alone
        return word.written(paper)
    from xianfeng.papers import typeset

    return typeset.written(paper)
