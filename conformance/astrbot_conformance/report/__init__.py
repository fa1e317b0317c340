"""The output files of a run: each module renders the same report in one format."""
