"""Benchmarks of the newsletter's way out: pace, CPU, calls and their price (docs/operations/benchmarks.md)."""
