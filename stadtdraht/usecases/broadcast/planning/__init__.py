"""Whom it reaches, when, and what it costs."""
