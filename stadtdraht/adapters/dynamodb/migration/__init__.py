"""Rows of older shapes, and how they take the present one."""
