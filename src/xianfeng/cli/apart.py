"""How the commands of issuer and box begin: each with its own settings and database, made when it is first used."""

from __future__ import annotations

import os

import typer

from xianfeng import cli
from xianfeng.cli import spoken


def run(app: typer.Typer, name: str) -> None:
    def ready() -> None:
        import django
        from django.core.management import call_command

        os.environ["DJANGO_SETTINGS_MODULE"] = f"xianfeng.config.{name}"
        django.setup()
        spoken.choose()
        call_command("migrate", database=name, verbosity=0)

    cli.ran(app, ready=ready)
