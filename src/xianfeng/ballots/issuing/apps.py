from django.apps import AppConfig


class IssuingConfig(AppConfig):
    name = "xianfeng.ballots.issuing"
    label = "issuing"
