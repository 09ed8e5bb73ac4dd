from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("log", "0001_entries_postings_seals")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO log_head (name, value) SELECT '@' || stream, MAX(seq) FROM log_entry GROUP BY stream",
            "DELETE FROM log_head WHERE name LIKE '@%'",
        ),
    ]
