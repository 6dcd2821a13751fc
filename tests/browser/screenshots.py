"""`make screenshots`: every page of the console at 390 and 1,280 pixels, by day and by night."""

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.browser.console import PAGES, staff_of
from tests.support.running_system import running

TARGET = Path("build/screenshots")
SIZES = {390: 844, 1280: 900}
SCHEMES = ("light", "dark")


async def take(run: dict[str, object]) -> list[str]:
    """Names of the pages that had nothing to show."""
    missing = set()
    async with staff_of(run) as staff:
        for town in sorted({it.town for it in PAGES.values()}):
            context = await staff.at(town)
            page = await context.new_page()
            for name, shown in PAGES.items():
                if shown.town != town:
                    continue
                if not await staff.show(page, shown):
                    missing.add(name)
                    continue
                for width, height in SIZES.items():
                    for scheme in SCHEMES:
                        await page.set_viewport_size({"width": width, "height": height})
                        await page.emulate_media(color_scheme=scheme)
                        await page.screenshot(path=TARGET / f"{name}-{width}-{scheme}.png", full_page=width < 600)
            await context.close()
    return sorted(missing)


def main() -> None:
    """Starts the system with its sample day, looks at every page, and ends it."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as state, running(Path(state), STADTDRAHT_SAMPLE_DAY="1") as system:
        missing = asyncio.run(take(system.run))
    print(f"{TARGET}/: {len(list(TARGET.glob('*.png')))} pictures")
    if missing:
        print(f"nothing to show on: {', '.join(missing)}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
