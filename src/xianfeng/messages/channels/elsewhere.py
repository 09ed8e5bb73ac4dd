"""Every other channel, by its address as the library apprise writes it: a webhook, an SMS gateway, 企业微信."""

from __future__ import annotations

from urllib.parse import quote

from xianfeng.messages.channels.letters import Letter
from xianfeng.messages.channels.outcomes import SENT, Outcome, Reason


def send(url: str, letter: Letter) -> Outcome:
    """`{phone}`, `{email}` and `{id}` of the address are filled in for each letter."""
    import apprise  # a hundred services, read when something is sent by one of them

    for place, value in (("{email}", letter.address), ("{phone}", letter.address), ("{id}", letter.id)):
        url = url.replace(place, quote(value, safe=""))
    way = apprise.Apprise()
    if not way.add(url):
        return Outcome(Reason.GONE)
    taken = way.notify(title=letter.title, body=letter.text)
    return SENT if taken else Outcome(Reason.NOT_TAKEN)
