from django.apps import AppConfig


class LogConfig(AppConfig):
    name = "xianfeng.log"
    label = "log"
    default_auto_field = "django.db.models.BigAutoField"
