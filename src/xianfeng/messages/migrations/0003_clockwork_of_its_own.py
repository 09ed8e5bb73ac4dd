from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def leave(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What waits under its former address nobody can do; each tick is begun anew."""
    tasks = apps.get_model("django_tasks_database", "DBTaskResult")
    tasks.objects.filter(task_path="xianfeng.messages.tasks.tick").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0002_language_of_letters"),
        ("clockwork", "0001_ticks_workers"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [
        migrations.RunPython(leave, migrations.RunPython.noop),
        migrations.DeleteModel("Tick"),
        migrations.DeleteModel("Worker"),
    ]
