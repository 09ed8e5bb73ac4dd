"""Which language the commands speak: Chinese, or what XIANFENG_LANGUAGE names.

The system's own LANG does not count. A server in a Chinese office is often set up in English, which is no wish of its
operator's; pages weigh a browser's languages for the same reason.
"""

from __future__ import annotations

import os
from typing import Any

import typer

from xianfeng.sentences import translated

_LANGUAGES = {"en": "en", "zh": "zh-hans", "zh-hans": "zh-hans", "zh-hant": "zh-hant"}


def language() -> str:
    return _LANGUAGES.get(os.environ.get("XIANFENG_LANGUAGE", "").lower().replace("_", "-"), "zh-hans")


def choose() -> None:
    """From here on, what is told on the console is told in it."""
    switch(language())


def switch(name: str) -> str:
    """And from here on in another, which a command was asked for."""
    from django.utils import translation

    translation.activate(_LANGUAGES[name])
    return name


def tell(sentence: str, *, err: bool = False) -> None:
    """A line on the console, in the language that was asked for."""
    typer.echo(translated(sentence), err=err)


def in_own_language(command: Any) -> Any:
    """A command of Click's, which Typer brings along, with its help and all commands below it."""
    command.help = translated(command.help or "")
    for parameter in command.params:
        parameter.metavar = translated(parameter.metavar or "") or None
        if help_ := getattr(parameter, "help", None):
            parameter.help = translated(help_)
    for below in getattr(command, "commands", {}).values():
        in_own_language(below)
    return command
