"""What an update costs on its way in, each figure beside its bound (docs/operations/benchmarks.md)."""
