from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agenda", "0001_feeds")]

    operations = [
        migrations.AddField(model_name="feed", name="below", field=models.BooleanField(default=False)),
    ]
