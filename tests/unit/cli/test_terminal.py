"""Words of citizens reach the terminal as words: they neither break a command nor steer what it runs in."""

import io

import pytest

from stadtdraht.cli.output import Terminal, table


def printed(*shown):
    out = Terminal(
        file=io.StringIO(), highlight=False, soft_wrap=True, width=200, force_terminal=True, color_system=None
    )
    out.print(*shown)
    return out.file.getvalue()


@pytest.mark.parametrize(
    "words", ["[/b] Meier", "[link=https://x.example]hier[/link]", "[bold]laut", ":warning: Achtung"]
)
def test_markup_in_a_name_is_shown_and_does_nothing(words):
    assert words in printed(words)
    assert words in printed(table(("name",), [(words,)]))


@pytest.mark.parametrize("sign", ["\x1b]0;title\x07", "\x1b[31m", "\x9b31m", "\r", "\u202e", "\u2066", "\x00", "\x7f"])
def test_what_would_steer_the_terminal_is_shown_as_a_sign(sign):
    for out in (printed(f"vorher{sign}nachher"), printed(table(("text",), [(f"vorher{sign}nachher",)]))):
        assert sign[0] not in out
        assert "vorher\N{REPLACEMENT CHARACTER}" in out


def test_line_breaks_and_umlauts_stay():
    assert printed("Grüße\nan „alle“ 🌸") == "Grüße\nan „alle“ 🌸\n"
