"""A demonstration of voting online on one machine: every part's work in its turn, issuer and box as one program.

What stands in the folder is what the parts would hand to one another: in a real round they are on machines apart.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from xianfeng import paths

if TYPE_CHECKING:
    from xianfeng.log.actors import Actor

HOST = "127.0.0.1"


def folder(number: int, electorate: int) -> Path:
    return paths.room("rehearsal") / f"{number}-{electorate}"


def prepare(number: int, electorate: int, *, address: str, by: Actor) -> Path:
    """Keys, the poll, its page, codes and slips; both sides open. Its folder is private, and whole or not there."""
    home = folder(number, electorate)
    if home.exists():
        return home
    home.mkdir(mode=0o700)
    try:
        _prepare(home, number, electorate, address, by)
    except BaseException:
        shutil.rmtree(home)
        raise
    return home


def _prepare(home: Path, number: int, electorate: int, address: str, by: Actor) -> None:
    from xianfeng.ballots import codes, lists, opening
    from xianfeng.evaluations import polls
    from xianfeng.web import voters, voting

    _operate(home, "issuing", "key", home / "poll.pub")
    _operate(home, "issuing", "printer-key", home / "printer.key")
    public, shares = opening.fresh()
    for share in shares:
        paths.write_atomically(home / f"share-{share.place}.txt", share.text.encode(), mode=0o600)
    key = (home / "poll.pub").read_bytes()
    poll = polls.make(number=number, electorate=electorate, key=key, observers=public, by=by)
    lists.write_poll(home / "published", poll)
    site = polls.Site(issuing=f"{address}/issuing", box=f"{address}/box", delay=0, address=f"{address}/")
    page = voters.files(poll, site, together=True)
    voting.write(page, home / "page")
    polls.seal_pages([polls.SealedPage(poll, site, voting.digest(page))], number=number, by=by)
    secret = (home / "printer.key").read_bytes()
    printed = codes.numbered(poll.electors, poll=poll.fingerprint, key=secret)
    paths.write_atomically(home / "digests.txt", "\n".join(printed).encode())
    voting.write_slips(voting.Slips(poll, list(printed.values()), f"{address}/"), home / "slips")
    _operate(home, "issuing", "open", home / "published" / lists.POLL, home / "digests.txt")
    _operate(home, "box", "open", home / "published" / lists.POLL)


def finish(number: int, electorate: int) -> Path:
    """Both sides close, two observers open; the folder that is published."""
    from xianfeng.ballots import lists
    from xianfeng.cli import ballots

    home = folder(number, electorate)
    published, sealed = home / "published", home / "sealed"
    name = lists.poll(published).fingerprint
    _operate(home, "issuing", "close", name, home / "issued.json", "--used", home / "used.json")
    _operate(home, "box", "close", name, published, sealed)
    shares = [home / f"share-{place}.txt" for place in (1, 3)]
    ballots.open_(published, sealed=sealed, share=shares, issuing=home / "issued.json")
    for side in ("issuing", "box"):
        _operate(home, side, "destroy", name)
    return published


def serve(number: int, electorate: int, port: int) -> None:
    """The process becomes the server."""
    os.environ.update(_environment(folder(number, electorate)))
    os.environ["DJANGO_SETTINGS_MODULE"] = "xianfeng.config.together"
    command = ["gunicorn", "django.core.wsgi:get_wsgi_application()", "--bind", f"{HOST}:{port}", "--threads", "4"]
    os.execv(sys.executable, [sys.executable, "-m", *command, "--log-level", "warning"])  # noqa: S606 -- fixed command


def _operate(home: Path, side: str, *arguments: object) -> None:
    """One of issuer's or box's own commands."""
    command = [sys.executable, "-m", f"xianfeng.cli.{side}", *map(str, arguments)]
    environment = {**os.environ, **_environment(home)}
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own command


def _environment(home: Path) -> dict[str, str]:
    return {"XIANFENG_DATA": str(home), "DATABASE_URL": ""}
