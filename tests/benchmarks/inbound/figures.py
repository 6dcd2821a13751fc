"""A figure beside its bound, and the table they are printed in."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured or counted number. most: the bound, None where a figure only explains another."""

    name: str
    value: float
    unit: str = ""
    most: float | None = None
    between: tuple[float, float] | None = None
    """Quartiles of what the number is the median of."""

    @property
    def is_missed(self) -> bool:
        return self.most is not None and self.value > self.most

    @property
    def verdict(self) -> str:
        if self.most is None:
            return ""
        return "MISSED" if self.is_missed else "kept"


def table(title: str, figures: Sequence[Figure]) -> str:
    """The figures in lines that stand below each other."""
    width = max(len(figure.name) for figure in figures)
    lines = [title, f"  {'':{width}}  {'figure':>10} {'bound':>10}"]
    for figure in figures:
        bound = "" if figure.most is None else f"≤ {figure.most:g}"
        lines.append(
            f"  {figure.name:{width}}  {figure.value:>10.3f} {bound:>10} {figure.unit:<16} {figure.verdict:<6}"
            f"{_spread(figure.between)}".rstrip()
        )
    return "\n".join(lines)


def _spread(between: tuple[float, float] | None) -> str:
    return "" if between is None else f" half of the turns {between[0]:.2f} to {between[1]:.2f}"
