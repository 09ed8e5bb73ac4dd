import json

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from xianfeng.log.bulk import batched


def mention(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Which fields name another record or who acts is said by the schemes, in their own language."""
    from xianfeng.ledger import forms, mentions

    record, kept = apps.get_model("ledger", "Record"), apps.get_model("ledger", "Mention")
    for version, kind in record.objects.order_by().values_list("scheme_id", "kind").distinct():
        form = forms.form(version, kind)
        rows = record.objects.filter(scheme_id=version, kind=kind).values_list("id", "state", "values").iterator()
        for some in batched(rows) if form.mentioning else ():
            kept.objects.bulk_create(
                kept(record_id=number, target=target)
                for number, state, values in some
                for target in mentions.named(form, state, json.loads(values))
            )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_when_records_wake")]

    operations = [
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("target", models.BigIntegerField(db_index=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mentions", to="ledger.record"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("record", "target"), name="mention_once")],
            },
        ),
        migrations.RunPython(mention, migrations.RunPython.noop),
        migrations.DeleteModel("Handler"),
    ]
