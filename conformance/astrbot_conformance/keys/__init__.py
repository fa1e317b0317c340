"""The keys of a run, sound ones and others, and the dashboard that makes them."""
