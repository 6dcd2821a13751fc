"""Newsletters: written, tried, released by somebody else, watched and reported."""
