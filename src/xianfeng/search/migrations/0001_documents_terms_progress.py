"""Tables of the index. The table of terms is written by hand: Django knows no table that is its own index."""

from __future__ import annotations

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import xianfeng.log.numbered
import xianfeng.registry.paths


def make_terms(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    ending = " WITHOUT ROWID" if schema_editor.connection.vendor == "sqlite" else ""
    columns = "term bigint NOT NULL, document bigint NOT NULL, PRIMARY KEY (term, document)"
    schema_editor.execute(f"CREATE TABLE search_searchterm ({columns}){ending}")


def drop_terms(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TABLE search_searchterm")


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("id", xianfeng.log.numbered.NumberField(primary_key=True, serialize=False)),
                ("kind", models.SmallIntegerField()),
                ("about", models.BigIntegerField()),
                ("public", models.BooleanField()),
                ("full", models.BooleanField()),
                ("seq", models.BigIntegerField()),
                ("title", models.TextField()),
                ("text", models.TextField()),
                ("name", xianfeng.registry.paths.PathField()),
                ("keys", models.TextField()),
                ("paths", models.TextField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="searchdocument",
            constraint=models.UniqueConstraint(fields=("kind", "about", "full"), name="search_document_once"),
        ),
        migrations.AddIndex(
            model_name="searchdocument",
            index=models.Index(fields=["kind", "name", "id"], name="search_document_name"),
        ),
        migrations.CreateModel(
            name="SearchProgress",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("reached", models.BigIntegerField()),
                ("serial", models.BigIntegerField()),
                ("spelling", models.CharField(max_length=40)),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make_terms, drop_terms)],
            state_operations=[
                migrations.CreateModel(
                    name="SearchTerm",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "term", "document", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("term", models.BigIntegerField()),
                        ("document", models.BigIntegerField()),
                    ],
                ),
            ],
        ),
    ]
