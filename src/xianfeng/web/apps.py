from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "xianfeng.web"
    label = "web"
