"""Judges what the line did with an example, key by key of what is right: RIGHT, HALF (it asked) or WRONG."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from tests.understanding.collection import REAL_NEED, Example

SOME_WARNING = (
    "WAS: Großbrand mit Rauch WO: Bocholt, ganzes Stadtgebiet BIS: 22:00 Uhr TUN: Schließen Sie Fenster und Türen."
)
NEED_FLAGS = {"emergency": "emergency", "violence": "violence", "despair": "despair"}
LED_BY = ("*112*", "112")
REPORTS = {"report:hint", "report:idea", "report:suggestion", "report:criticism", "report:praise"}
COMMAND_REPLIES: Mapping[str, frozenset[str]] = {
    "privacy": frozenset({"privacy"}),
    "imprint": frozenset({"imprint"}),
    "help": frozenset({"help"}),
    "my_data": frozenset({"my_data"}),
    "erase": frozenset({"erase_ask", "erase_ask_held"}),
    "status": frozenset({"case_state", "case_none", "case_none_yet", "case_asked"}),
    "topics": frozenset({"topics_ask", "topics_set"}),
    "district": frozenset({"district_ask", "district_set", "district_unknown"}),
    "opening_hours": frozenset({"opening_hours"}),
    "human": frozenset({"human"}),
}


class Verdict(StrEnum):
    RIGHT = "right"
    HALF = "half right"
    WRONG = "wrong"


Judged = tuple[str, Verdict, str]
"""(what was judged, how, what was done instead)"""


def judge(example: Example, turns: Sequence[Mapping[str, Any]]) -> Iterator[Judged]:
    """turns: as `inbox try --json` prints them."""
    right, last = example.right, turns[-1]
    kinds = [reply["kind"] for turn in turns for reply in turn["replies"]]
    if "need" in right:
        yield from _need(right, last)
    if "stop" in right:
        yield from _stop(example, last, kinds)
    if "command" in right:
        yield _command(right["command"], last, kinds)
    if "joins" in right:
        yield _is("joins", _asks_for(last, set(right["joins"])), last, last["after"]["asked"])
    if "name" in right:
        yield _is("name", last["after"]["name"].casefold() == right["name"].casefold(), last, last["after"]["name"])
    if "yes" in right:
        yield _yes(example, right["yes"], last)
    if "concern" in right:
        yield from _concern(right, last)
    case = last["staff"]["case"]
    if "asks_place" in right:
        asks = bool(case and case["asks_place"])
        yield _is("asks for a place", asks == right["asks_place"], last, str(asks))
    if right.get("place") and case:
        yield _is("place", _overlap(case["place"], right["place"]), last, case["place"])
    for key, done in (("chain", "chain"), ("sensitive", "sensitive"), ("contest", "contest_entry")):
        if key in right:
            is_so = last[done] or (key == "contest" and bool({"call_terms", "call_ask"} & set(kinds)))
            yield _is(key, bool(is_so) == right[key], last)
    if "abuse" in right:
        yield _is("abuse", ("abuse" in last["staff"]["flags"]) == right["abuse"], last)
    if "alert" in right:
        yield _is(f"alert: {right['alert']}", _alert(right["alert"], kinds), last, " ".join(kinds))


def _need(right: Mapping[str, Any], last: Mapping[str, Any]) -> Iterator[Judged]:
    flags = set(last["staff"]["flags"]) & set(NEED_FLAGS.values())
    first = last["replies"][0]["text"].splitlines()[0] if last["replies"] else ""
    is_led = any(number in first for number in LED_BY) and not flags
    need = right["need"]
    if need in REAL_NEED and not right.get("soft"):
        verdict = Verdict.RIGHT if flags else Verdict.HALF if is_led else Verdict.WRONG
        yield "need", verdict, last["meaning"]
        if flags:
            yield _is("which need", NEED_FLAGS[need] in flags, last)
    elif need == "none":
        yield "harmless", Verdict.WRONG if flags else Verdict.HALF if is_led else Verdict.RIGHT, last["meaning"]
    elif need == "medical_advice":
        yield _is("doctor", any(reply["kind"] == "medical_advice" for reply in last["replies"]), last)


def _stop(example: Example, last: Mapping[str, Any], kinds: Sequence[str]) -> Iterator[Judged]:
    stop, before, after = example.right["stop"], set(example.takes), set(last["after"]["takes"])
    asks, gone = "stop_ask" in kinds, set(example.takes) - after
    if stop == "ask":
        yield "stop: ask", Verdict.RIGHT if asks else Verdict.WRONG, last["meaning"]
    elif stop in ("none", "help"):
        verdict = Verdict.WRONG if gone else Verdict.HALF if asks else Verdict.RIGHT
        yield "near miss of stop", verdict, last["meaning"]
        if stop == "help":
            yield _is("how to leave", "how_to_leave" in kinds, last)
    elif before or stop == "all":
        is_done = bool(gone) or "goodbye" in kinds or "left" in kinds or "topics_set" in kinds
        yield "stop", Verdict.RIGHT if is_done else Verdict.HALF if asks else Verdict.WRONG, last["meaning"]
        if is_done and isinstance(stop, list):
            offers = {name for name in stop if not name.startswith("topic:")}
            left_topics = {name.removeprefix("topic:") for name in stop} - offers
            kept = set(last["after"]["topics"])
            is_exact = gone == (offers & before) and (not left_topics or bool(kept and not kept & left_topics))
            yield _is("parts of stop", is_exact, last, " ".join(sorted(gone)))


def _command(command: str, last: Mapping[str, Any], kinds: Sequence[str]) -> Judged:
    name, _, language = command.partition(":")
    if name == "language":
        return _is("command", last["after"]["language"] == language, last)
    return _is("command", bool(COMMAND_REPLIES[name] & set(kinds)), last)


def _asks_for(last: Mapping[str, Any], offers: set[str]) -> bool:
    """Whether they are asked for their consent to just these, or for the name that goes before it."""
    kind, _, named = str(last["after"]["asked"]).partition(":")
    return (kind == "name" and last["meaning"] == "join") or (kind == "consent" and set(named.split(",")) == offers)


def _yes(example: Example, right: bool | None, last: Mapping[str, Any]) -> Judged:
    kind, is_open = example.asked.partition(":")[0], bool(last["after"]["asked"])
    said = {"yes": True, "no": False}.get(last["meaning"])
    if kind == "rate":  # content or not; what is between them counts as content
        low = any(reply["kind"] in ("case_rated_low", "case_reopened") for reply in last["replies"])
        said = None if is_open else not low
    if right is None:
        return _is("typed answer", said is None and not last["erases"], last)
    return _is("typed answer", said is right, last)


def _concern(example: Mapping[str, Any], last: Mapping[str, Any]) -> Iterator[Judged]:
    right, case, waits = example["concern"], last["staff"]["case"], last["staff"]["waits"]
    if right == "none":
        opens_none = not waits and case is None
        yield _is("opens no work", opens_none, last)
        if example.get("stop") in (None, "none") and not example.get("chain"):  # which are asked about, or silent
            yield _is("small talk", opens_none, last)
    else:
        yield _is("reaches staff", bool(waits or case or last["staff"]["flags"]), last)
        if case:
            said = "praise" if right == "report:praise" else right.removeprefix("report:")
            yield _is("kind of report", case["kind"] == said, last, case["kind"])


def _alert(right: str, kinds: Sequence[str]) -> bool:
    done = {kind for kind in kinds if kind.startswith("alert_")}
    if right == "unknown":
        return "alert_real" not in done
    return f"alert_{right}" in done


def _overlap(said: str, right: str) -> bool:
    one, other = said.casefold(), right.casefold()
    return bool(one) and (
        one in other or other in one or bool(set(one.split()) & {w for w in other.split() if len(w) > 4})
    )


def _is(what: str, is_right: bool, last: Mapping[str, Any], instead: str = "") -> Judged:
    return what, Verdict.RIGHT if is_right else Verdict.WRONG, instead or str(last["meaning"])


def given_of(example: Example) -> Mapping[str, Any]:
    """`given` of the contract."""
    return {
        "takes": list(example.takes),
        "asked": example.asked,
        "contest": "contest" in example.right,
        "live_alert": example.right.get("live", SOME_WARNING if example.right.get("alert") == "state" else ""),
    }
