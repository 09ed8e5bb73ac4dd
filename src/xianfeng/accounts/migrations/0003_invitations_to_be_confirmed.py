from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_links_drafts")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="unconfirmed",
            field=models.ForeignKey(
                null=True, on_delete=models.deletion.PROTECT, related_name="+", to="registry.person"
            ),
        ),
    ]
