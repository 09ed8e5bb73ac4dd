"""A signal that becomes another question begins anew; when it was found for the first time is kept beside that."""

from typing import Any

from django.db import migrations, models


def _begun(apps: Any, _schema: Any) -> None:
    apps.get_model("signals", "Signal").objects.update(begun=models.F("found"))


class Migration(migrations.Migration):
    dependencies = [("signals", "0002_what_each_rule_tells")]

    operations = [
        migrations.AddField("Signal", "begun", models.DateField(null=True)),
        migrations.RunPython(_begun, migrations.RunPython.noop),
        migrations.AlterField("Signal", "begun", models.DateField()),
    ]
