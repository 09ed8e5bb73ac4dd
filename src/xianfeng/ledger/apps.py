from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "xianfeng.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.ledger import open_records
        from xianfeng.registry import open_items

        open_items.register(open_records.open_at)
