"""The valid and invalid keys of a run, and the dashboard that creates them."""
