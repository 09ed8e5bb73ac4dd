from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "xianfeng.signals"
    label = "signals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.clockwork import ticks
        from xianfeng.ledger import waits as waiting
        from xianfeng.signals import clockwork, waits

        ticks.register("signals", clockwork.EVERY, clockwork.tick)
        waiting.register(to_do=waits.to_do)
