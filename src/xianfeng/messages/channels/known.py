"""The channels of this installation, in the order in which they are tried.

    mail=smtp://xianfeng:secret@mail.example.gov.cn?from=xianfeng@example.gov.cn&starttls=1
    sms=json://gateway.example.gov.cn/send?:to={phone}&+Idempotency-Key={id}

A channel says by `{email}` or `{phone}` which address of a person it needs; mail needs no saying.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from xianfeng.messages.channels import elsewhere, mail
from xianfeng.messages.channels.letters import Letter
from xianfeng.messages.channels.outcomes import Outcome
from xianfeng.problems import Problem
from xianfeng.sentences import say, translated

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,19}")
_MAIL = ("smtp", "smtps")
_TITLES = {"mail": say("邮件"), "sms": say("短信"), "wecom": say("企业微信")}


@dataclass(frozen=True, kw_only=True)
class Channel:
    """`address`: the personal value that it needs, 'email' or 'phone'."""

    name: str
    url: str
    address: str

    @property
    def title(self) -> str:
        return title(self.name)

    def send(self, letter: Letter) -> Outcome:
        parts = urlsplit(self.url)
        return mail.send(parts, letter) if parts.scheme in _MAIL else elsewhere.send(self.url, letter)


def title(name: str) -> str:
    return translated(_TITLES[name]) if name in _TITLES else name


def channels() -> dict[str, Channel]:
    return {channel.name: channel for channel in _read(settings.XIANFENG_CHANNELS)}


@lru_cache(maxsize=8)
def _read(text: str) -> tuple[Channel, ...]:
    return tuple(_channel(*part.partition("=")[::2]) for part in text.split())


def _channel(name: str, url: str) -> Channel:
    scheme = url.partition("://")[0]
    address = "email" if scheme in _MAIL or "{email}" in url else "phone" if "{phone}" in url else ""
    hint = say("写成 名称=地址，见 docs/settings.md；地址里用 {example} 写明发到哪里。", example="{email}、{phone}")
    if not _NAME.fullmatch(name) or "://" not in url:
        raise Problem("messages.channel", say("看不懂渠道“{name}”。", name=name), hint=hint)
    if not address:
        raise Problem("messages.channel_to_nobody", say("渠道“{name}”没有写发给谁。", name=name), hint=hint)
    if scheme in _MAIL and "from=" not in url:
        hint = say("在地址后面加上 ?from=发件地址。")
        raise Problem("messages.no_sender", say("渠道“{name}”没有发件地址。", name=name), hint=hint)
    return Channel(name=name, url=url, address=address)
