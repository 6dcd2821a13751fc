"""What stopped somebody, by the name of the error. {…}: attributes of the error, states by their label."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.texts.staff.account import in_words
from stadtdraht.texts.staff.broadcast.newsletter_lint import in_place, promise_broken
from stadtdraht.texts.staff.broadcast.newsletters import STATES
from stadtdraht.texts.staff.broadcast.web_trouble import feed_not_read, nothing_new
from stadtdraht.texts.staff.crisis.cap_in import NOT_CAP
from stadtdraht.texts.staff.language import german, say, say_why
from stadtdraht.texts.staff.legal_hold import named

SAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "UnknownTown": german("Eine Stadt „{town}“ ist hier nicht eingerichtet."),
        # cases and conversations
        "CaseMissing": german("Eine Meldung „{number}“ gibt es nicht."),
        "CaseChanged": german(
            "Jemand anderes hat {number} gerade geändert. Sehen Sie noch einmal nach, und entscheiden Sie neu."
        ),
        "NoSuchConversation": german("Mit {citizen_id} gibt es kein Gespräch."),
        "TakenBySomebody": german("Dieses Gespräch hat schon {colleague}."),
        # contests
        "ContestMissing": german("Einen Wettbewerb „{contest_id}“ gibt es nicht."),
        "ContestChanged": german(
            "Jemand anderes hat {contest_id} gerade geändert. Sehen Sie noch einmal nach, und entscheiden Sie neu."
        ),
        "ContestsOverlap": german(
            "Eine Stadt hat nur einen offenen Wettbewerb zur selben Zeit, und {contest_id} läuft dann noch."
        ),
        "WinnerOutOfReach": german(
            "Wer {entry_id} eingesandt hat, lässt sich auf WhatsApp nicht mehr erreichen: Die letzte Nachricht ist "
            "über 24 Stunden her."
        ),
        # citizens
        "NotUtf8": german("{file} ist ab Zeile {line} kein Text in UTF-8."),
        # crisis
        "CannotWarn": german("{town_id} kann nicht warnen: Die Stadtdatei nennt keine Vorlage für Warnungen."),
        # privacy
        "NoHold": german("Zu {whose} ist nichts festgehalten."),
        # newsletters
        "NoSuchBroadcast": german("Einen Newsletter „{broadcast_id}“ gibt es nicht."),
        "NoRoomInTemplates": german("{town_id} hat keine Vorlage für einen Newsletter mit {items} Meldungen."),
        "ChangedMeanwhile": german(
            "Jemand anderes hat {broadcast_id} gerade geändert. Sehen Sie noch einmal nach, und wiederholen Sie es."
        ),
        "StateForbids": german("{broadcast_id} ist schon {state}."),
        "NotADraft": german("{broadcast_id} ist kein Entwurf mehr, sondern {state}."),
        "NotReleased": german("{broadcast_id} ist noch ein Entwurf: Niemand hat ihn freigegeben."),
        "Finished": german("{broadcast_id} ist fertig: Alle, für die er war, waren an der Reihe."),
        "NewsletterOver": german(
            "Die Zeit von {broadcast_id} ist vorbei: Seit {since} Uhr geht nichts mehr davon hinaus."
        ),
        "SecondPersonNeeded": german(
            "Ihre Stadt will vier Augen: {created_by} hat {broadcast_id} geschrieben, also gibt ihn jemand anderes frei."
        ),
        "NotAsked": german("{broadcast_id} wartet auf keine Freigabe."),
        "OwnRelease": german("{name} hat {broadcast_id} geschrieben, also gibt ihn jemand anderes frei."),
        "ReasonMissing": german("Sagen Sie in 1 bis {most} Zeichen, was an {broadcast_id} anders werden soll."),
        "ResumesLate": german("{broadcast_id} ist seit {since} Uhr angehalten. Gilt noch alles, was darin steht?"),
        "NoTesters": german("{town_name} hat niemanden zum Ausprobieren."),
        "DraftNeeded": german(
            "{town_id} will vier Augen: Eine Person schreibt den Entwurf, eine andere gibt ihn frei."
        ),
    }
)

_CONTEST_FLAWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": "Ein Titel hat 1 bis {most} Zeichen und kein * und keine geschweiften Klammern",
        "keyword_length": "ein Stichwort hat {fewest} bis {most} Buchstaben oder Ziffern",
        "keyword_taken": "das Stichwort „{keyword}“ heißt schon etwas anderes",
        "over_before_it_begins": "er wäre vorbei, bevor er beginnt",
        "too_long": "er wäre länger als {most} Tage offen",
        "deleted_before_it_ends": "die Einsendungen würden gelöscht, bevor er endet",
        "photos_kept": "Fotos bleiben {most} Tage; der Tag der Löschung muss darin liegen",
        "entries_kept": "Einsendungen bleiben höchstens {most} Tage",
        "terms": "die Teilnahmebedingungen brauchen eine Adresse, die mit https:// beginnt",
        "entries_per_person": "eine Person darf {fewest} bis {most} Einsendungen schicken",
        "over": "{contest_id} ist schon vorbei",
    }
)


def _too_many(error: Any) -> str:
    portions = say("auch in Tagesteilen geht es nicht")
    if error.days and error.days > error.most_days:
        too_long = german("in Tagesteilen dauert es {days} Tage, und {most} sind das Meiste")
        portions = say(too_long, days=error.days, most=error.most_days)
    elif error.days:
        portions = say("in Tagesteilen dauert es {days} Tage, und bis dahin ist er abgelaufen", days=error.days)
    room = {"planned": error.planned, "limit": error.limit, "portions": portions}
    if not error.reserve:
        return say("{planned} Menschen passen nicht in Metas Grenze von {limit} am Tag; {portions}.", **room)
    return say(
        "{planned} Menschen passen nicht in Metas Grenze von {limit} am Tag, von denen {reserve} für Menschen frei "
        "bleiben, die nur Warnungen bestellt haben; {portions}.",
        reserve=error.reserve,
        **room,
    )


def _contest_not_fit(error: Any) -> str:
    flaws = "; ".join(_CONTEST_FLAWS[flaw].format_map(facts) for flaw, facts in error.flaws.items())
    return f"So lässt sich der Wettbewerb nicht eröffnen oder ändern: {flaws}."


def _on_hold(error: Any) -> str:
    return f"Für ein Verfahren festgehalten ({'; '.join(map(named, error.holds))})."


#: Where a sentence depends on more than the attributes of its error.
_MADE: Final[Mapping[str, Callable[[Any], str]]] = MappingProxyType(
    {
        "OnHold": _on_hold,
        "NotCap": lambda error: NOT_CAP[error.code].format_map(error.facts),
        "ContestNotFit": _contest_not_fit,
        "TooManyForPortfolio": _too_many,
        "TemplateNotAsApproved": lambda error: "\n".join(map(in_words, error.troubles)),
        "FeedNotRead": feed_not_read,
        "NothingNew": nothing_new,
        "NewsletterNotFit": lambda error: "\n".join(map(in_place, error.findings)) or str(error),
        "PromiseBroken": lambda error: say(
            "{promise}; nehmen Sie einen anderen Tag oder andere Leser.", promise=promise_broken(error.why)
        ),
    }
)


def refusal_words(error: StadtdrahtError) -> str:
    """In words of staff, for its class or the nearest that has some; as the error says it where there are none."""
    for kind in type(error).__mro__:
        if kind.__name__ in _MADE:
            return _MADE[kind.__name__](error)
        if kind.__name__ in SAYS:
            known = vars(error)
            state = known.get("state", "")
            return say(SAYS[kind.__name__], **{**known, "state": say(STATES.get(state, state))})
    return say_why(error)
