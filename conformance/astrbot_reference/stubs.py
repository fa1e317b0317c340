"""The stubs of the newest release. Only this module names that release."""

from astrbot_api.r4_29_3 import models, server

__all__ = ["models", "server"]
