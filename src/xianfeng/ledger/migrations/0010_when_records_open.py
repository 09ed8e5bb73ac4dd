import json

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from xianfeng import canonical


def open_(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Which moves are awaited is said by the schemes, in their own language: the ledger reads them."""
    from xianfeng.ledger import clocks, versions

    rows = apps.get_model("ledger", "Record").objects.exclude(clocks="{}").only("scheme_id", "kind", "state", "clocks")
    for row in rows.iterator():
        told = {move: canonical.dumps(one) for move, one in json.loads(row.clocks).items()}
        row.opens = clocks.opens(versions.scheme(row.scheme_id).kinds[row.kind].flow, row.state, told)
        if row.opens is not None:
            row.save(update_fields=["opens"])


class Migration(migrations.Migration):
    dependencies = [("ledger", "0009_records_by_subject")]

    operations = [
        migrations.AddField("record", "opens", models.CharField(max_length=27, null=True)),
        migrations.RemoveIndex("record", "record_holder"),
        migrations.AddIndex(
            "record",
            models.Index(fields=["holder", "state", "kind", "scheme", "seq", "opens"], name="record_waits"),
        ),
        migrations.RunPython(open_, migrations.RunPython.noop),
    ]
