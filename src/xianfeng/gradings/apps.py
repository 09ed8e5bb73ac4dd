from django.apps import AppConfig


class GradingsConfig(AppConfig):
    name = "xianfeng.gradings"
    label = "gradings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.gradings import check, conditions, waits
        from xianfeng.gradings.models import Proposal, ProposalLine
        from xianfeng.ledger import conditions as asked
        from xianfeng.ledger import waits as waiting
        from xianfeng.log import triggers, verify

        triggers.protect(Proposal)
        triggers.protect(ProposalLine)
        verify.register(check.findings)
        asked.register(concerns=conditions.concerns, in_turn=conditions.refused)
        waiting.register(to_do=waits.to_do, under_way=waits.under_way)
