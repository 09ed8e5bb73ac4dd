"""The page of a poll, as a folder that any server of files hands out: it belongs to no application that keeps ballots.

The policy within the page lets it speak to issuer and box and to nobody else. The hash over the folder is sealed before
the first slip is printed, so that a page that was changed can be told from it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string

from xianfeng import paths
from xianfeng.ballots import lists
from xianfeng.ballots.forms import Question
from xianfeng.ballots.protocol import Poll
from xianfeng.web import built


@dataclass(frozen=True)
class Page:
    """`issuing` and `box` are addresses; `delay` is how many seconds a ballot waits at most before it is cast."""

    poll: Poll
    issuing: str
    box: str
    delay: int

    @property
    def title(self) -> str:
        return self.poll.title

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.poll.form.questions

    @property
    def policy(self) -> str:
        asked = f"connect-src 'self' {self.issuing} {self.box}"
        return f"default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; {asked}; base-uri 'none'"


def write(page: Page, folder: Path) -> str:
    """The folder's files; the hash to be sealed."""
    files = {
        "index.html": render_to_string("voting.html", {"page": page}).encode(),
        "vote.js": built.content("vote.js"),
        "vote.css": built.content("vote.css"),
        lists.POLL: page.poll.text.encode(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        paths.write_atomically(folder / name, content)
        digest.update(f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode())
    return digest.hexdigest()
