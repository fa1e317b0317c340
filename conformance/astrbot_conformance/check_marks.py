"""The attribute of a check that holds what its decorators say. A module of its own, so that pytest imports little."""

MARKS = "astrbot_marks"
