"""What a person hears in conversation, in every language."""

import string
from pathlib import Path

import pytest

from stadtdraht.adapters.files.town_file import read
from stadtdraht.domain.languages import KNOWN_LANGUAGES
from stadtdraht.domain.understanding.exact_words import Meaning, Understood, understand
from stadtdraht.texts.languages import LANGUAGES
from stadtdraht.texts.replies import language_names
from stadtdraht.texts.sentences import Replies

VREDEN = read(Path(__file__).resolve().parents[3] / "towns" / "vreden.toml")
BUTTON_CHARACTERS = 20  # Meta, Interactive reply buttons, 2026-09
BODY_CHARACTERS = 1024  # Meta, Interactive messages, 2026-09
BUTTONS = (
    "both", "all", "choose_button", "yes", "no", "forget_button", "keep_button", "case_change_kind", "export_button",
    "erase_button", "leave_button", "not_leave_button",
)  # fmt: skip
BY_LANGUAGE = {
    tag: {name: language.sentences[name] for name in Replies.__required_keys__} for tag, language in LANGUAGES.items()
}
GERMAN = BY_LANGUAGE["de"]
SAME_IN_BOTH = {"courtesy_offers", "offer_line", "my_data_name", "left"}


def names_in(wording: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(wording) if field}


def test_the_languages_that_people_can_choose_are_those_we_speak():
    assert set(KNOWN_LANGUAGES) == set(BY_LANGUAGE)
    assert len(set(language_names().values())) == len(BY_LANGUAGE)


@pytest.mark.parametrize("language", BY_LANGUAGE)
def test_every_language_says_everything_with_the_same_facts(language):
    words = BY_LANGUAGE[language]
    assert set(LANGUAGES[language].sentences) == set(LANGUAGES["de"].sentences)
    for name, wording in words.items():
        assert names_in(wording) == names_in(GERMAN[name]), name
        assert len(wording) <= BODY_CHARACTERS, name


@pytest.mark.parametrize("language", BY_LANGUAGE)
def test_every_button_fits(language):
    assert {
        name: BY_LANGUAGE[language][name] for name in BUTTONS if len(BY_LANGUAGE[language][name]) > BUTTON_CHARACTERS
    } == {}


@pytest.mark.parametrize("language", [language for language in BY_LANGUAGE if not language.startswith("de")])
def test_no_sentence_was_left_in_german(language):
    left = {name for name, wording in BY_LANGUAGE[language].items() if wording == GERMAN[name]}
    assert left <= SAME_IN_BOTH


@pytest.mark.parametrize("language", BY_LANGUAGE)
def test_every_text_that_asks_for_stop_asks_for_a_word_we_understand(language):
    assert "*STOP*" in BY_LANGUAGE[language]["ask_consent"]
    assert "112" in BY_LANGUAGE[language]["emergency"]
    assert "110" in BY_LANGUAGE[language]["emergency"]
    assert understand(BY_LANGUAGE[language]["both"], VREDEN).meaning is Meaning.CHOOSE
    for word in ("yes", "no"):
        assert understand(BY_LANGUAGE[language][word], VREDEN).meaning is Meaning(word)
    assert understand(BY_LANGUAGE[language]["all"], VREDEN).meaning is Meaning.CHOOSE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dil türkçe", "tr"),
        ("мова українська", "uk"),
        ("język polski", "pl"),
        ("русский язык", "ru"),
        ("اللغة العربية", "ar"),
        ("Leichte Sprache", "de-easy"),
    ],
)
def test_a_language_is_taken_by_its_own_name(text, language):
    assert understand(text, VREDEN).language == language


@pytest.mark.parametrize("language", [language for language in BY_LANGUAGE if language != "de"])
@pytest.mark.parametrize("name", ["leave_one", "help_leave_one"])
def test_how_to_leave_one_offer_alone_is_told_with_words_that_do_it(language, name):
    assert "STOP {first_offer}" in BY_LANGUAGE[language][name]
    label = VREDEN.offers[0].label
    assert understand(f"STOP {label}", VREDEN).offers == (VREDEN.offers[0].offer,)


@pytest.mark.parametrize(
    "text",
    [
        "Bitte keine Nachrichten mehr",
        "I don't want any more messages",
        "Please stop sending me messages!",
        "Don't text me anymore",
        "please take me off your list",
        "Lütfen bana mesaj göndermeyin",
        "Artık mesaj istemiyorum",
        "aboneliğimi iptal edin",
        "Будь ласка, не надсилайте мені більше повідомлень",
        "Більше не пишіть мені",
        "Я не хочу отримувати повідомлення",
        "Пожалуйста, не присылайте мне больше сообщений",
        "Больше не пишите",
        "я больше не хочу получать сообщения",
        "Proszę nie wysyłać mi więcej wiadomości",
        "Nie chcę już otrzymywać wiadomości",
        "proszę mnie wypisać",
        "من فضلكم لا ترسلوا لي المزيد من الرسائل",
        "لا أريد رسائل بعد الآن",
        "أريد إلغاء الاشتراك",
    ],
)
def test_who_wants_no_more_messages_says_so_in_their_own_words(text):
    assert understand(text, VREDEN) == Understood(Meaning.STOP)


@pytest.mark.parametrize(
    "text",
    [
        "Why do you want no messages about the bridge?",
        "When do the messages stop?",
        "I don't want any more cars in our street",
        "Mesajınızı aldım, teşekkürler",
        "Не пишіть на стінах школи, там знову графіті",
        "Я не хочу новую дорогу возле школы",
        "Proszę nie pisać na ławkach w parku, znowu są pomazane",
        "لا أريد ضوضاء في شارعنا",
    ],
)
def test_a_concern_that_sounds_alike_is_no_stop(text):
    assert understand(text, VREDEN).meaning is not Meaning.STOP
