from django.apps import AppConfig
from django.utils.translation import gettext

from xianfeng import sentences


class BoxConfig(AppConfig):
    name = "xianfeng.ballots.box"
    label = "box"

    def ready(self) -> None:
        sentences.translate_with(gettext)
