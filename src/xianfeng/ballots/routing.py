"""Two databases: what the issuer knows and what the box knows never lie together, nor beside anything else."""

from __future__ import annotations

from typing import Any

from django.db import models

APART = frozenset({"issuing", "box"})  # an app's label is the name of its database


class Apart:
    """A router of Django's."""

    def db_for_read(self, model: type[models.Model], **_: Any) -> str | None:
        return model._meta.app_label if model._meta.app_label in APART else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **_: Any) -> bool | None:
        return db == app_label if db in APART or app_label in APART else None
