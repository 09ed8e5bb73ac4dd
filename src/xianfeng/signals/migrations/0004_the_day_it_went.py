"""A signal that is not found any more keeps its row for a while, with the day on which it went."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signals", "0003_begun_anew")]

    operations = [migrations.AddField("Signal", "gone", models.DateField(null=True))]
