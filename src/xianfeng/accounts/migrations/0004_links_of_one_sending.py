from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_invitations_to_be_confirmed")]

    operations = [migrations.AlterField(model_name="link", name="made", field=models.DateTimeField())]
