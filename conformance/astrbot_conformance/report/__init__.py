"""What a run writes: each module renders the same report in one form."""
