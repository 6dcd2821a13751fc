"""Feeds as town offices and their blogs write them: in tests/data/feeds, made after public bug reports."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stadtdraht.adapters.web.feed import MOST_BYTES, entries_of
from stadtdraht.adapters.web.feed_text import plain, teaser
from stadtdraht.domain.broadcast.feed import FeedEntry, FeedNotRead, NothingNew, Unusual, items_of, page_of, unusual
from tests.support.builders.newsletter import a_newsletter_town

FEEDS = Path(__file__).resolve().parents[2] / "data" / "feeds"
NOW = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
TOWN = a_newsletter_town()
HEAD = '<rss version="2.0"><channel><title>N</title><link>https://www.stadt.example/</link>'


def read(name, address="feed.xml"):
    return entries_of((FEEDS / f"{name}.xml").read_bytes(), address)


def items(name, told=()):
    return items_of(read(name), 5, told, TOWN, NOW)


def an_item(description="x", date="", link="https://www.stadt.example/1"):
    written = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><title>T</title><link>{link}</link><description>{description}</description>{written}</item>"


def of(*written):
    return entries_of(f"{HEAD}{''.join(written)}</channel></rss>".encode(), "feed.xml")


def test_of_two_stories_of_one_page_the_newer_wording_wins():
    (found,) = items("story_updated")
    assert (found.title, found.teaser) == ("Sperrung aufgehoben", "Die Straße ist wieder frei.")


def test_a_story_that_was_changed_wins_over_itself_whatever_its_first_date():
    old = FeedEntry("Alt", "x", "https://x.example/1", NOW - timedelta(hours=1))
    new = FeedEntry("Neu", "x", "https://x.example/1/", NOW - timedelta(hours=2), NOW)
    for entries in ([old, new], [new, old]):
        assert [item.title for item in items_of(entries, 5, (), TOWN, NOW)] == ["Neu"]


def test_words_between_less_than_and_greater_than_stay():
    level, pool = items("less_than")
    assert (level.title, level.teaser) == (
        "Wasserstand < 5 m, Pegel > 3 m",
        "Der Pegel liegt < 5 m und bleibt > 3 m. Keine Gefahr.",
    )
    assert (pool.title, pool.teaser) == (
        "Inzidenz <50: Freibad offen",
        "Bei Werten <50 öffnet das Bad, bei >100 schließt es.",
    )


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("Tragen Sie <Name> und <Straße> ein", "Tragen Sie <Name> und <Straße> ein"),
        ("a<b und c>d", "a<b und c>d"),
        ("<p>Rat<b>haus</b></p><p>offen<br/>heute</p>", "Rathaus offen heute"),
        ('<img alt="5 > 3" src="x">Bild', "Bild"),
        ('<p class="schief>Text</p>', "Text"),
        ("CO<sub>2</sub> &amp; mehr &lt;b&gt;", "CO2 & mehr <b>"),
        ("<b class=x>A</b >B<wbr />C", "ABC"),
        ("<o:p>Word</o:p><my-tag>Bau</my-tag>", "WordBau"),
        ("<style>p > a {}</style><script>if (a < b) x()</script>Text", "Text"),
        ("<![if !IE]>Text<![endif]>", "Text"),
        ("Text <!-- ohne Ende", "Text"),
        ("Am\u202e\u200b Markt\u00ad\u2028neu\x07", "Am Markt neu"),
        ("👩\u200d🚒", "👩\u200d🚒"),
    ],
)
def test_only_tags_go(markup, words):
    assert plain(markup) == words


def test_a_story_of_the_future_waits_and_is_named():
    assert [item.title for item in items("future_date")] == ["Wochenmarkt"]
    ((entry, what),) = unusual(read("future_date"), NOW)
    assert (entry.title, what) == ("Sperrfrist bis Silvester 2099", Unusual.WAITS)
    only = [FeedEntry("Später", "x", "https://x.example/1", NOW + timedelta(seconds=1))]
    with pytest.raises(NothingNew, match="1 of its stories are dated in the future"):
        items_of(only, 5, (), TOWN, NOW)


def test_a_teaser_is_without_advertising_and_without_what_word_hides():
    market, word = items("boilerplate")
    assert market.teaser == "Am Freitag öffnet der Markt. Das Rathaus lädt ein …"
    assert word.teaser == "Richtiger Text hier."


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Am Markt. The post Markt appeared first on Stadt.", "Am Markt."),
        ("Am Markt. [...] Weiterlesen »", "Am Markt. …"),
        ("Am Markt. (mehr …)", "Am Markt."),
        ("Ein Buch zum Weiterlesen.", "Ein Buch zum Weiterlesen."),
        ("Der Beitrag der Stadt erschien gering.", "Der Beitrag der Stadt erschien gering."),
        ("Der Beitrag steigt... Wer zahlt", "Der Beitrag steigt … Wer zahlt"),
    ],
)
def test_only_what_leads_on_is_taken_away(written, kept):
    assert teaser(written) == kept


def test_a_link_is_completed_from_the_feed_s_address_or_the_site_of_its_channel():
    assert [it.link for it in read("relative_link")] == [
        "https://www.stadt.example/aktuelles/123",
        "https://www.stadt.example/x",
    ]
    assert [it.link for it in read("relative_link", "https://neu.stadt.example/feed/rss.xml")] == [
        "https://neu.stadt.example/aktuelles/123",
        "https://www.stadt.example/x",
    ]
    assert [it.link for it in of(an_item(link="https://[kaputt/"))] == ["https://[kaputt/"]


def test_a_link_with_umlauts_becomes_the_address_that_a_browser_would_ask():
    (found,) = of(an_item(link="https://bücher.example/straße%20a?q=ä&amp;x=1#ö"))
    assert found.link == "https://xn--bcher-kva.example/stra%C3%9Fe%20a?q=%C3%A4&x=1#%C3%B6"


def test_a_story_without_a_title_is_told_and_one_without_a_date_does_not_upset_the_order():
    found = items("no_title_old_first")
    assert [item.title for item in found] == [
        "Meldung ohne Titel: Ab Montag ist das Bürgerbüro zu.",
        "Von heute",
        "Von 2015",
        "Ohne Datum",
    ]
    assert [what for _, what in unusual(read("no_title_old_first"), NOW)] == [Unusual.NO_TITLE]


def test_an_entry_with_nothing_to_say_or_nowhere_to_lead_is_named():
    entries = [FeedEntry("", "", "https://x.example/"), FeedEntry("T", "x", "")]
    assert [what for _, what in unusual(entries, NOW)] == [Unusual.NO_WORDS, Unusual.NO_LINK]


def test_the_same_page_under_another_address_is_not_new():
    with pytest.raises(NothingNew):
        items("told_again", {"https://www.stadt.example/markt"})
    assert len(items("told_again")) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://x.example/a?id=1&utm_source=rss", "http://X.example:443/a/?id=1#c12", True),
        ("https://x.example/?fbclid=abc", "https://x.example", True),
        ("https://x.example/a?id=1", "https://x.example/a?id=2", False),
        ("https://x.example/A", "https://x.example/a", False),
        ("https://x.example/#/a", "https://x.example/#/b", False),
        ("https://[x/", "https://[y/", False),
    ],
)
def test_when_two_addresses_are_one_page(one, other, same):
    assert (page_of(one) == page_of(other)) is same


@pytest.mark.parametrize(
    "date",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0000-00-00", "Fri, 31 Feb 2026 10:00:00 GMT", "gestern",
     "2026-13-45T99:99:99Z", "1970-01-01T00:00:00Z"],
)  # fmt: skip
def test_a_broken_date_costs_no_other_story_anything(date):
    found = items_of(of(an_item(date=date), an_item(link="https://x.example/2")), 5, (), TOWN, NOW)
    assert "https://x.example/2" in [item.link for item in found]


def test_a_feed_that_is_too_large_is_refused():
    with pytest.raises(FeedNotRead, match="2,000,000 bytes"):
        entries_of(HEAD.encode() + bytes(MOST_BYTES), "feed.xml")


@pytest.mark.parametrize("head", ["\n", "<!ENTITY", "<!DOCTYPE", "\n<!ENTITY", " "])
def test_a_feed_with_an_endless_head_is_refused_before_it_costs_anything(head):
    began = time.process_time()
    with pytest.raises(FeedNotRead):
        entries_of(f"{head * 100_000}{HEAD}".encode(), "feed.xml")
    assert time.process_time() - began < 1


HOSTILE = [
    "&lt;",
    "&lt;a ",
    "&lt;a&gt;",
    '&lt;a "',
    "&lt;!--",
    "&lt;script&gt;",
    "&lt;script",
    "Der Beitrag ",
    "[…] ",
    "<a>",
]


@pytest.mark.parametrize("part", HOSTILE)
def test_time_grows_no_faster_than_a_hostile_feed(part):
    def seconds(times):
        content = f"{HEAD}{an_item(part * times)}</channel></rss>".encode()
        began = time.process_time()
        entries_of(content, "feed.xml")
        return time.process_time() - began

    seconds(100)
    small, large = (min(seconds(times) for _ in range(2)) for times in (5_000, 40_000))
    assert large < 40 * max(small, 0.004)  # eight times as much; in quadratic time it were 64
