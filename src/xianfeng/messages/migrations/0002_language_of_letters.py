from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0001_messages_deliveries")]

    operations = [
        migrations.AddField(
            model_name="preference",
            name="language",
            field=models.CharField(blank=True, default="", max_length=10),
            preserve_default=False,
        ),
    ]
