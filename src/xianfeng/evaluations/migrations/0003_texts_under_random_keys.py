"""Keys that count told which texts were typed one after the other: those that are there get random ones too."""

import random
import uuid
from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def rekey(apps: Any, schema_editor: Any) -> None:
    made = apps.get_model("evaluations", "RekeyedAnswer")
    held = list(
        apps.get_model("evaluations", "WrittenAnswer").objects.values("electorate_id", "question", "text", "shown")
    )
    random.SystemRandom().shuffle(held)
    made.objects.bulk_create(made(**one) for one in held)
    if schema_editor.connection.vendor == "postgresql":  # no table is renamed while its constraints wait to be checked
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0002_written_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="RekeyedAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("question", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("shown", models.BooleanField(default=False)),
                (
                    "electorate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="evaluations.electorate"
                    ),
                ),
            ],
        ),
        migrations.RunPython(rekey, migrations.RunPython.noop),
        migrations.DeleteModel(name="WrittenAnswer"),
        migrations.RenameModel(old_name="RekeyedAnswer", new_name="WrittenAnswer"),
    ]
