from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "xianfeng.inspections"
    label = "inspections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.inspections import check, waits
        from xianfeng.ledger import waits as waiting
        from xianfeng.log import verify

        verify.register(check.findings)
        waiting.register(to_do=waits.to_do, under_way=waits.under_way)
