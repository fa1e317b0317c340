"""First contact: which AstrBot stands there, whether it can be judged, and what it publishes."""
