from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("duties", "0003_tallies")]

    operations = [
        migrations.RemoveIndex(model_name="duty", name="duty_about"),
        migrations.AddField(
            model_name="duty",
            name="begun_by",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE duties_duty SET begun_by = about, about = 0 WHERE started > 0", migrations.RunSQL.noop
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(condition=models.Q(("started__gt", 0)), fields=["begun_by"], name="duty_begun_by"),
        ),
    ]
