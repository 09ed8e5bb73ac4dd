from django.db import migrations, models


class Migration(migrations.Migration):
    """A file that was taken off a record may be put on again, by another entry."""

    dependencies = [("ledger", "0002_records_by_register_and_seq")]

    operations = [
        migrations.RemoveConstraint("attachment", "attachment_once"),
        migrations.AddConstraint(
            "attachment",
            models.UniqueConstraint(fields=["record", "field", "sha256", "seq"], name="attachment_once_in_an_entry"),
        ),
    ]
