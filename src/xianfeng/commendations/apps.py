from django.apps import AppConfig


class CommendationsConfig(AppConfig):
    name = "xianfeng.commendations"
    label = "commendations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.commendations import waits
        from xianfeng.commendations.conditions import concerns, full, unfit
        from xianfeng.ledger import conditions
        from xianfeng.ledger import waits as waiting

        conditions.register(concerns=concerns, beforehand=unfit, in_turn=full)
        waiting.register(under_way=waits.under_way)
