"""The attribute of a check that holds what its decorators say. This separate module lets pytest import little."""

MARKS = "astrbot_marks"
