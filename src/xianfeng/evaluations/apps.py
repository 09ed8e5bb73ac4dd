from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "xianfeng.evaluations"
    label = "evaluations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.evaluations import waits
        from xianfeng.ledger import waits as waiting

        waiting.register(to_do=waits.to_do, under_way=waits.under_way)
