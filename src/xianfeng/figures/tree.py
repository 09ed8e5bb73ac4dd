"""What the registry says of organisations, and who stands below whom now, as SQL over its tables.

Every place that counts in a question has the row it counts in: the organisation asked for, or, broken down, the child
it lies under (the organisation itself for what lies at itself). 'As it was then' is the subtree of every place the
organisation ever had (`ranges.then`). 'As it is now' is every place of every organisation that stands under it now:
whoever was merged stands under its successor, whoever closed without one where it last was.
"""

from __future__ import annotations

# Made once for each state of the registry, from its tables `raw` (organisations as they are called now) and `places`.
# A place is always made after the one above it, so an organisation's greatest place is its last.
STANDING = """
WITH last AS (SELECT organisation, max(id) AS id FROM places GROUP BY organisation)
SELECT o.id AS organisation, coalesce(o.successor, above.organisation) AS above
FROM raw AS o JOIN last ON last.organisation = o.id
JOIN places AS own ON own.id = last.id LEFT JOIN places AS above ON above.id = own.parent
"""
# On these days, and on no other, an organisation comes to be called otherwise, or to stand elsewhere.
CHANGES = """
SELECT since FROM places WHERE since IS NOT NULL
UNION SELECT since FROM designations WHERE since IS NOT NULL
UNION SELECT until FROM designations
ORDER BY 1
"""
# Made for a stretch of days between two changes, from any `$day` in it and what organisations were called before
# (`designations`). `tier`: the level of the division that an organisation is or belongs to, at the place where it
# stood, or stood last; before it stood anywhere, at its first.
ORGANISATIONS = """
WITH RECURSIVE
called AS (
    SELECT o.* REPLACE (
        coalesce(d.code, o.code) AS code, coalesce(d.name, o.name) AS name,
        coalesce(d.level, o.level) AS level, coalesce(d.category, o.category) AS category
    )
    FROM raw AS o LEFT JOIN designations AS d
    ON d.organisation = o.id AND (d.since IS NULL OR d.since <= $day) AND d.until > $day
),
upward AS (
    SELECT o.id, CASE WHEN o.type = 'division' THEN o.level END AS tier,
        coalesce(max(p.id) FILTER (p.since IS NULL OR p.since <= $day), min(p.id)) AS place
    FROM called AS o LEFT JOIN places AS p ON p.organisation = o.id GROUP BY o.id, o.type, o.level
    UNION ALL
    SELECT u.id, CASE WHEN o.type = 'division' THEN o.level END, above.id
    FROM upward AS u JOIN places AS own ON own.id = u.place JOIN places AS above ON above.id = own.parent
    JOIN called AS o ON o.id = above.organisation
    WHERE u.tier IS NULL
)
SELECT o.*, t.tier FROM called AS o
LEFT JOIN (SELECT id, max(tier) AS tier FROM upward GROUP BY id) AS t ON t.id = o.id
"""

# As it is now: the places, by number, and the row each counts in.
_NOW = """
WITH RECURSIVE heirs AS (
    SELECT organisation, organisation AS key FROM standing WHERE {tops}
    UNION
    SELECT s.organisation, heirs.key FROM standing AS s JOIN heirs ON s.above = heirs.organisation
),
all_of_them AS (SELECT * FROM heirs {and_itself})
SELECT p.lo, h.key FROM places AS p JOIN all_of_them AS h ON p.organisation = h.organisation
"""
NOW = _NOW.format(tops="organisation = $node", and_itself="")
NOW_CHILDREN = _NOW.format(tops="above = $node", and_itself="UNION ALL SELECT $node, $node")

# The children that are open on the day, in registry order: by code.
CHILDREN = """
SELECT o.id FROM organisations AS o WHERE o.id IN (
    SELECT c.organisation FROM places AS m JOIN places AS c ON c.parent = m.id
    WHERE m.organisation = $node
    AND (c.since IS NULL OR c.since <= $until) AND (c.until IS NULL OR c.until > $until)
) ORDER BY o.code
"""
CHILDREN_NOW = """
SELECT o.id FROM organisations AS o JOIN standing AS s ON s.organisation = o.id
WHERE s.above = $node AND o.closed IS NULL ORDER BY o.code
"""
IN_ORDER = "SELECT id FROM organisations WHERE id IN (SELECT unnest($ids::BIGINT[])) ORDER BY code"
