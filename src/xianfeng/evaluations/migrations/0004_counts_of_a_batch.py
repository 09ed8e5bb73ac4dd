"""Which count of its batch a sheet belongs to is told by a column.

It was folded out of the order of readings: the next after a count that is settled began another. A correction that was
made by one reading, as it once was, settles what it corrects: it belongs to the count before it.
"""

import json
from typing import Any

from django.db import migrations, models


def tell(apps: Any, schema_editor: Any) -> None:
    entries = apps.get_model("log", "Entry").objects.filter(stream="evaluation", action="correct")
    told = ((about, json.loads(body)) for about, body in entries.values_list("about", "body"))
    corrected = {(about, said["pool"], said["batch"], said["reading"]) for about, said in told}
    sheets = apps.get_model("evaluations", "CountingSheet").objects.select_related("electorate")
    batch, count, held = (0, 0), 0, list[Any]()
    for sheet in sheets.order_by("electorate", "batch", "reading"):
        if batch != (batch := (sheet.electorate_id, sheet.batch)):
            count, held = 1, []
        elif _settled(held):
            one = (sheet.electorate.round_id, sheet.electorate.number, sheet.batch, sheet.reading)
            if one not in corrected:
                count, held = count + 1, []
        held.append((sheet.slips, sheet.invalid, sheet.counts))
        sheet.count = count
        sheet.save(update_fields=["count"])


def _settled(held: list[Any]) -> bool:
    return len(held) > 2 or (len(held) == 2 and held[0] == held[1])


class Migration(migrations.Migration):
    dependencies = [
        ("evaluations", "0003_texts_under_random_keys"),
        ("log", "0001_entries_postings_seals"),
    ]

    operations = [
        migrations.AddField(
            model_name="countingsheet",
            name="count",
            field=models.PositiveSmallIntegerField(default=1),
            preserve_default=False,
        ),
        migrations.RunPython(tell, migrations.RunPython.noop),
    ]
