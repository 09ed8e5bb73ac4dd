"""Every place gets its path: what reading permission is asked by."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import xianfeng.registry.paths
from xianfeng.registry.paths import step


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    place = apps.get_model("registry", "Place")
    paths: dict[int, str] = {}
    for id_, parent in place.objects.order_by("id").values_list("id", "parent_id").iterator():
        paths[id_] = paths.get(parent, "") + step(id_)
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE registry_place SET path = %s WHERE id = %s", [(path, id_) for id_, path in paths.items()]
        )


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_organisations_people_imports")]

    operations = [
        migrations.AddField(
            model_name="place",
            name="path",
            field=xianfeng.registry.paths.PathField(default=""),
            preserve_default=False,
        ),
        migrations.AddIndex(model_name="place", index=models.Index(fields=["path"], name="place_path")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
