"""What nobody should send by WhatsApp is noticed; what only sounds like it is an ordinary concern."""

import pytest

from stadtdraht.domain.understanding.sensitive_data import Sensitive, found_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kreditkarte 4111 1111 1111 1111 12/28", Sensitive.CARD),
        ("Meine Karte 4111-1111-1111-1111, gültig 09/28", Sensitive.CARD),
        ("Visa 4012888888881881, CVC 123", Sensitive.CARD),
        ("IBAN de89370400440532013000 bitte", Sensitive.IBAN),
        ("auf DE 89 3704 0044 0532 0130 00 überweisen", Sensitive.IBAN),
        ("IBAN DE89 3704 0044 0532 0130 01 ist falsch hinterlegt", Sensitive.IBAN),
        ("Kontonummer 1234567 BLZ 46650005", Sensitive.ACCOUNT),
        ("von meinem konto bei der sparkasse 3345671 blz 40154530", Sensitive.ACCOUNT),
        ("Mein Passwort für das Serviceportal ist Sommer2024!", Sensitive.PASSWORD),
        ("mein passwort ist hasenstall", Sensitive.PASSWORD),
        ("benutzer opa.fritz pw Hasenstall77", Sensitive.PASSWORD),
        ("Die PIN für meinen Perso ist 730014", Sensitive.PASSWORD),
        ("wlan code vom vereinsheim ist Tor2:1Sieg", Sensitive.PASSWORD),
        ("ausweis nr T22000129 verloren", Sensitive.ID_NUMBER),
        ("Führerscheinnummer B072RRE2I55 umtauschen", Sensitive.ID_NUMBER),
        ("meine steuernummer ist 123/4567/8901", Sensitive.TAX_ID),
        ("Krankenversichertennummer A123456780", Sensitive.INSURANCE_NUMBER),
        ("Ich habe Krebs und schaffe den Antrag nicht, wer hilft mir?", Sensitive.HEALTH),
        ("Mein Sohn hat ADHS und braucht einen Schulbegleiter", Sensitive.HEALTH),
        ("Bin seit 2 Jahren in Therapie wegen Angstzuständen", Sensitive.HEALTH),
        ("Corona positiv, muss ich in Quarantäne?", Sensitive.HEALTH),
        ("Wegen meiner Chemo kann ich den Termin am 4. nicht wahrnehmen", Sensitive.HEALTH),
        ("Unser Nachbar Herr Ostrop ist dement", Sensitive.HEALTH),
        ("Für meine Mutter: Alzheimer, mittelschwer", Sensitive.HEALTH),
        ("Mei Frau hot MS ond koi Kraft meh", Sensitive.HEALTH),
        ("Hier mein Attest: Bandscheibenvorfall", Sensitive.HEALTH),
    ],
)
def test_it_is_found(text, kind):
    assert kind in found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mein Aktenzeichen ist 4012888888881881",
        "Kassenzeichen 000123456 steht auf dem Bescheid",
        "auf dem Mast steht die Nummer 4006381333931",
        "Rufen Sie mich bitte zurück, 0171 3920 266",
        "Meine Nummer: 0049 171 3920041",
        "Wo überweise ich die Hundesteuer hin, wie ist Ihre IBAN",
        "mit welcher kreditkarte kann man im bürgerbüro zahlen",
        "Ich habe mein Passwort vergessen, wie setze ich das zurück?",
        "mein Passwort ist abgelaufen",
        "is mei PIN vom Perso bei euch hinterlegt",
        "Ich habe einen Schwerbehindertenausweis, darf ich am Markt parken?",
        "Der Bordstein Marktstr. 5 ist zu hoch für meinen Rollstuhl, bitte absenken",
        "Wie melde ich meine Oma im Pflegeheim an?",
        "Bieten Sie auch Vorträge über Diabetes an?",
        "Wir planen einen Krebs-Benefizlauf, wo dürfen wir langlaufen",
        "Unterstützt die Stadt den Aktionstag gegen Depression?",
        "Ist im Altenheim wieder Corona?",
        "Wie war der Befund der Baumkontrolle? Ihr habt ja alle Bäume untersucht",
        "Unsere Straße: Diagnose Schlagloch",
        "Die Stadt ist krank vor lauter Baustellen",
        "Was brauche ich alles für einen neuen Personalausweis?",
        "mein kennzeichen ist BOR-XY 123, gilt der parkausweis automatisch?",
    ],
)
def test_nothing_is_found_where_nothing_is(text):
    assert found_in(text) == frozenset()
