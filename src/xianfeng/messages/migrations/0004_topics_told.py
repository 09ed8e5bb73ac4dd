from django.db import migrations, models

KEPT = "INSERT INTO messaging_topic (key) SELECT key FROM messaging_message WHERE substr(key, 1, 8) <> 'several:'"


class Migration(migrations.Migration):
    """The keys of messages that told of one thing alone are what was told; of several at once none was kept."""

    dependencies = [("messaging", "0003_clockwork_of_its_own")]

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[("key", models.CharField(max_length=160, primary_key=True, serialize=False))],
        ),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="message", name="key"),
    ]
