from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "xianfeng.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.accounts import abilities, roots
        from xianfeng.ledger import open_records, proofs, versions
        from xianfeng.ledger.models import SchemeVersion
        from xianfeng.log import triggers, verify
        from xianfeng.registry import open_items

        triggers.protect(SchemeVersion)
        verify.register(proofs.check)
        verify.register(proofs.check_files)
        open_items.register(open_records.open_at)
        open_items.register(open_records.handled_at)
        roots.register(versions.roots)
        abilities.register(versions.role_titles)
