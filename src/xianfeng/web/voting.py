"""The page of a poll, as a folder that any server of files hands out, and the slips that lead to it.

It belongs to neither application that keeps ballots. The policy within the page lets it speak to issuer and box and to
nobody else. The hash over the folder is sealed before the first slip is printed, so that a page that was changed can be
told from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from xianfeng import paths
from xianfeng.ballots import lists
from xianfeng.ballots.forms import Question
from xianfeng.ballots.protocol import Poll
from xianfeng.web import built, codes

_TOLD = 32  # digits of the fingerprint in a slip's address
_TONGUES = {"index.html": "zh-hans", "en.html": "en"}


@dataclass(frozen=True)
class Page:
    """`issuing` and `box` are addresses; `delay` is how many seconds a ballot waits at most before it is cast.

    `together`: issuer and box are one program, for a demonstration, which the page says.
    """

    poll: Poll
    issuing: str
    box: str
    delay: int
    together: bool = False

    @property
    def title(self) -> str:
        return self.poll.title

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.poll.form.questions

    @property
    def policy(self) -> str:
        asked = f"connect-src 'self' {self.issuing}/ {self.box}/"
        return f"default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; {asked}; base-uri 'none'"


def files(page: Page) -> Mapping[str, bytes]:
    """What the folder holds, by name."""
    return {
        **{name: _rendered(page, language) for name, language in _TONGUES.items()},
        "vote.js": built.content("vote.js"),
        "vote.css": built.content("vote.css"),
        lists.POLL: page.poll.text.encode(),
    }


def digest(files: Mapping[str, bytes]) -> str:
    """What is sealed of them: the hash over what `sha256sum` prints of the folder, by name."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def write(files: Mapping[str, bytes], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        paths.write_atomically(folder / name, content)


def _rendered(page: Page, language: str) -> bytes:
    with translation.override(language):
        return render_to_string("voting.html", {"page": page}).encode()


@dataclass(frozen=True)
class Slip:
    """`number`: which whoever hands it out notes beside the elector, where some are called afterwards; 0: nobody is."""

    number: int
    code: str
    qr: SafeString


@dataclass(frozen=True)
class Slips:
    """A sheet to be printed and cut; what stands behind # in its codes is sent to no server."""

    poll: Poll
    codes: Sequence[str]
    site: str

    @property
    def title(self) -> str:
        return self.poll.title

    @property
    def check(self) -> str:
        """As the page shows it."""
        return " ".join(self.poll.fingerprint[start : start + 4] for start in range(0, 16, 4))

    @property
    def slips(self) -> tuple[Slip, ...]:
        told = self.poll.fingerprint[:_TOLD]
        numbers = range(1, len(self.codes) + 1) if self.poll.calls else [0] * len(self.codes)
        return tuple(
            Slip(number, code, codes.qr(f"{self.site}#{told}.{code}"))
            for number, code in zip(numbers, self.codes, strict=True)
        )


def write_slips(slips: Slips, folder: Path) -> None:
    sheet = render_to_string("slips.html", {"page": slips}).encode()
    folder.mkdir(parents=True, exist_ok=True)
    paths.write_atomically(folder / "slips.html", sheet, mode=0o600)
    paths.write_atomically(folder / "vote.css", built.content("vote.css"))
