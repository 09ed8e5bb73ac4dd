from django.db import migrations, models

import xianfeng.log.numbered


class Migration(migrations.Migration):
    dependencies = [
        ("bulletins", "0001_closings"),
    ]

    operations = [
        migrations.AddField(
            model_name="closing",
            name="content",
            field=models.TextField(default=""),
        ),
        migrations.CreateModel(
            name="Manuscript",
            fields=[
                ("id", xianfeng.log.numbered.NumberField(primary_key=True, serialize=False)),
                ("scheme", models.CharField(max_length=64)),
                ("bulletin", models.CharField(max_length=64)),
                ("issuer", models.CharField(max_length=200)),
                ("series", models.CharField(max_length=200)),
                ("content", models.TextField()),
                ("revision", models.PositiveIntegerField(default=1)),
                ("changed", models.DateTimeField(auto_now=True)),
                ("authors", models.JSONField(default=list)),
                ("stage", models.CharField(max_length=16)),
                ("version", models.CharField(default="", max_length=64)),
                ("as_of", models.BigIntegerField(null=True)),
                ("proof", models.CharField(default="", max_length=64)),
                ("number", models.PositiveIntegerField(null=True)),
                ("closing", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["scheme", "stage", "id"], name="manuscript_stage")],
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "series", "number"), name="manuscript_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("stage", "dropped"), _negated=True),
                        fields=("scheme", "bulletin"),
                        name="manuscript_name",
                    ),
                ],
            },
        ),
    ]
