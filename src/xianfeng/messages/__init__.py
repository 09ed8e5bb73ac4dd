"""Messages: what somebody is told of, in the inbox and by channels."""
