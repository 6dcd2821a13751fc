"""Charts as SVG that a screen reader can tell: a sentence for the picture, and every value in a table beside it.

No script, no style attribute: what colours mean stands in styles/figures.css.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from stadtdraht.texts.staff.amounts import grouped
from stadtdraht.texts.staff.language import say

WIDTH, HEIGHT, FLOOR, TOP = 400, 196, 174, 6
ROOM = 47  # of numbers before the grid, at least
WIDEST = 40  # of a bar
LABELS = 6  # below the axis, at most
STEPS = (1, 2, 5)
LINES = 5  # above the floor, at most


@dataclass(frozen=True, slots=True)
class Point:
    """One value: its name below the axis, and in the table."""

    name: str
    value: int | None
    """None: not known, or not shown."""
    shown: str = ""
    """As the table says it, where it is not simply the number."""

    @property
    def words(self) -> str:
        return self.shown or ("–" if self.value is None else grouped(self.value))


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of a chart without axes."""

    x: int
    y: int
    words: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a series: one path of lines as thick as a bar, which is a fifth of as many rectangles."""

    css: str
    width: float
    path: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All that a template draws."""

    title: str
    sentence: str
    """What the picture shows, for who does not see it."""
    heads: tuple[str, ...]
    """Of the table's columns behind the first."""
    rows: tuple[tuple[str, ...], ...]
    height: int = HEIGHT
    grid: str = ""
    left: int = 0
    """Where the grid begins."""
    scale: tuple[tuple[int, str], ...] = ()
    """Numbers before the grid, each with its height."""
    names: tuple[tuple[int, str], ...] = ()
    """Below it, each with its place."""
    marks: tuple[Mark, ...] = ()
    bars: tuple[Bars, ...] = ()
    line: str = ""
    area: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    """Of several series: class and name."""
    aim: str = ""
    """A line that the bars are held against; the title says at which value."""


def bars(title: str, unit: str, *series: Sequence[Point], names: Sequence[str] = (), aim: int = 0) -> Chart:
    """One or two bars for each name; two stand beside each other. aim: a value that they are held against."""
    first, count = series[0], len(series)
    axis = _axis(0, max((aim, *(it.value or 0 for one in series for it in one))))
    left = _left(axis)
    slot = (WIDTH - left) / max(len(first), 1)
    width = min(slot * 0.68 / count, WIDEST)
    begin = left + slot / 2 - width * (count - 1) / 2
    drawn = tuple(
        Bars(
            css,
            _r(width),
            "".join(
                f"M{_short(begin + at * slot + number * width)} {FLOOR}V{_y(it.value, axis)}"
                for at, it in enumerate(one)
                if it.value
            ),
        )
        for number, (css, one) in enumerate(zip("ab", series, strict=False))
    )
    return Chart(
        title,
        _sentence(title, _highest(first)),
        tuple(names) or (unit,),
        tuple((it.name, *(one[at].words for one in series)) for at, it in enumerate(first)),
        grid=_grid(axis, left),
        left=left,
        scale=_scale(axis),
        names=_names([it.name for it in first], left + slot / 2, slot),
        bars=drawn,
        keys=tuple(zip("ab", names, strict=False)) if count > 1 else (),
        aim=f"M{left} {_y(aim, axis)}H{WIDTH}" if aim else "",
    )


def shares(title: str, names: tuple[str, str], parts: Sequence[tuple[str, int, int]]) -> Chart:
    """Of each name two parts of a whole, one upon the other; as high as each other, however many there were."""
    axis = range(0, 101, 50)
    left = _left(axis)
    slot = (WIDTH - left) / max(len(parts), 1)
    width, begin = min(slot * 0.68, WIDEST), left + slot / 2
    whole, part, rows = "", "", []
    for at, (name, of, other) in enumerate(parts):
        if not of + other:
            rows.append((name, "–"))
            continue
        share, x = round(100 * of / (of + other)), _short(begin + at * slot)
        whole += f"M{x} {FLOOR}V{TOP}"
        part += f"M{x} {FLOOR}V{_y(share, axis)}" if of else ""
        rows.append((name, f"{share}"))
    every = sum(of + other for _, of, other in parts)
    said = say("noch keine Werte")
    if every:
        said = say("zusammen {share}", share=round(100 * sum(of for _, of, _ in parts) / every))
    return Chart(
        title,
        _sentence(title, said),
        names[:1],
        tuple(rows),
        grid=_grid(axis, left),
        left=left,
        scale=_scale(axis),
        names=_names([name for name, _, _ in parts], left + slot / 2, slot),
        bars=(Bars("b", _r(width), whole), Bars("a", _r(width), part)),  # the part stands before the whole
        keys=tuple(zip("ab", names, strict=True)),
    )


def line(title: str, unit: str, points: Sequence[Point]) -> Chart:
    """Over time, from about its smallest value up: for what is never near zero."""
    known = [(at, it.value) for at, it in enumerate(points) if it.value is not None]
    values = [value for _, value in known]
    axis = _axis(min(values, default=0), max(values, default=0))
    left = _left(axis)
    slot = (WIDTH - 4 - left) / max(len(points) - 1, 1)
    spots = [(_r(left + at * slot), _y(value, axis)) for at, value in known]
    text = " ".join(f"{_short(x)},{y}" for x, y in spots)
    said = say("noch keine Werte")
    if known:
        begin, end = points[known[0][0]], points[known[-1][0]]
        said = say(
            "von {first} ({begin}) auf {last} ({end})",
            first=begin.words,
            begin=begin.name,
            last=end.words,
            end=end.name,
        )
    return Chart(
        title,
        _sentence(title, said),
        (unit,),
        tuple((it.name, it.words) for it in points),
        grid=_grid(axis, left),
        left=left,
        scale=_scale(axis),
        names=_names([it.name for it in points], left, slot),
        line=text,
        area=f"{_short(spots[0][0])},{FLOOR} {text} {_short(spots[-1][0])},{FLOOR}" if spots else "",
    )


def lying_bars(title: str, unit: str, points: Sequence[Point]) -> Chart:
    """A share each, with its name before it and its number behind: for names that are too long below an axis."""
    name_width, longest = 120, 220
    top = max((it.value or 0 for it in points), default=0) or 1
    drawn, marks = "", []
    for at, it in enumerate(points):
        length = _r(longest * (it.value or 0) / top)
        marks.append(Mark(0, 18 + 30 * at, it.name[:18]))
        marks.append(Mark(round(name_width + length + 6), 19 + 30 * at, it.words))
        drawn += f"M{name_width} {15 + 30 * at}h{_short(length)}" if it.value else ""
    return Chart(
        title,
        _sentence(title, _highest(points)),
        (unit,),
        tuple((it.name, it.words) for it in points),
        height=30 * max(len(points), 1),
        marks=tuple(marks),
        bars=(Bars("a", 16, drawn),),
    )


def heat_class(value: int, most: int) -> str:
    """How dark a cell of a table is: "" for nothing, h1 to h4."""
    return f"h{min(4, 1 + value * 4 // (most + 1))}" if value else ""


def _sentence(title: str, words: str) -> str:
    return say("{title}: {words}. Alle Werte stehen in der Tabelle darunter.", title=title, words=words)


def _highest(points: Sequence[Point]) -> str:
    peak = max(points, key=lambda it: it.value or 0, default=None)
    if peak and peak.value:
        return say("höchster Wert {value} ({name})", value=peak.words, name=peak.name)
    return say("überall null")


def _axis(low: int, high: int) -> range:
    """The values of its lines: round numbers at even steps, as few as hold both."""
    size = 1
    while True:
        for it in STEPS:
            step = it * size
            begin, end = low // step * step, -(-high // step) * step
            if end - begin <= LINES * step:
                return range(begin, max(end, begin + step) + 1, step)
        size *= 10


def _grid(axis: range, left: int) -> str:
    return "".join(f"M{left} {_y(value, axis)}H{WIDTH}" for value in axis)


def _scale(axis: range) -> tuple[tuple[int, str], ...]:
    return tuple((_y(value, axis), grouped(value)) for value in axis)


def _names(names: Sequence[str], first: float, slot: float) -> tuple[tuple[int, str], ...]:
    every = -(-len(names) // LABELS) or 1
    return tuple((round(first + at * slot), name) for at, name in enumerate(names) if at % every == 0)


def _left(axis: range) -> int:
    """The same for most, so that charts below each other begin at one line."""
    return max(ROOM, 12 + 7 * len(grouped(axis[-1])))


def _y(value: int | None, axis: range) -> int:
    return round(FLOOR - (FLOOR - TOP) * ((value or 0) - axis[0]) / (axis[-1] - axis[0]))


def _r(value: float) -> float:
    return round(value, 1)


def _short(value: float) -> str:
    """As a path says it, in half units: 12.5, 13."""
    return f"{round(value * 2) / 2:g}"
