"""The surface of a scheme: YAML text, its keys and their places. What it means is built and checked elsewhere."""
