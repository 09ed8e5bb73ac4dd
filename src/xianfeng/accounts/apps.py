from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "xianfeng.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.accounts.models import AccountEvent
        from xianfeng.log import triggers

        triggers.protect(AccountEvent)
