"""A rule says what its sentence tells: a share is told by one rule only, and some tell of many records."""

from typing import Any

from django.db import migrations, models


def _told(apps: Any, _schema: Any) -> None:
    signal = apps.get_model("signals", "Signal")
    for one in signal.objects.filter(rule="copied").iterator():
        one.told = {"share": one.share}
        one.save(update_fields=["told"])


class Migration(migrations.Migration):
    dependencies = [("signals", "0001_signals")]

    operations = [
        migrations.AddField("Signal", "told", models.JSONField(default=dict), preserve_default=False),
        migrations.AddField("Signal", "beside", models.JSONField(default=list), preserve_default=False),
        migrations.AlterField("Signal", "other", models.BigIntegerField(default=0)),
        migrations.RunPython(_told, migrations.RunPython.noop),
        migrations.RemoveField("Signal", "share"),
    ]
