"""Requirements, findings, judgements, and the verdict of a run."""
