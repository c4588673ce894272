"""All that goes out: the limiter of every call, and the worker that empties the queue."""
