"""First contact: which AstrBot release the target runs, whether it can be judged, and which operations it publishes."""
