"""The hash of each poll's key, from the file that is kept of it."""

import hashlib
import json
from base64 import b64decode
from typing import Any

from django.db import migrations, models


def told(apps: Any, editor: Any) -> None:
    polls = apps.get_model("issuing", "Poll").objects.using(editor.connection.alias)
    for poll in polls.all():
        poll.key = hashlib.sha256(b64decode(json.loads(poll.text)["key"])).hexdigest()
        poll.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [("issuing", "0001_polls_and_codes")]

    operations = [
        migrations.AddField("poll", "key", models.CharField(max_length=64, null=True)),
        migrations.RunPython(told, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("poll", "key", models.CharField(max_length=64, unique=True)),
    ]
