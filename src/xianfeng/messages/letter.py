"""A delivery as a text in its reader's language: what its messages say, each with its link, and nothing about the
person."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation

from xianfeng import paths
from xianfeng.messages import preferences, words
from xianfeng.messages.channels.letters import Letter
from xianfeng.messages.models import Delivery, Message
from xianfeng.sentences import say, translated

_MOST = 20  # told one by one; of the rest, how many


def of(delivery: Delivery, address: str) -> Letter:
    """In the language that the person chose for it, else the installation's."""
    messages = list(Message.objects.filter(delivery=delivery.pk).order_by("-urgent", "id"))
    with translation.override(preferences.language(delivery.person)):
        return Letter(
            id=f"{paths.installation()}.{delivery.pk}@{urlsplit(settings.SITE).hostname}",
            address=address,
            title=_title(delivery, len(messages)),
            text=_text(messages),
        )


def _title(delivery: Delivery, count: int) -> str:
    return translated(say("急：{count} 件事", count=count) if delivery.urgent else say("{count} 件事", count=count))


def _text(messages: list[Message]) -> str:
    lines = [
        f"{number}. {translated(words.told(message.words))}\n   {settings.SITE}{message.link}"
        for number, message in enumerate(messages[:_MOST], start=1)
    ]
    if len(messages) > _MOST:
        lines.append(translated(say("另有 {count} 件。", count=len(messages) - _MOST)))
    closing = translated(say("全部消息：{address}", address=f"{settings.SITE}/desk/messages"))
    return "\n".join([*lines, "", closing, ""])
