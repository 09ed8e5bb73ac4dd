from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "xianfeng.bulletins"
    label = "bulletins"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.bulletins import checks
        from xianfeng.bulletins.models import Closing
        from xianfeng.log import triggers, verify

        triggers.protect(Closing)
        verify.register(checks.check)
