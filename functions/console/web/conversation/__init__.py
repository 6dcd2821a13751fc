"""A conversation: what was said, the answer to it, and what staff do beside it."""
