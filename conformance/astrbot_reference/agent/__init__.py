"""The agent behind chat: what it understands, what it replies, and the events it sends."""
