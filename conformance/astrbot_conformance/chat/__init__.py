"""The messages of the run, the streams that respond to them, and the sessions that they create."""
