from django.apps import AppConfig


class GradingsConfig(AppConfig):
    name = "xianfeng.gradings"
    label = "gradings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.gradings import check
        from xianfeng.gradings.models import Proposal, ProposalLine
        from xianfeng.log import triggers, verify

        triggers.protect(Proposal)
        triggers.protect(ProposalLine)
        verify.register(check.findings)
