"""Moved: faults stand in astrbot_reference.faults now (`from .server import Server, fault`)."""

from astrbot_reference.faults.server import Server, fault

__all__ = ["Server", "fault"]
