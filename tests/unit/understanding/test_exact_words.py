"""STOP is heard however it is typed, and a concern is never taken for it."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.adapters.files.ears import load_ears
from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.text import plain
from stadtdraht.domain.town import Offer
from stadtdraht.domain.understanding.exact_words import Meaning, Understood, understand
from stadtdraht.domain.understanding.reading import Need

BOCHOLT = read(Path(__file__).resolve().parents[3] / "towns" / "bocholt.toml")
TOWN = read(Path(__file__).resolve().parents[3] / "towns" / "arnsberg.toml")


def means(text):
    return understand(text, TOWN).meaning


@pytest.mark.parametrize(
    "text",
    """STOP|stop.|Stopp!|S T O P|s.t.o.p.|sotp|tsop|dtop|stp|st0p|STOPP BITTE|„STOP“|/stop|ＳＴＯＰ|🛑 STOP 🛑|abmelden
    Abmelden bitte|ich will mich abmelden|Bitte keine Nachrichten mehr|keine Nachrichten|Bitte nicht mehr schreiben
    Ich möchte keine Nachrichten mehr bekommen|Hört auf|Aufhören!|Ich kündige|Bitte aus dem Verteiler nehmen
    Keine Werbung mehr|opt out|please stop|stop sending me messages|Abo beenden|Nix mehr schicken|Ich melde mich ab
    Bitte entfernen Sie mich aus dem Verteiler|Hiermit widerrufe ich meine Einwilligung|KEINE NACHRICHTEN MEHR!!!
    Stop. Thank you|STOP danke schön|Stop. Mit freundlichen Grüßen, Erika Muster|STOP bitte. LG Karl|SТOP|STOPALL|REVOKE
    Austragen bitte! Danke, Gruß Karl|STOP!!!1!|STOP1|Bitte löschen Sie meine Nummer aus dem Verteiler|STOP ALL|✋ Stop
    Aus dem Verteiler löschen bitte|Nummer aus Verteiler löschen|Bitte mich aus dem Newsletter austragen
    Bitte nicht mehr anschreiben|Hört auf mir zu schreiben!|Kein Interesse mehr|Ich möchte den Dienst nicht mehr nutzen
    Bitte schicken Sie mir keine Nachrichten mehr, danke. Gruß Erika Muster|Melden Sie mich bitte vom Newsletter ab
    Stop, bitte keine Nachrichten mehr|Nachrichten abbestellen|Ich will nichts mehr von euch""".replace(
        "\n    ", "|"
    ).split("|"),
)
def test_stop_is_heard(text):
    assert understand(text, TOWN) == understand("STOP", TOWN)
    assert means(text) is Meaning.STOP


@pytest.mark.parametrize(
    "text",
    """Wie kann ich meinen Hund abmelden?|Können Sie meinen Hund bitte abmelden?|Auto abmelden bitte|Wohnsitz abmelden
    Seit Wochen habe ich keine Nachrichten mehr von Ihnen bekommen.
    Ich widerrufe meine Einwilligung zum Foto im Amtsblatt
    Warum bekomme ich keine Newsletter mehr? Ich möchte ihn wieder haben!
    Ich habe keine Infos mehr erhalten, ist etwas los?
    Ich will nichts mehr von dem Lärm hören, tun Sie etwas!|Schreiben Sie mir bitte nicht mehr per Post, sondern hier
    Ich will nichts mehr mit dem Auto fahren müssen, wann kommt der Bus?|Die Ampel ist aus. Lasst mich in Ruhe ausreden!
    Bitte nehmen Sie mich aus der Warteliste für den Kita-Platz|Aus der Liste der Schulen fehlt eine|Ende der Sperrung?
    Stopp die gute Arbeit nicht|STOP Fracking|Abmeldung Hund|Stopp-Schild in der Hauptstraße 5 fehlt, danke, Gruß Karl
    Ich möchte meinen Kita-Platz kündigen|Gibt es keine Infos mehr zum Stadtfest?|Schickt mir bitte keine Rechnung
    Warum bekomme ich keine Nachrichten mehr?|Ich bekomme keine Nachrichten|Stoppt den Lärm|Der Bus stoppt nicht mehr
    Bitte nicht abmelden|Ich melde mich ab Montag wieder|Keine Busse mehr am Bahnhof|nichts mehr, danke
    Das Stoppschild fehlt|Wo kündigt man das Abo der Bücherei?""".replace("\n    ", "|").split("|"),
)
def test_a_concern_is_no_stop(text):
    assert means(text) is not Meaning.STOP


@pytest.mark.parametrize(
    "text", ["nur News abbestellen", "News abbestellen bitte", "Stopp Newsletter", "Vom Newsletter abmelden"]
)
def test_one_offer_alone_can_be_left(text):
    assert understand(text, TOWN).offers == (Offer.NEWS,)
    assert means(text) is Meaning.STOP


def test_where_there_is_one_offer_leaving_it_is_leaving():
    alone = replace(TOWN, offers=tuple(text for text in TOWN.offers if text.offer is Offer.NEWS))
    assert understand("News abbestellen", alone).offers == ()


@pytest.mark.parametrize("text", ["Newsletter", "Nachrichten", "Ich möchte den Newsletter", "Anmelden Newsletter"])
def test_the_newsletter_can_be_asked_for_by_any_of_its_names(text):
    assert understand(text, TOWN).offers == (Offer.NEWS,)
    assert means(text) is Meaning.CHOOSE


@pytest.mark.parametrize(
    "text", ["Hallo", "hallooo", "Hi Team!", "Guten Tag liebe Stadt Arnsberg", "Grüß Gott", "Moin zusammen", "Start"]
)
def test_a_greeting_is_a_greeting(text):
    assert means(text) is Meaning.GREETING


@pytest.mark.parametrize(
    "text", ["Hallo, Straße kaputt hier", "Guten Tag, wo kann ich parken", "Hi, mein Hund ist weg"]
)
def test_a_concern_that_begins_with_a_greeting_is_a_concern(text):
    assert means(text) is Meaning.OTHER


@pytest.mark.parametrize(
    "text", ["Es brennt!", "Haus brennt", "Feuer!", "Feuer in der Schule", "112", "Unfall auf der B7", "Gasgeruch"]
)
def test_need_is_recognised(text):
    assert load_ears().read(text, TOWN).need.is_sure


@pytest.mark.parametrize(
    "text",
    [
        "Die Straßenlaterne brennt nicht",
        "Die Laterne vor Haus 7 brennt am Tag",
        "Das Licht im Park brennt",
        "Osterfeuer",
    ],
)
def test_a_lamp_is_no_fire(text):
    assert not load_ears().read(text, TOWN).need.is_sure


@pytest.mark.parametrize("text", ["Danke!", "Vielen Dank für die Info", "Danke für Ihre Antwort"])
def test_thanks_open_no_work(text):
    assert means(text) is Meaning.THANKS


@given(st.text(max_size=80))
def test_whatever_is_typed_means_something(text):
    assert means(text) in Meaning


@given(st.text(max_size=80))
def test_plain_is_stable(text):
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    "text", ["abbestelen", "abmleden", "Abbesstellen", "abmeldn bitte", "kündgen", "nur News abbestelen"]
)
def test_a_slip_in_a_long_word_for_stop_is_forgiven(text):
    assert means(text) is Meaning.STOP


@pytest.mark.parametrize("text", ["anmelden", "Anmeldung", "auftragen", "bestellen", "Ankündigung", "verkünden"])
def test_a_word_that_only_looks_like_stop_is_not_taken_for_it(text):
    assert means(text) is not Meaning.STOP


@pytest.mark.parametrize(
    ("meaning", "texts"),
    [
        (Meaning.STOP, "durdur|Durdurun|İPTAL|Aboneliği iptal et|Lütfen durdur"),
        (Meaning.STOP, "стій|відписатися|Стоп, будь ласка|Стоп!|отписаться|Стоп, пожалуйста"),
        (Meaning.STOP, "wypisz|Wypisz mnie|rezygnuję|zatrzymaj|توقف|أوقف|إلغاء الاشتراك|إيقاف"),
        (Meaning.GREETING, "Merhaba|Günaydın|gunaydin|İyi günler|Başla|Привіт|Добрий день|Почати"),
        (Meaning.GREETING, "Здравствуйте|Начать|Dzień dobry|Cześć|Zacznij|مرحبًا|السلام عليكم|ابدأ"),
        (Meaning.YES, "Evet|Evet, lütfen|Так, будь ласка|Да, пожалуйста|Tak, proszę|نعم، من فضلك"),
        (Meaning.NO, "Hayır, teşekkürler|Ні, дякую|Нет, спасибо|Nie, dziękuję|لا شكرًا|No, thanks"),
        (Meaning.HELP, "Yardım|YARDIM|Допомога|Помощь|Pomoc|مساعدة|المساعدة"),
        (Meaning.THANKS, "Teşekkür ederim|Teşekkürler|Дякую|Спасибо|Dziękuję bardzo|شكرا جزيلا"),
    ],
)
def test_the_words_of_a_conversation_are_known_in_its_languages(meaning, texts):
    assert {text: means(text) for text in texts.split("|") if means(text) is not meaning} == {}


@pytest.mark.parametrize(
    "text",
    [
        "Randevumu iptal etmek istiyorum",
        "Otobüs durağında ışık yok, lütfen",
        "Нет света на нашей улице",
        "Немає води, будь ласка",
        "Nie ma prądu, proszę o pomoc",
        "Autobus się nie zatrzymuje",
        "لا يوجد ماء في شارعنا",
        "أريد إلغاء موعدي",
    ],
)
def test_a_concern_in_another_language_is_no_command(text):
    assert means(text) is Meaning.OTHER


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("News bestellen", Offer.NEWS),
        ("ich möchte die News bestellen", Offer.NEWS),
        ("Krisenwarnungen", Offer.CRISIS),
        ("Warnmeldungen abonnieren", Offer.CRISIS),
        ("новости", Offer.NEWS),
        ("uyarılar", Offer.CRISIS),
    ],
)
def test_an_offer_is_ordered_in_people_s_own_words(text, offer):
    assert understand(text, BOCHOLT) == Understood(Meaning.CHOOSE, (offer,))


@pytest.mark.parametrize(
    ("text", "thanks"), [("👍", True), ("🙏🏽 ❤️", True), ("😡", False), ("👍😡", False), ("?", False)]
)
def test_a_sign_of_thanks_is_thanks(text, thanks):
    assert (understand(text, BOCHOLT).meaning is Meaning.THANKS) == thanks


@pytest.mark.parametrize(
    "text",
    [
        "Mein Mann atmet nicht mehr",
        "Ich will nicht mehr leben",
        "Hilfe, ich blute",
        "Bewusstlose Person am Markt",
        "Gasleck in der Schulstraße",
        "Einbruch beim Nachbarn, gerade jetzt",
        "Help me, I need an ambulance",
        "Допоможіть, пожежа!",
        "Мне плохо, нужна скорая",
        "Pomocy, pali się dom",
        "Evimiz yanıyor",
        "ساعدونا، حريق في البيت",
    ],
)
def test_need_is_heard_in_every_language_and_through_its_own_not(text):
    assert load_ears().read(text, BOCHOLT).need is not Need.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Фонарь не горит",
        "Пожар был вчера",
        "Yangın merdiveni nerede",
        "Die Ampel atmet Abgase",
        "Gestern war ein Einbruch",
    ],
)
def test_what_only_sounds_like_need_is_none(text):
    assert not load_ears().read(text, BOCHOLT).need.is_sure


@pytest.mark.parametrize(
    ("text", "offer"),
    [("keine Warnungen mehr", Offer.CRISIS), ("Bitte keine News mehr!", Offer.NEWS), ("no news please", Offer.NEWS)],
)
def test_no_more_of_one_offer_ends_that_one(text, offer):
    assert understand(text, BOCHOLT) == Understood(Meaning.STOP, (offer,))
    assert understand("keine Nachrichten mehr", BOCHOLT) == Understood(Meaning.STOP)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Danke für die schnelle Antwort", Meaning.THANKS),
        ("Danke schön!", Meaning.THANKS),
        ("Lösch mich bitte", Meaning.ERASE),
        ("Bitte löschen Sie meine Nummer", Meaning.ERASE),
        ("Was speichert ihr über mich?", Meaning.MY_DATA),
        ("Wie ist der Stand meiner Meldung?", Meaning.CASE_STATUS),
    ],
)
def test_what_people_ask_for_in_a_sentence_is_understood(text, meaning):
    assert understand(text, BOCHOLT).meaning is meaning


def test_a_number_is_found_without_its_zeros():
    assert understand("Status 2026-142", BOCHOLT).case_number == "2026-0142"
