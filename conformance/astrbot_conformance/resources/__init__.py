"""What a run makes on a target, family by family, until it is removed again."""
