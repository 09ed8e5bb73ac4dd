from django.apps import AppConfig


class ClockworkConfig(AppConfig):
    name = "xianfeng.clockwork"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.clockwork import forget, ticks

        ticks.register("forget", forget.EVERY, forget.forget)
