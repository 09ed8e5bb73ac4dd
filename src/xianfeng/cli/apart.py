"""How the commands of issuer and box begin: each with its own settings and database, made when it is first used."""

from __future__ import annotations

import os
import sys

import typer

from xianfeng.problems import Problem


def run(app: typer.Typer, name: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = f"xianfeng.config.{name}"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", database=name, verbosity=0)
    try:
        app()
    except Problem as problem:
        print(problem, file=sys.stderr)
        sys.exit(1)
