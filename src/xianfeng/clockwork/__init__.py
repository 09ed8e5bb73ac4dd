"""What returns at its time and what waits to be done, for all rooms: ticks, tasks and the worker that does them."""
