import datetime as dt

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_STATES = [(0, "Open"), (1, "Met"), (2, "Late"), (3, "Void"), (4, "Over")]
_OVER = "UPDATE duties_duty SET state = 4 WHERE state IN (1, 2) AND met > most"
_FORGOTTEN = "DELETE FROM duties_tally WHERE round IN (SELECT round FROM duties_duty WHERE state = 4)"
_COUNTED = """
WITH RECURSIVE up(place, above) AS (
    SELECT id, id FROM registry_place
    UNION ALL
    SELECT up.place, p.parent_id FROM up JOIN registry_place AS p ON p.id = up.above WHERE p.parent_id IS NOT NULL
)
INSERT INTO duties_tally (place, round, state, due, many)
SELECT up.above, d.round, d.state, CASE WHEN d.state = 0 THEN d.due ELSE %s END, count(*)
FROM duties_duty AS d JOIN up ON up.place = d.place
WHERE d.state <> 3 AND d.round IN (SELECT round FROM duties_duty WHERE state = 4) GROUP BY 1, 2, 3, 4
"""


def count(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """What was met by more than is allowed stood as met until now."""
    connection = editor.connection
    done = connection.ops.adapt_datetimefield_value(dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    with connection.cursor() as cursor:
        cursor.execute(_OVER)
        cursor.execute(_FORGOTTEN)
        cursor.execute(_COUNTED, [done])


class Migration(migrations.Migration):
    dependencies = [("duties", "0004_begun_by")]

    operations = [
        migrations.AlterField("duty", "state", models.SmallIntegerField(choices=_STATES)),
        migrations.AlterField("tally", "state", models.SmallIntegerField(choices=_STATES)),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(condition=models.Q(("state", 4)), fields=["organisation", "round"], name="duty_over"),
        ),
        migrations.RunPython(count, migrations.RunPython.noop, atomic=True),
    ]
