from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0008_records_by_holder")]

    operations = [
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                condition=models.Q(("subject__isnull", False)), fields=["subject", "register"], name="record_subject"
            ),
        ),
    ]
