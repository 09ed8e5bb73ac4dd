from datetime import timedelta
from functools import partial

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "xianfeng.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.clockwork import ticks
        from xianfeng.duties import check, tick
        from xianfeng.ledger import versions
        from xianfeng.log import verify

        verify.register(check.findings)
        ticks.register("duties", timedelta(minutes=10), tick.tick)
        versions.after_adopting(partial(ticks.soon, "duties"))  # who owes what of it is known at once
