from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_links_of_one_sending")]

    operations = [migrations.AddField(model_name="draft", name="many", field=models.BooleanField(default=False))]
