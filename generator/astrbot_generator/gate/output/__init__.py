"""The output formats: one module each, with `render(judgement) -> str`."""
