"""The functions that inspect every response of a target."""

import time
from collections.abc import Callable

from astrbot_conformance.http.response import HttpResponse


class Observers(list[Callable[[HttpResponse], None]]):
    """Functions that get every response. `errors`: their errors, for the report of the run."""

    def __init__(self) -> None:
        """Start with no function and no error."""
        super().__init__()
        self.errors: list[Exception] = []

    def show(self, response: HttpResponse) -> float:
        """Pass a response to every function; return the processor seconds that this took.

        An error of a function does not end the check that sent the request.
        """
        began = time.thread_time()
        for observe in self:
            try:
                observe(response)
            except Exception as error:  # noqa: BLE001  stored for the report of the run
                self.errors.append(error)
        return time.thread_time() - began
