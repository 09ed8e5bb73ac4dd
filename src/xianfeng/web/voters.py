"""The voters' page of a round's poll: put together and sealed, by the office's page and by commands.

`voting` knows nothing of rounds, for it serves polls of machines apart too.
"""

from __future__ import annotations

from pathlib import Path

from xianfeng.ballots.protocol import Poll
from xianfeng.evaluations import polls
from xianfeng.evaluations.polls import Site
from xianfeng.log.actors import Actor
from xianfeng.web import voting


def write(poll: Poll, site: Site, folder: Path, *, together: bool = False) -> str:
    """The folder's files, for the addresses that are sealed with it; the hash. `together`: of a demonstration."""
    return voting.write(voting.Page(poll, site.issuing, site.box, site.delay, together), folder)


def seal(poll: Poll, site: Site, folder: Path, *, number: int, together: bool = False, by: Actor) -> str:
    """The same, its hash sealed with the round."""
    digest = write(poll, site, folder, together=together)
    polls.seal_page(number=number, poll=poll, site=site, digest=digest, by=by)
    return digest
