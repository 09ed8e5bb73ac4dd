from django.apps import AppConfig


class BoxConfig(AppConfig):
    name = "xianfeng.ballots.box"
    label = "box"
