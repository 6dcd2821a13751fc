"""Which page answers which address, and who may see it. Pages are named, not imported: a request loads its own.

infra/features/console.py routes these addresses, one by one, so that the access log tells them apart and knows no
citizen.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Final

from functions.console.web.visit import Page
from stadtdraht.domain.staff.roles import (
    ANNOUNCES,
    ANSWERS,
    EVERYBODY,
    KEEPS_STAFF,
    KEEPS_TEXTS,
    READS_CONVERSATIONS,
    SEES_FIGURES,
    WORKS_ON_CASES,
    WRITES_NEWSLETTERS,
    Roles,
)

TOWN: Final = "/console/{town}"
CASE: Final = f"{TOWN}/cases/{{number}}"
LETTER: Final = f"{TOWN}/newsletters/{{id}}"
TALK: Final = f"{TOWN}/conversations/{{citizen}}"
OPEN: Final = (
    "GET /console/assets/{name}",
    "GET /console",
    "GET /console/sign-in",
    "GET /console/sign-in/forgotten",
    "GET /console/sign-in/{step}",
    "POST /console/sign-in",
    "POST /console/sign-in/password",
    "POST /console/sign-in/enrol",
    "POST /console/sign-in/code",
    "POST /console/sign-in/forgotten",
    "POST /console/sign-in/forgotten/code",
    "POST /console/sign-out",
    "POST /console/sign-out/everywhere",
)
"""Of the door (web/door.py) and the assets: answered to whoever asks."""


@dataclass(frozen=True, slots=True)
class Route:
    """page: `cases.listing.show_cases`, a function below functions/console/web/.

    roles: for all others there is no such page.
    """

    page: str
    roles: Roles
    is_part: bool = False
    """What a page's script asks for by itself: it keeps nobody signed in."""

    def load(self) -> Page:
        module, _, name = self.page.rpartition(".")
        page: Page = getattr(import_module(f"functions.console.web.{module}"), name)
        return page


ROUTES: Final[dict[str, Route]] = {
    f"GET {TOWN}": Route("start.show_start", EVERYBODY),
    f"GET {TOWN}/cases": Route("cases.listing.show_cases", WORKS_ON_CASES),
    f"GET {TOWN}/cases.csv": Route("cases.listing.export", WORKS_ON_CASES),
    f"GET {TOWN}/cases/board": Route("cases.listing.show_board", WORKS_ON_CASES, is_part=True),
    f"GET {CASE}": Route("cases.report.show", WORKS_ON_CASES),
    f"POST {CASE}/preview": Route("cases.report.preview", WORKS_ON_CASES, is_part=True),
    f"POST {CASE}/work": Route("cases.acts.work", WORKS_ON_CASES),
    f"POST {CASE}/forward": Route("cases.acts.forward", WORKS_ON_CASES),
    f"POST {CASE}/note": Route("cases.acts.note", WORKS_ON_CASES),
    f"POST {CASE}/correct": Route("cases.acts.correct", WORKS_ON_CASES),
    f"GET {CASE}/merge": Route("cases.merging.show", WORKS_ON_CASES),
    f"POST {CASE}/merge": Route("cases.merging.merge", WORKS_ON_CASES),
    f"GET {TOWN}/inbox": Route("inbox.listing.show", READS_CONVERSATIONS),
    f"GET {TOWN}/inbox/rows": Route("inbox.listing.show_rows", READS_CONVERSATIONS, is_part=True),
    f"POST {TOWN}/inbox/take": Route("inbox.several.take", ANSWERS),
    f"POST {TOWN}/inbox/assign": Route("inbox.several.assign", ANSWERS),
    f"POST {TOWN}/inbox/close": Route("inbox.several.close", ANSWERS),
    f"GET {TOWN}/texts": Route("texts.show", KEEPS_TEXTS),
    f"POST {TOWN}/texts/ready": Route("texts.take_ready", KEEPS_TEXTS),
    f"GET {TOWN}/texts/{{block}}": Route("texts.edit", KEEPS_TEXTS),
    f"POST {TOWN}/texts/{{block}}": Route("texts.write", KEEPS_TEXTS),
    f"POST {TOWN}/texts/{{block}}/remove": Route("texts.remove", KEEPS_TEXTS),
    f"GET {TOWN}/newsletters": Route("newsletters.listing.show", WRITES_NEWSLETTERS),
    f"GET {TOWN}/newsletters/new": Route("newsletters.begin.show_new", WRITES_NEWSLETTERS),
    f"POST {TOWN}/newsletters/new": Route("newsletters.begin.create", WRITES_NEWSLETTERS),
    f"GET {LETTER}": Route("newsletters.show.show", WRITES_NEWSLETTERS),
    f"POST {LETTER}": Route("newsletters.draft.save", WRITES_NEWSLETTERS),
    f"POST {LETTER}/preview": Route("newsletters.draft.preview", WRITES_NEWSLETTERS, is_part=True),
    f"GET {LETTER}/plan": Route("newsletters.draft.show_plan", WRITES_NEWSLETTERS, is_part=True),
    f"GET {LETTER}/feed": Route("newsletters.begin.show_feed", WRITES_NEWSLETTERS),
    f"POST {LETTER}/feed": Route("newsletters.begin.add", WRITES_NEWSLETTERS),
    f"GET {LETTER}/numbers": Route("newsletters.release.show_numbers", WRITES_NEWSLETTERS),
    f"GET {LETTER}/release": Route("newsletters.release.show", WRITES_NEWSLETTERS),
    f"POST {LETTER}/ask": Route("newsletters.release.ask", WRITES_NEWSLETTERS),
    f"POST {LETTER}/release": Route("newsletters.release.release", WRITES_NEWSLETTERS),
    f"POST {LETTER}/back": Route("newsletters.release.back", WRITES_NEWSLETTERS),
    f"GET {LETTER}/progress": Route("newsletters.running.show_part", WRITES_NEWSLETTERS, is_part=True),
    f"POST {LETTER}/stop": Route("newsletters.running.stop", WRITES_NEWSLETTERS),
    f"POST {LETTER}/resume": Route("newsletters.running.resume", WRITES_NEWSLETTERS),
    f"POST {LETTER}/move": Route("newsletters.running.move", WRITES_NEWSLETTERS),
    f"GET {LETTER}/report.csv": Route("newsletters.report.export", WRITES_NEWSLETTERS),
    f"GET {TALK}": Route("conversation.show.show", READS_CONVERSATIONS),
    f"GET {TALK}/thread": Route("conversation.show.thread", READS_CONVERSATIONS, is_part=True),
    f"GET {TALK}/files/{{message}}": Route("conversation.files.show", READS_CONVERSATIONS),
    f"POST {TALK}/answer": Route("conversation.answer.send", ANSWERS),
    f"POST {TALK}/insert": Route("conversation.answer.insert", ANSWERS),
    f"POST {TALK}/template": Route("conversation.template.send", ANSWERS),
    f"GET {TALK}/forward": Route("conversation.forward.show", ANSWERS),
    f"POST {TALK}/forward": Route("conversation.forward.forward", ANSWERS),
    f"GET {TALK}/report": Route("conversation.report.show", ANSWERS),
    f"POST {TALK}/report": Route("conversation.report.write", ANSWERS),
    f"POST {TALK}/draft": Route("conversation.desk.save", ANSWERS),
    f"POST {TALK}/ask": Route("conversation.release.choose", ANSWERS),
    f"POST {TALK}/ask/release": Route("conversation.release.ask", ANSWERS),
    f"POST {TALK}/release": Route("conversation.release.release", ANSWERS),
    f"POST {TALK}/give-back": Route("conversation.release.give_back", ANSWERS),
    f"POST {TALK}/assign": Route("conversation.acts.assign", ANSWERS),
    f"POST {TALK}/close": Route("conversation.acts.close", ANSWERS),
    f"POST {TALK}/unflag": Route("conversation.acts.unflag", ANSWERS),
    f"POST {TALK}/note": Route("conversation.acts.note", ANSWERS),
    f"POST {TALK}/telephoned": Route("conversation.acts.telephoned", ANSWERS),
    f"GET {TOWN}/figures": Route("figures.show.show", SEES_FIGURES),
    f"GET {TOWN}/figures.csv": Route("figures.show.export", SEES_FIGURES),
    f"GET {TOWN}/staff": Route("staff.listing.listed", KEEPS_STAFF),
    f"GET {TOWN}/staff/log": Route("staff.log.show", KEEPS_STAFF),
    f"POST {TOWN}/staff/invite": Route("staff.acts.invite", KEEPS_STAFF),
    f"GET {TOWN}/staff/{{member}}": Route("staff.listing.of_member", KEEPS_STAFF),
    f"POST {TOWN}/staff/{{member}}/roles": Route("staff.acts.change_roles", KEEPS_STAFF),
    f"POST {TOWN}/staff/{{member}}/absence": Route("staff.acts.change_absence", KEEPS_STAFF),
    f"POST {TOWN}/staff/{{member}}/renew": Route("staff.acts.renew", KEEPS_STAFF),
    f"POST {TOWN}/staff/{{member}}/remove": Route("staff.acts.remove", KEEPS_STAFF),
    f"GET {TOWN}/me": Route("staff.me.show", EVERYBODY),
    f"POST {TOWN}/me": Route("staff.me.change", EVERYBODY),
    f"POST {TOWN}/me/devices": Route("staff.me.sign_out_device", EVERYBODY),
    f"POST {TOWN}/me/absence": Route("staff.me.change_absence", EVERYBODY),
    f"GET {TOWN}/consultations": Route("consultations.pages.show_all", ANSWERS),
    f"POST {TOWN}/consultations": Route("consultations.pages.plan", ANSWERS),
    f"GET {TOWN}/consultations/{{consultation}}": Route("consultations.pages.show", ANSWERS),
    f"GET {TOWN}/consultations/{{consultation}}/queue": Route("consultations.pages.queue", ANSWERS, is_part=True),
    f"GET {TOWN}/consultations/{{consultation}}/end": Route("consultations.pages.confirm_end", ANSWERS),
    f"POST {TOWN}/consultations/{{consultation}}/end": Route("consultations.pages.end", ANSWERS),
    f"POST {TOWN}/consultations/{{consultation}}/announce": Route("consultations.pages.announce", ANNOUNCES),
}
