"""What to do next about an error: rules and use cases say what stops them and which, the command line names a command.

Placeholders in braces are attributes of the error, so an advice can name the id in question.
"""

from collections.abc import Mapping

from stadtdraht.adapters.files.subscriber_file import NotUtf8
from stadtdraht.domain.broadcast.broadcast import Finished, NotReleased
from stadtdraht.domain.broadcast.promise import PromiseBroken
from stadtdraht.domain.broadcast.template_variables import NoRoomInTemplates
from stadtdraht.domain.errors import NoSecret, StadtdrahtError, UnknownTown
from stadtdraht.domain.privacy.legal_hold import NoHold, OnHold
from stadtdraht.usecases.broadcast.load_broadcast import NoSuchBroadcast
from stadtdraht.usecases.broadcast.plan_broadcast import TooManyForPortfolio
from stadtdraht.usecases.broadcast.release_broadcast import SecondPersonNeeded
from stadtdraht.usecases.broadcast.send_newsletter import DraftNeeded
from stadtdraht.usecases.broadcast.stop_and_resume import NewsletterOver
from stadtdraht.usecases.cases.work_on_case import CaseMissing
from stadtdraht.usecases.contests.messages import WinnerOutOfReach
from stadtdraht.usecases.contests.open_contest import ContestMissing, ContestsOverlap
from stadtdraht.usecases.crisis.crisis_links import CannotWarn
from stadtdraht.usecases.inbound.find_person import NobodyFound
from stadtdraht.usecases.inbound.work_on_conversation import NoSuchConversation, TakenBySomebody, WindowClosed
from stadtdraht.usecases.privacy.reveal_number import NoNumber, NoReason
from stadtdraht.usecases.whatsapp.check_account import TemplateNotAsApproved

ADVICE: Mapping[type[StadtdrahtError], str] = {
    UnknownTown: "`stadtdraht town list` shows those that are.",
    NoSecret: "`stadtdraht doctor` says more.",
    # cases and conversations
    CaseMissing: "`stadtdraht case list --town …` shows those that are open.",
    NobodyFound: (
        "Möglich sind: Telefonnummer in jeder Schreibweise (0151 …, +49 151 …), Nutzerkennung (DE.…), die Kennung aus "
        "einer Liste (20 Zeichen) oder die Nummer einer Meldung (2026-0142). Wer wartet: "
        "`stadtdraht inbox list --town {town_id}`; offene Meldungen: `stadtdraht case list --town {town_id}`."
    ),
    NoSuchConversation: "`stadtdraht inbox list` shows those that wait.",
    WindowClosed: (
        "Rufen Sie an (die Nummer zeigt `stadtdraht citizen reveal --town {town_id} {citizen_id} --why …`), schreiben "
        "Sie einen Brief, oder warten Sie, bis die Person wieder schreibt."
    ),
    TakenBySomebody: (
        "Read it with `stadtdraht inbox show`, then answer with --anyway, or take it over with "
        "`stadtdraht inbox assign`."
    ),
    # contests
    ContestMissing: "`stadtdraht contest list --town …` shows those that are.",
    ContestsOverlap: "Take another time, or first `stadtdraht contest close {contest_id}`.",
    WinnerOutOfReach: "Reach them another way: `stadtdraht contest export {contest_id} --with-people FILE`.",
    # citizens
    NotUtf8: "Save it from the spreadsheet as “CSV UTF-8”, and import that file.",
    # crisis
    CannotWarn: (
        "Name one under crisis_templates in the town file (docs/operations/templates.md), apply it, and try again; "
        "`stadtdraht crisis ready --town {town_id}` says what else is missing."
    ),
    # privacy
    OnHold: (
        "Tell the person so (Art. 17 (3) GDPR); `stadtdraht case release` or `citizen release` ends it, and carries "
        "out what they asked for in the chat meanwhile."
    ),
    NoReason: 'Zum Beispiel: --why "Rückruf zu 2026-0142, Rückfrage zum Ort"; ohne Namen.',
    NoNumber: (
        "Schreiben geht, solange das Fenster offen ist: `stadtdraht inbox reply --town {town_id} {citizen_id} --say …`."
    ),
    NoHold: "`stadtdraht citizen holds --town …` shows what is.",
    TemplateNotAsApproved: (
        "WhatsApp Manager shows why; `stadtdraht template check --town {town_id}` reads Meta again and says what to "
        "do. Then send again."
    ),
    # broadcast
    NoSuchBroadcast: "`stadtdraht broadcast list --town …` shows the latest.",
    NoRoomInTemplates: "`stadtdraht broadcast template --town {town_id} --items {items}` writes one for the town file.",
    SecondPersonNeeded: "`stadtdraht broadcast release {broadcast_id} --by NAME` does it.",
    DraftNeeded: "`stadtdraht broadcast draft --town {town_id}`, and somebody else's `stadtdraht broadcast release`.",
    NotReleased: "release it first: `stadtdraht broadcast release {broadcast_id}`",
    PromiseBroken: "--beyond-promise sends it all the same.",
    TooManyForPortfolio: (
        "Narrow it by --topic or --district, or raise number.portfolio_limit in the town file once Meta has."
    ),
    Finished: (
        "Who got it: `stadtdraht broadcast report {broadcast_id}`; of whom nobody knows: "
        "`stadtdraht broadcast unknown {broadcast_id}`"
    ),
    NewsletterOver: (
        "Who did not get it: `stadtdraht broadcast report {broadcast_id}`; what still holds goes out as a new one: "
        "`stadtdraht broadcast draft`"
    ),
}


def advice_for(error: StadtdrahtError) -> str:
    """The advice for its class, else for the nearest class that it derives from; "" when the error says it all."""
    for kind in type(error).__mro__:
        if kind in ADVICE:
            return ADVICE[kind].format_map(vars(error))
    return ""


def with_advice(error: StadtdrahtError) -> str:
    """The error's own text, and on a line of its own what to do next."""
    return "\n".join(filter(None, (str(error), advice_for(error))))
