from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Tick",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("last", models.DateTimeField(null=True)),
                ("queued", models.DateTimeField(null=True)),
                ("fault", models.CharField(blank=True, max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("began", models.DateTimeField()),
                ("seen", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
