"""Teasers from the town's own feed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stadtdraht.adapters.web.feed import entries_of
from stadtdraht.domain.broadcast.broadcast import Item
from stadtdraht.domain.broadcast.clicks import links_in_message
from stadtdraht.domain.broadcast.draft import DraftOptions, released
from stadtdraht.domain.broadcast.feed import FeedEntry, FeedNotRead, NothingNew, items_of, shorter
from stadtdraht.domain.broadcast.lint import lint
from stadtdraht.usecases.broadcast.writing.draft_from_feed import draft_from_feed
from tests.support.builders.newsletter import ANNA, MONDAY, PUBLIC_URL, a_newsletter_town

LATER = MONDAY + timedelta(days=1)
TOWN = a_newsletter_town()
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Bocholt</title><link>https://www.bocholt.example</link>
<item><title>Alt &amp; gut</title><link>https://www.bocholt.example/alt</link>
<description>&lt;p&gt;Das   &lt;b&gt;alte&lt;/b&gt; Rathaus&lt;br/&gt;&amp;ouml;ffnet.&lt;/p&gt;
&lt;script&gt;x()&lt;/script&gt;</description>
<pubDate>Mon, 16 Nov 2026 09:00:00 +0100</pubDate></item>
<item><title>Neu</title><link>https://www.bocholt.example/neu</link><description>Kurz.</description>
<pubDate>Fri, 20 Nov 2026 09:00:00 +0100</pubDate></item>
</channel></rss>"""


def entry(number, **changes):
    made = FeedEntry(f"Meldung {number}", "Etwas ist geschehen.", f"https://x.example/{number}", MONDAY)
    return replace(made, **changes)


def drafted(entries, latest=(), most=5):
    return draft_from_feed(entries, latest, TOWN, DraftOptions(), most, ANNA, MONDAY, "abcdef", PUBLIC_URL)


def test_rss_becomes_plain_text_in_one_line():
    old, new = entries_of(RSS.encode(), "x")
    assert (old.title, old.summary, old.link) == (
        "Alt & gut",
        "Das alte Rathaus öffnet.",
        "https://www.bocholt.example/alt",
    )
    assert new.published_at > old.published_at


def test_atom_is_read_as_well():
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title><entry><title>Neu</title>'
        '<link href="https://x.example/1"/><summary>Kurz.</summary><updated>2026-11-20T09:00:00Z</updated>'
        "</entry></feed>"
    )
    (found,) = entries_of(atom.encode(), "x")
    assert (found.title, found.link, found.published_at.year) == ("Neu", "https://x.example/1", 2026)


@pytest.mark.parametrize("content", [b"", b"<html><body>Hallo</body></html>", b"\x00\xff", b"{}", b"/etc/hostname"])
def test_what_is_no_feed_is_said(content):
    with pytest.raises(FeedNotRead, match="neither RSS nor Atom"):
        entries_of(content, "https://x.example")


def test_no_entity_of_a_feed_opens_a_file():
    bomb = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + RSS.split("?>")[1].replace("Kurz.", "&x;")
    assert [it.summary for it in entries_of(bomb.encode(), "x")] == ["Das alte Rathaus öffnet.", "&x;"]


def test_the_newest_stories_come_first_and_nothing_twice():
    entries = [entry(n, published_at=MONDAY + timedelta(hours=n)) for n in range(8)]
    found = items_of([*entries, entries[7]], 5, {"https://x.example/6"}, TOWN, LATER)
    assert [item.title for item in found] == [f"Meldung {n}" for n in (7, 5, 4, 3, 2)]


def test_without_dates_the_feed_s_own_order_stands():
    found = items_of([entry(1), entry(2, published_at=None)], 5, (), TOWN, LATER)
    assert [item.title for item in found] == ["Meldung 1", "Meldung 2"]


def test_what_a_newsletter_had_is_not_told_again_and_a_draft_has_told_nothing():
    draft = drafted([entry(1)])
    assert drafted([entry(1)], [draft]).items == draft.items
    with pytest.raises(NothingNew, match="nothing that was not in a newsletter"):
        drafted([entry(1)], [released(draft, ANNA, MONDAY)])


def test_a_one_way_town_leaves_questions_of_the_feed_out():
    (found,) = items_of(
        [entry(1, summary="Kommen Sie? Am Samstag ist Markt.")], 5, (), TOWN, MONDAY + timedelta(days=1)
    )
    assert found.teaser == "Am Samstag ist Markt."


def test_five_long_stories_are_cut_until_they_fit():
    made = drafted([entry(n, title="Wort " * 9, summary="Ein langer Satz. " * 30) for n in range(5)])
    assert lint(made, TOWN, links_in_message(made, TOWN, PUBLIC_URL), MONDAY) == ()
    assert all(item.teaser.endswith("…") for item in made.items)


@given(st.lists(st.integers(1, 500), min_size=1, max_size=5), st.integers(0, 2_000))
def test_cutting_takes_from_the_longest_and_leaves_short_ones(sizes, over):
    items = tuple(Item("T", "x" * size, "https://x.example") for size in sizes)
    after = shorter(items, over)
    cut_away = sum(sizes) - sum(len(item.teaser) for item in after)
    possible = sum(max(0, size - 30) for size in sizes)
    assert cut_away >= min(over, possible)
    assert all(item.teaser for item in after)
