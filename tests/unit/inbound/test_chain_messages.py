"""What goes round is told from what somebody wants of the town, with WhatsApp's flag and without."""

import pytest

from stadtdraht.domain.inbound.passed_on.chain_messages import is_chain


def chain(text, *, forwarded=False, often=False, senders=0, **more):
    return is_chain(text, forwarded=forwarded or often, often_forwarded=often, same_text_senders=senders, **more)


@pytest.mark.parametrize(
    "text",
    [
        "Ich bin der Geist von Momo. Wenn du mich nicht an 20 Leute weitersendest stehe ich heute nacht an deinem bett",
        "WICHTIG!!! Ab Samstag wird WhatsApp kostenpflichtig. Nur wer das hier an 20 Leute sendet, bleibt gratis",
        "Ab morgen wird WhatsApp kostenpflichtig, schicke diese Nachricht an 10 Kontakte",
        "Bitte dringend teilen!!! Weißer Transporter fährt vor Schulen herum und lockt Kinder mit Welpen",
        "Frohe Weihnachten! Schicke diese Nachricht an alle deine Freunde weiter, damit das Glück zu dir kommt.",
        "Sende dieses Kleeblatt ☘️ an 13 Frauen die du bewunderst. Keine Rücksendung = 13 Tage Pech.",
        "🚀 Bitcoin: aus 250 € wurden bei mir 4.800 € in einer Woche. Link: krypto-gewinn.example",
    ],
)
def test_a_pasted_chain_letter_is_one_without_any_flag(text):
    assert chain(text)


@pytest.mark.parametrize(
    "text",
    [
        "Der Spielplatz am Stadtpark ist voller Scherben, bitte an die Stadt weiterleiten",
        "Auf der Wiesenstraße ist ein Baum umgekippt. Kann das mal bitte jemand an die Stadt weiterleiten?",
        "Könnten Sie das bitte ans Ordnungsamt weiterleiten: Falschparker vor der Schule jeden Morgen",
        "Der Spielplatz am Stadtpark ist voller Scherben und keiner räumt auf",
        "Könnt ihr das bitte an alle weiterleiten die dafür zuständig sind: am Ostring stehen zwei Laternen schief",
        "Am Samstag fällt der Wochenmarkt aus, bitte allen sagen",
    ],
)
def test_what_is_for_the_town_is_none_however_it_came(text):
    assert not chain(text)
    assert not chain(text, forwarded=True)
    assert not chain(text, often=True)
    assert not chain(text, likely=9.0)


@pytest.mark.parametrize(
    "text",
    [
        "Schönen guten Morgen und einen sonnigen Tag 🌞🌹",
        "darf ich eure news an meine freunde weiterleiten",
        "Ich hab die Einladung zum Stadtfest an all meine Nachbarn verschickt, tolles Programm!",
        "Kredit für die Haussanierung, gibt es da was von der KfW über die Stadt?",
        "An alle die das lesen: der Gehweg an der Post ist nicht gestreut",
        "Bitte teilen Sie mir mit, welche Angaben Sie von mir haben!!!",
        "Unser Hund Balu ist am Eichholz abgehauen. Bitte teilen, wer meldet sich?",
    ],
)
def test_what_only_sounds_like_one_is_none(text):
    assert not chain(text)


def test_what_was_learned_decides_only_where_no_rule_does():
    text = "Diese Frau sucht ihren Bruder seit dem Krieg, vielleicht kennt ihn einer"
    assert not chain(text)
    assert chain(text, likely=3.0)
    assert chain(text, forwarded=True, likely=0.5)
