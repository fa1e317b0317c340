"""Resources that a run creates on a target, by kind, until it removes them again."""
