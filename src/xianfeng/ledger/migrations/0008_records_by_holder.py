from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_mentions_of_records")]

    operations = [
        migrations.AlterField(model_name="record", name="holder", field=models.BigIntegerField()),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["holder", "state", "kind", "scheme", "seq"], name="record_holder"),
        ),
    ]
