import datetime as dt

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_COUNTED = """
WITH RECURSIVE up(place, above) AS (
    SELECT id, id FROM registry_place
    UNION ALL
    SELECT up.place, p.parent_id FROM up JOIN registry_place AS p ON p.id = up.above WHERE p.parent_id IS NOT NULL
)
INSERT INTO duties_tally (place, round, state, due, many)
SELECT up.above, d.round, d.state, CASE WHEN d.state = 0 THEN d.due ELSE %s END, count(*)
FROM duties_duty AS d JOIN up ON up.place = d.place WHERE d.state < 3 GROUP BY 1, 2, 3, 4
"""


def count(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    connection = editor.connection
    done = connection.ops.adapt_datetimefield_value(dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [done])


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0002_open_duties_by_organisation"),
        ("registry", "0002_place_paths"),
    ]

    operations = [
        migrations.AddField(model_name="round", name="terms", field=models.TextField(default="{}")),
        migrations.RemoveConstraint(model_name="duty", name="duty_natural_key"),
        migrations.RemoveIndex(model_name="duty", name="duty_place"),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                fields=("round", "organisation", "appointment", "about", "started"), name="duty_once"
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(condition=models.Q(("state", 0)), fields=["round", "place"], name="duty_open_in_round"),
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "place", "round", "state", "due", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", models.BigIntegerField()),
                ("round", models.BigIntegerField()),
                ("state", models.SmallIntegerField(choices=[(0, "Open"), (1, "Met"), (2, "Late"), (3, "Void")])),
                ("due", models.DateTimeField()),
                ("many", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(count, migrations.RunPython.noop, atomic=True),
    ]
