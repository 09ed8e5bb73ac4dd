from django.apps import AppConfig


class CommendationsConfig(AppConfig):
    name = "xianfeng.commendations"
    label = "commendations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.commendations.conditions import refuse
        from xianfeng.ledger import conditions

        conditions.register(refuse)
