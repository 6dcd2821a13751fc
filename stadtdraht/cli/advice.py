"""What to do next about an error: rules and use cases say what stops them and which, the command line names a command.

Placeholders in braces are attributes of the error, so an advice can name the id in question.
"""

from collections.abc import Mapping

from stadtdraht.adapters.files.subscriber_file import NotUtf8
from stadtdraht.domain.broadcast.broadcast import Finished, NotReleased
from stadtdraht.domain.broadcast.four_eyes import NotAsked, ReasonMissing
from stadtdraht.domain.broadcast.promise import PromiseBroken
from stadtdraht.domain.broadcast.template_variables import NoRoomInTemplates
from stadtdraht.domain.errors import NoSecret, StadtdrahtError, UnknownTown
from stadtdraht.domain.privacy.legal_hold import NoHold, OnHold
from stadtdraht.texts.staff.refusals import refusal_words
from stadtdraht.usecases.broadcast.load_broadcast import NoSuchBroadcast
from stadtdraht.usecases.broadcast.planning.plan_broadcast import TooManyForPortfolio
from stadtdraht.usecases.broadcast.sending.send_newsletter import DraftNeeded
from stadtdraht.usecases.broadcast.sending.stop_and_resume import NewsletterOver, ResumesLate
from stadtdraht.usecases.broadcast.writing.look_at_links import DeadLink
from stadtdraht.usecases.broadcast.writing.release_broadcast import SecondPersonNeeded
from stadtdraht.usecases.cases.work_on_case import CaseMissing
from stadtdraht.usecases.contests.messages import WinnerOutOfReach
from stadtdraht.usecases.contests.open_contest import ContestMissing, ContestsOverlap
from stadtdraht.usecases.crisis.crisis_links import CannotWarn
from stadtdraht.usecases.inbound.find_person import NobodyFound
from stadtdraht.usecases.inbound.work_on_conversation import NoSuchConversation, TakenBySomebody, WindowClosed
from stadtdraht.usecases.privacy.reveal_number import NoNumber, NoReason
from stadtdraht.usecases.whatsapp.check_account import TemplateNotAsApproved

ADVICE: Mapping[type[StadtdrahtError], str] = {
    UnknownTown: "`stadtdraht town list` zeigt, welche es gibt.",
    NoSecret: "`stadtdraht doctor` sagt mehr (says more).",
    # cases and conversations
    CaseMissing: "`stadtdraht case list --town …` zeigt die offenen.",
    NobodyFound: (
        "Möglich sind: Telefonnummer in jeder Schreibweise (0151 …, +49 151 …), Nutzerkennung (DE.…), die Kennung aus "
        "einer Liste (20 Zeichen) oder die Nummer einer Meldung (2026-0142). Wer wartet: "
        "`stadtdraht inbox list --town {town_id}`; offene Meldungen: `stadtdraht case list --town {town_id}`."
    ),
    NoSuchConversation: "`stadtdraht inbox list --town …` zeigt, wer wartet.",
    WindowClosed: (
        "Rufen Sie an (die Nummer zeigt `stadtdraht citizen reveal --town {town_id} {citizen_id} --why …`), schreiben "
        "Sie einen Brief, oder warten Sie, bis die Person wieder schreibt."
    ),
    TakenBySomebody: (
        "Lesen Sie es mit `stadtdraht inbox show`; antworten Sie dann mit --anyway, oder übernehmen Sie es mit "
        "`stadtdraht inbox assign`."
    ),
    # contests
    ContestMissing: "`stadtdraht contest list --town …` zeigt, welche es gibt.",
    ContestsOverlap: "Andere Zeit nehmen, oder ihn vorher beenden: `stadtdraht contest close {contest_id}`.",
    WinnerOutOfReach: (
        "Wer es ist, steht dann in der Tabelle: `stadtdraht contest export {contest_id} --out JURY.zip --with-people "
        "PERSONEN.csv`."
    ),
    # citizens
    NotUtf8: "Speichern Sie sie aus der Tabelle als „CSV UTF-8“, und lesen Sie diese Datei ein.",
    # crisis
    CannotWarn: (
        "Der Betrieb trägt sie unter crisis_templates ein (docs/operations/templates.md) und wendet die Datei an; "
        "`stadtdraht crisis ready --town {town_id}` sagt, was sonst noch fehlt."
    ),
    # privacy
    OnHold: (
        "Sagen Sie das der Person (Art. 17 Abs. 3 DSGVO). `stadtdraht case release` oder `citizen release` beendet es "
        "und führt aus, was sie inzwischen im Chat verlangt hat."
    ),
    NoReason: 'Zum Beispiel: --why "Rückruf zu 2026-0142, Rückfrage zum Ort"; ohne Namen.',
    NoNumber: (
        "Schreiben geht, solange das Fenster offen ist: `stadtdraht inbox reply --town {town_id} {citizen_id} --say …`."
    ),
    NoHold: "`stadtdraht citizen holds --town …` zeigt, was festgehalten ist.",
    TemplateNotAsApproved: (
        "Den Grund zeigt der WhatsApp Manager; `stadtdraht template check --town {town_id}` fragt Meta noch einmal und "
        "sagt, was zu tun ist. Senden Sie danach noch einmal."
    ),
    # broadcast
    NoSuchBroadcast: "`stadtdraht broadcast list --town …` zeigt die neuesten.",
    NoRoomInTemplates: "`stadtdraht broadcast template --town {town_id} --items {items}` schreibt eine dafür.",
    SecondPersonNeeded: "Das geht mit `stadtdraht broadcast release {broadcast_id} --by NAME`.",
    DraftNeeded: "`stadtdraht broadcast draft --town {town_id}`, dann von anderer Hand `stadtdraht broadcast release`.",
    DeadLink: "Bessern Sie den Link aus; mit --unchecked-links geht er trotzdem hinaus.",
    NotReleased: "Geben Sie ihn zuerst frei: `stadtdraht broadcast release {broadcast_id}`",
    ReasonMissing: 'Zum Beispiel: --why "Bitte Umleitung für Radfahrende ergänzen"',
    NotAsked: "Was zur Freigabe wartet: `stadtdraht broadcast list --town …`.",
    ResumesLate: "Mit --yes geht er weiter; was nicht mehr gilt, bleibt angehalten.",
    PromiseBroken: "Mit --beyond-promise geht er trotzdem hinaus.",
    TooManyForPortfolio: (
        "Schränken Sie ihn mit --topic oder --district ein, oder lassen Sie number.portfolio_limit erhöhen, "
        "sobald Meta mehr erlaubt."
    ),
    Finished: (
        "Wer ihn bekam: `stadtdraht broadcast report {broadcast_id}`; bei wem es offen ist: "
        "`stadtdraht broadcast unknown {broadcast_id}`"
    ),
    NewsletterOver: (
        "Wer ihn nicht bekam: `stadtdraht broadcast report {broadcast_id}`. Was noch gilt, geht als neuer hinaus: "
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
    """What stopped it, in German, and on a line of its own what to do next."""
    return "\n".join(filter(None, (refusal_words(error), advice_for(error))))
