import django.db.models.deletion
from django.db import migrations, models

import xianfeng.voice.models


class Migration(migrations.Migration):
    dependencies = [
        ("voice", "0001_comments_complaints"),
    ]

    operations = [
        migrations.AddField(
            model_name="commentevent",
            name="answer",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="commentevent",
            name="words",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="complaint",
            name="answers",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="comment",
            name="salt",
            field=models.CharField(default=xianfeng.voice.models._salt, max_length=32),
        ),
        migrations.CreateModel(
            name="ComplaintEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("", "Waiting"), ("dropped", "Dropped"), ("merged", "Merged"), ("kept", "Kept")],
                        max_length=12,
                    ),
                ),
                ("answer", models.TextField()),
                ("actor", models.CharField(max_length=60)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="voice.complaint"
                    ),
                ),
            ],
        ),
    ]
