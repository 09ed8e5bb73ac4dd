from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "xianfeng.messages"
    label = "messaging"  # django.contrib.messages has taken the room's own name
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.clockwork import ticks
        from xianfeng.messages import deliver, digest

        ticks.register("digest", digest.EVERY, digest.digest)
        ticks.register("deliver", deliver.EVERY, deliver.deliver)
