"""The voters' page of a round's poll: put together and sealed, by the office's page and by commands.

`voting` knows nothing of rounds, for it serves polls of machines apart too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from xianfeng.ballots.protocol import Poll
from xianfeng.evaluations import polls
from xianfeng.evaluations.polls import Held, SealedPage, Site
from xianfeng.log.actors import Actor
from xianfeng.web import voting


def files(poll: Poll, site: Site, *, together: bool = False) -> Mapping[str, bytes]:
    """The page's, for the addresses that are sealed with it. `together`: of a demonstration."""
    return voting.files(voting.Page(poll, site.issuing, site.box, site.delay, together))


def seal_many(those: Sequence[Held], site: Site, *, number: int, by: Actor) -> None:
    """The pages of several polls, all or none: each stands under the site's address, in a folder named by its
    electorate."""
    pages = []
    for one in those:
        own = replace(site, address=f"{site.address.rstrip('/')}/{one.electorate}/")
        pages.append(SealedPage(one.poll, own, voting.digest(files(one.poll, own))))
    polls.seal_pages(pages, number=number, by=by)
