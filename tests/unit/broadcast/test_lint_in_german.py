"""What the press office reads of a newsletter that cannot go out: German words for every finding."""

import inspect
from datetime import date

from stadtdraht.domain.broadcast import lint as rules
from stadtdraht.domain.broadcast.broadcast import NewsletterNotFit
from stadtdraht.domain.broadcast.finding import NewsletterFinding
from stadtdraht.domain.broadcast.promise import PromiseBroken, TooOften
from stadtdraht.domain.town import Promise, PromisedEvery
from stadtdraht.texts.staff.broadcast.newsletter_lint import SAYS, in_place
from stadtdraht.texts.staff.refusals import refusal_words
from stadtdraht.usecases.broadcast.writing import look_at_links, schedule_newsletter


def test_no_words_are_left_over():
    source = "".join(inspect.getsource(it) for it in (rules, look_at_links, schedule_newsletter))
    assert [code for code in SAYS if f'"{code}"' not in source] == []


def test_a_finding_says_where():
    found = NewsletterFinding(2, "link", "", "one_reader_in_address", {"parameter": "token"})
    assert in_place(found).startswith("Beitrag 2, Link: „token“ in der Adresse")
    assert refusal_words(NewsletterNotFit.because([found, found])).count("Beitrag 2") == 2


def test_the_promise_is_told_in_german():
    near = ((date(2026, 11, 23), "Meldung 1"),)
    why = TooOften("Bocholt", Promise(1, PromisedEvery.WEEK), date(2026, 11, 24), near)
    assert refusal_words(PromiseBroken(why)).startswith(
        "Bocholt hat höchstens einen Newsletter in einer Woche versprochen; am 24.11.2026 käme er dazu zu „Meldung 1“"
    )
