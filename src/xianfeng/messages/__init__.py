"""Messages: what somebody is told of, in the inbox and by channels; and the worker that sends and keeps time."""
