from django.apps import AppConfig
from django.utils.translation import gettext

from xianfeng import sentences


class IssuingConfig(AppConfig):
    name = "xianfeng.ballots.issuing"
    label = "issuing"

    def ready(self) -> None:
        sentences.translate_with(gettext)
