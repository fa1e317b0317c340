"""The operations that play a special role for the transport, as a value. Only its creator knows the API."""

from dataclasses import dataclass

from astrbot_api.operation import Operation


@dataclass(frozen=True, slots=True)
class Roles:
    """The operations with a special role, by id or by tag.

    ping: a cheap read, which shows whether the target still responds. other_ping: another one, in case that operation
    is the one that does not respond. confidential: their responses contain a
    credential, so they are never quoted. messages: the server is still busy with them after its response. quiet_tags:
    while a write to one of these runs, the server cannot handle any other request. lone_tags: the server loses one of
    two such writes that run together. created_id: the member with the id of what a GET creates.
    """

    ping: Operation
    other_ping: Operation | None = None
    confidential: frozenset[str] = frozenset()
    messages: frozenset[str] = frozenset()
    quiet_tags: frozenset[str] = frozenset()
    lone_tags: frozenset[str] = frozenset()
    created_id: str = "id"

    def is_confidential(self, operation: Operation) -> bool:
        """Whether the responses of an operation contain a credential."""
        return operation.id in self.confidential

    def is_message(self, operation: Operation) -> bool:
        """Whether the server is still busy with a request after its response."""
        return operation.id in self.messages

    def needs_quiet(self, operation: Operation) -> bool:
        """Whether a request must run alone, after the messages are finished."""
        return operation.tag in self.quiet_tags and operation.side_effect != "read"

    def must_run_alone(self, operation: Operation) -> bool:
        """Whether a request must not run together with another request."""
        return operation.tag in self.lone_tags and operation.side_effect != "read"
