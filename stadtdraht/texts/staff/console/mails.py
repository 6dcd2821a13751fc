"""Mails to staff: how many wait and where to look. No names and no words of citizens, since mail leaves the system."""

from collections.abc import Iterator

from stadtdraht.domain.staff.notices import Notice
from stadtdraht.domain.town import Town
from stadtdraht.texts.staff.console.duty import say_span
from stadtdraht.texts.staff.language import reading, say, say_many


def say_notice(notice: Notice, town: Town, url: str) -> tuple[str, str]:
    """Subject and text, in the language of whoever gets it. url: of the inbox."""
    with reading(notice.to.language):
        parts = list(_parts(notice))
        hello = say("Guten Tag {name},", name=notice.to.name)
        for_whom = say("Sie vertreten {names}.", names=notice.instead_of) if notice.instead_of else ""
        body = "\n\n".join(f"{said}. {advice}".strip() for said, advice in parts)
        end = say(
            "Aus Gründen des Datenschutzes stehen hier weder Namen noch Texte. Ob Sie diese Mails bekommen, stellen Sie in "
            "der Konsole unter „Mein Konto“ ein."
        )
    text = "\n\n".join(filter(None, (hello, for_whom, body, url, end)))
    return f"{town.name}: {parts[0][0]}", f"{text}\n"


def _parts(notice: Notice) -> Iterator[tuple[str, str]]:
    if notice.need:
        said = say_many(
            notice.need,
            "Eine Nachricht klingt nach einem Notfall",
            "{number} Nachrichten klingen nach einem Notfall",
        )
        yield said, say("Der Hinweis auf die 112 ging sofort hinaus. Bitte lesen Sie jetzt nach.")
    if notice.windows:
        said = say_many(
            notice.windows,
            "Das freie Schreiben endet bei einem Menschen bald",
            "Das freie Schreiben endet bei {number} Menschen bald",
        )
        yield said, say("Danach gehen nur noch Vorlagen.")
    if notice.undelivered:
        said = say_many(
            notice.undelivered, "Eine Antwort ist nicht angekommen", "{number} Antworten sind nicht angekommen"
        )
        yield said, say("Warum, steht im Gespräch.")
    if notice.waiting:
        said = say_many(
            notice.waiting,
            "Ein Mensch wartet seit {span} Dienstzeit",
            "{number} Menschen warten, der längste seit {span} Dienstzeit",
            span=say_span(notice.longest),
        )
        yield said, _overnight(notice)


def _overnight(notice: Notice) -> str:
    if not notice.overnight:
        return ""
    if notice.overnight == notice.waiting:
        return say_many(
            notice.overnight,
            "Die Nachricht kam außerhalb der Sprechzeit.",
            "Alle haben außerhalb der Sprechzeit geschrieben.",
        )
    return say_many(
        notice.overnight,
        "Einer davon hat außerhalb der Sprechzeit geschrieben.",
        "{number} davon haben außerhalb der Sprechzeit geschrieben.",
    )
