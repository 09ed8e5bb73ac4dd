from typing import Any

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    going: Any = apps.get_model("inspections", "Going")
    drawn: Any = apps.get_model("inspections", "DrawnVisit")
    visits = drawn.objects.values_list("id", "inspectors")
    going.objects.bulk_create(
        (going(visit_id=visit, code=code) for visit, codes in visits.iterator() for code in codes), batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_plans_drawn_visits")]

    operations = [
        migrations.CreateModel(
            name="Going",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(db_index=True, max_length=40)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="going",
                        to="inspections.drawnvisit",
                    ),
                ),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
