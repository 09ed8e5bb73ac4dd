"""The index: a projection of organisations, records, closings and schemes; rebuilt and compared (see check)."""

from __future__ import annotations

from django.db import models

from xianfeng.log.numbered import NumberField
from xianfeng.registry.paths import PathField


class SearchDocument(models.Model):
    """What is found, and what is shown of it.

    Its number is also its order among equals: what is closed is negative, then by weight, then by when it was last
    written of. A record of which the public may read a part has two documents, one for the public and one in full.
    Nothing personal is ever in one.
    """

    id = NumberField(primary_key=True)
    kind = models.SmallIntegerField()  # terms.Kind
    about = models.BigIntegerField()  # the organisation, record, closing or (first entry of a) scheme
    public = models.BooleanField()  # everybody may read all that this document says
    full = models.BooleanField()  # it says everything that is not personal
    seq = models.BigIntegerField()  # the last entry about it
    title = models.TextField()
    text = models.TextField()  # its texts, line by line
    name = PathField()  # the title, folded
    keys = models.TextField()  # |code|initials|pinyin|
    paths = models.TextField()  # of the places at which it is read in full, line by line

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "about", "full"], name="search_document_once")]
        indexes = [models.Index(fields=["kind", "name", "id"], name="search_document_name")]


class SearchTerm(models.Model):
    """That a document has a term. On SQLite the table is its own index (WITHOUT ROWID)."""

    pk = models.CompositePrimaryKey("term", "document")
    term = models.BigIntegerField()
    document = models.BigIntegerField()


class SearchProgress(models.Model):
    """One row: how far the index has come."""

    id = models.SmallIntegerField(primary_key=True)
    reached = models.BigIntegerField()  # the last entry that is in the index
    serial = models.BigIntegerField()  # the last number given to a document
    spelling = models.CharField(max_length=40)  # how terms were made; another way needs another index
