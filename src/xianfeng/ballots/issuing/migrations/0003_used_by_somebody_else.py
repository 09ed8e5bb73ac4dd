"""Codes whose electors say that somebody else used them, once each; and how many."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("issuing", "0002_a_key_signs_for_one_poll")]

    operations = [
        migrations.AddField("poll", "disputed", models.IntegerField(default=0)),
        migrations.AddField("code", "is_disputed", models.BooleanField(default=False)),
    ]
