"""Who is visited, by whom: drawn by lot, so that neither the inspectorate nor those who are inspected can choose it."""
