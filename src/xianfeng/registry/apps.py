from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "xianfeng.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from xianfeng.registry import memberships, open_items

        open_items.register(memberships.open_at)
