from django.apps import AppConfig
from django.utils.translation import gettext

from xianfeng import sentences


class WebConfig(AppConfig):
    name = "xianfeng.web"
    label = "web"

    def ready(self) -> None:
        sentences.translate_with(gettext)
