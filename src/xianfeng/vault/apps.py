from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


class VaultConfig(AppConfig):
    name = "xianfeng.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.log import verify
        from xianfeng.vault import proofs

        connection_created.connect(_overwrite_what_is_deleted)
        verify.register(proofs.check)


def _overwrite_what_is_deleted(connection: BaseDatabaseWrapper, **_: object) -> None:
    """SQLite leaves deleted bytes in its pages unless told otherwise."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
