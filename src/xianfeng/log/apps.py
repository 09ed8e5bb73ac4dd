from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LogConfig(AppConfig):
    name = "xianfeng.log"
    label = "log"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.log import triggers
        from xianfeng.log.models import Entry, Posting, Seal, Tile

        triggers.protect(Entry, sealed=True)
        triggers.protect(Posting, sealed=True)
        triggers.protect(Seal)
        triggers.protect(Tile)
        post_migrate.connect(_install_triggers, sender=self)


def _install_triggers(using: str, **_: object) -> None:
    from xianfeng.log import triggers

    triggers.install(using)
