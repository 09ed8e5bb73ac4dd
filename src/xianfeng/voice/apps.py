from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "xianfeng.voice"
    label = "voice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.log import triggers
        from xianfeng.voice.models import CommentEvent, ComplaintEvent

        triggers.protect(CommentEvent)
        triggers.protect(ComplaintEvent)
