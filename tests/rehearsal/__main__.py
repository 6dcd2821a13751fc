"""`make rehearse`: breaks a local system of its own in every way of situations.md that is marked ⟳, and mends it.

--only WORDS: chapters that have these words in their title; may stand several times. All take about 16 minutes. Ends
with 1 when one failed.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.rehearsal.chapters import PAGE, Chapter, chapters
from tests.rehearsal.rehearsals import REHEARSALS, Rehearsal
from tests.rehearsal.stage import Stage
from tests.support.running_system import running

MENDED_WITHIN_S = 240.0  # on a busy machine; in the quiet it is seconds


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.rehearsal")
    asked.add_argument("--only", action="append", metavar="WORDS")
    words = [it.lower() for it in asked.parse_args().only or [""]]
    wanted = [it for it in REHEARSALS if any(word in it.chapter.lower() for word in words)]
    page = chapters(PAGE.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as system:
        failed = rehearse(Stage(system, Path(folder)), wanted, page)
    print(f"{len(wanted) - failed} of {len(wanted)} rehearsed as the page says")
    return int(failed > 0)


def rehearse(stage: Stage, wanted: Sequence[Rehearsal], page: dict[str, Chapter]) -> int:
    """How many failed. What rings only after a long silence is broken first and looked at last; the others come one
    after the other.
    """
    early = {it.chapter: replace(stage, values={}) for it in wanted if it.rings_late}
    for it in wanted:
        if it.rings_late:
            _break(it, early[it.chapter])
    failed = 0
    for it in sorted(wanted, key=lambda it: it.rings_late):
        failed += not _went_well(it, early.get(it.chapter) or replace(stage, values={}), page)
    return failed


def _break(it: Rehearsal, stage: Stage) -> None:
    """Its alarm has to ring of this, not of what an earlier one broke."""
    assert it.alarm not in stage.ringing(), f"{it.alarm} rings already"
    it.break_(stage)


def _went_well(it: Rehearsal, stage: Stage, page: dict[str, Chapter]) -> bool:
    began = time.monotonic()
    try:
        if not it.rings_late:
            _break(it, stage)
        rang = f"`{it.alarm}` after {stage.wait_for({it.alarm}, it.within_s):.0f} s" if it.alarm else "nothing rings"
        it.by_hand(stage)
        stage.type(page[it.chapter])
        stage.system.until(lambda: it.is_well(stage), "it to be well again", MENDED_WITHIN_S)
    except (AssertionError, KeyError, StopIteration) as why:
        print(f"✗ {it.chapter}: {why}", flush=True)
        it.by_hand(stage)  # so that the next one meets a whole system
        return False
    print(f"✓ {it.chapter}: {rang}, well again after {time.monotonic() - began:.0f} s", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())
