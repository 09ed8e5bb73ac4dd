from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0001_rounds_terms_duties_circulars"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(condition=models.Q(("state", 0)), fields=["organisation", "due"], name="duty_open"),
        ),
    ]
