import json

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from xianfeng import canonical


def wake(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Which clocks make moves by themselves is said by the schemes, in their own language: the ledger reads them."""
    from xianfeng.ledger import clocks, versions

    rows = apps.get_model("ledger", "Record").objects.exclude(clocks="{}").only("scheme_id", "kind", "state", "clocks")
    for row in rows.iterator():
        told = {move: canonical.dumps(one) for move, one in json.loads(row.clocks).items()}
        row.wakes = clocks.wakes(versions.scheme(row.scheme_id).kinds[row.kind].flow, row.state, told)
        if row.wakes is not None:
            row.save(update_fields=["wakes"])


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_clocks_of_records")]

    operations = [
        migrations.AddField("record", "wakes", models.CharField(max_length=27, null=True)),
        migrations.AddIndex(
            "record",
            models.Index(condition=models.Q(wakes__isnull=False), fields=["scheme", "wakes"], name="record_wakes"),
        ),
        migrations.RunPython(wake, migrations.RunPython.noop),
    ]
