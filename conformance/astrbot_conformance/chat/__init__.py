"""What the run says, the streams that answer it, and the sessions that come of it."""
