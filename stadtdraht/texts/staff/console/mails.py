"""Mails to staff: how many wait and where to look. No names and no words of citizens, since mail leaves the system."""

from stadtdraht.domain.staff.notices import Notice
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.console.duty import say_span


def say_notice(notice: Notice, town: Town, url: str) -> tuple[str, str]:
    """Subject and text. url: of the inbox."""
    parts = list(_parts(notice))
    subject = f"{town.name}: {parts[0][0]}"
    for_whom = f"Sie vertreten {notice.instead_of}.\n\n" if notice.instead_of else ""
    body = "\n\n".join(f"{said}. {advice}".strip() for said, advice in parts)
    end = (
        "Aus Gründen des Datenschutzes stehen hier weder Namen noch Texte. Ob Sie diese Mails bekommen, stellen Sie in der "
        "Konsole unter „Mein Konto“ ein."
    )
    return subject, f"Guten Tag {notice.to.name},\n\n{for_whom}{body}\n\n{url}\n\n{end}\n"


def _parts(notice: Notice) -> list[tuple[str, str]]:
    found = []
    if notice.need:
        said = "Eine Nachricht klingt" if notice.need == 1 else f"{notice.need} Nachrichten klingen"
        found.append(
            (f"{said} nach einem Notfall", "Der Hinweis auf die 112 ging sofort hinaus. Bitte lesen Sie jetzt nach.")
        )
    if notice.windows:
        whom = "einem Menschen" if notice.windows == 1 else f"{notice.windows} Menschen"
        found.append((f"Das freie Schreiben endet bei {whom} bald", "Danach gehen nur noch Vorlagen."))
    if notice.undelivered:
        said = "Eine Antwort ist" if notice.undelivered == 1 else f"{notice.undelivered} Antworten sind"
        found.append((f"{said} nicht angekommen", "Warum, steht im Gespräch."))
    if notice.waiting:
        who = "Ein Mensch wartet" if notice.waiting == 1 else f"{notice.waiting} Menschen warten"
        longest = "" if notice.waiting == 1 else ", der längste"
        found.append((f"{who}{longest} seit {say_span(notice.longest)} Dienstzeit", ""))
    return found
