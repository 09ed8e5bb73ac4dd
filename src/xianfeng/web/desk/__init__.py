"""The desk: what an organisation files, what came back to it, what waits for it."""
