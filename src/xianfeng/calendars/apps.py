from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "xianfeng.calendars"
    label = "calendars"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.calendars import store
        from xianfeng.log import verify

        verify.register(store.check)
