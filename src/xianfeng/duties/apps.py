from datetime import timedelta

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "xianfeng.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.duties import check, tick
        from xianfeng.log import verify
        from xianfeng.messages import ticks

        verify.register(check.findings)
        ticks.register("duties", timedelta(minutes=10), tick.tick)
