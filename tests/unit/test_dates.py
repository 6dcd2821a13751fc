"""Days and times are written as people of each language write them."""

from datetime import UTC, datetime, timedelta

import pytest

from stadtdraht.texts import dates
from stadtdraht.texts.languages import LANGUAGES
from tests.support.town_office import TOWNS

BOCHOLT = TOWNS["bocholt"]
MONDAY = datetime(2026, 11, 30, 7, 30, tzinfo=UTC)  # 8:30 in Germany
EVENING = datetime(2026, 12, 3, 17, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "day", "moment", "deadline"),
    [
        ("de", "30. November", "Montag, 30. November, 8:30 Uhr", "30. November 2026 um 8:30 Uhr"),
        ("de-easy", "30. November", "Montag, 30. November, 8:30 Uhr", "30. November 2026 um 8:30 Uhr"),
        ("en", "November 30", "Monday, November 30, 8:30 am", "November 30, 2026, 8:30 am"),
        ("tr", "30 Kasım", "30 Kasım Pazartesi, 08:30", "30 Kasım 2026, saat 08:30"),
        ("uk", "30 листопада", "30 листопада, 8:30", "30 листопада 2026 року, 8:30"),
        ("ru", "30 ноября", "30 ноября, 8:30", "30 ноября 2026 года, 8:30"),
        ("pl", "30 listopada", "30 listopada, 8:30", "30 listopada 2026, 8:30"),
        ("ar", "30 نوفمبر", "يوم الاثنين 30 نوفمبر، الساعة 8:30", "30 نوفمبر 2026، الساعة 8:30"),
    ],
)
def test_every_language_writes_them_its_own_way(language, day, moment, deadline):
    assert dates.day(MONDAY, BOCHOLT, language) == day
    assert dates.moment(MONDAY, BOCHOLT, language) == moment
    assert dates.deadline(MONDAY, BOCHOLT, language) == deadline


def test_the_afternoon_has_its_hours():
    assert dates.moment(EVENING, BOCHOLT, "de") == "Donnerstag, 3. Dezember, 18:05 Uhr"
    assert dates.moment(EVENING, BOCHOLT, "en") == "Thursday, December 3, 6:05 pm"


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(), "heute ab *8:30 Uhr*"),
        (timedelta(days=1), "morgen ab *8:30 Uhr*"),
        (timedelta(days=3), "am *Donnerstag, 3. Dezember* ab *8:30 Uhr*"),
    ],
)
def test_what_begins_soon_is_said_by_today_and_tomorrow(ahead, said):
    now = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)  # Monday there already
    assert dates.from_when(MONDAY + ahead, now, BOCHOLT, "de") == said


def test_who_does_not_know_when_says_soon():
    assert dates.from_when(None, MONDAY, BOCHOLT, "de") == "so bald wie möglich"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_is_filled(language):
    for ahead in range(3):
        said = dates.from_when(MONDAY + timedelta(days=ahead), MONDAY, BOCHOLT, language)
        assert "8:30" in said
        assert "{" not in said
