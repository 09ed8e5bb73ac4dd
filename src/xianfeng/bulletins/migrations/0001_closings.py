import django.db.models.deletion
from django.db import migrations, models

import xianfeng.log.numbered


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0001_records_versions_attachments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Closing",
            fields=[
                ("id", xianfeng.log.numbered.NumberField(primary_key=True, serialize=False)),
                ("issuer", models.CharField(max_length=200)),
                ("series", models.CharField(max_length=200)),
                ("number", models.PositiveIntegerField()),
                ("bulletin", models.CharField(max_length=64)),
                ("issued", models.DateField()),
                ("as_of", models.BigIntegerField()),
                ("tree", models.BigIntegerField()),
                ("template", models.CharField(max_length=64)),
                ("document", models.TextField()),
                ("sealed", models.BigIntegerField()),
                ("root", models.CharField(max_length=128)),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.schemeversion"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("issuer", "series", "number"), name="closing_number")],
            },
        ),
    ]
