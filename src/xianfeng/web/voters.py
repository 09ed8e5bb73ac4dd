"""The voters' page of a round's poll: put together and sealed, by the office's page and by commands.

`voting` knows nothing of rounds, for it serves polls of machines apart too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from django.db import transaction

from xianfeng.ballots.protocol import Poll
from xianfeng.evaluations import polls
from xianfeng.evaluations.polls import Held, Site
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


@transaction.atomic
def seal_many(those: Sequence[Held], site: Site, *, number: int, by: Actor) -> None:
    """The pages of several polls, all or none: each stands under the site's address, in a folder named by its
    electorate."""
    for one in those:
        own = replace(site, address=f"{site.address.rstrip('/')}/{one.electorate}/")
        with tempfile.TemporaryDirectory() as folder:
            seal(one.poll, own, Path(folder), number=number, by=by)
