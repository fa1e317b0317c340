"""How a judgement is shown: a module each, `render(judgement) -> str`."""
