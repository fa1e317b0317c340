"""The agent behind chat: how it understands messages, what it replies, and in which events."""
