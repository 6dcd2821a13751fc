"""A file that cannot be read or written is a line that names it, whichever command it was named to."""

import pytest
import typer

from stadtdraht.cli.output import says_what_stops_it
from stadtdraht.cli.towns.town import _token


def test_a_file_that_cannot_be_written_is_named(tmp_path, capsys):
    missing = tmp_path / "no-such-folder" / "cases.csv"
    with pytest.raises(typer.Exit) as ended:
        says_what_stops_it(lambda: missing.write_text("x"))()
    assert ended.value.exit_code == 1
    said = capsys.readouterr().err
    assert str(missing) in said
    assert "Ordner" in said


def test_trouble_of_the_network_is_no_file_of_theirs():
    def fails():
        raise ConnectionResetError(104, "reset")

    with pytest.raises(ConnectionResetError):
        says_what_stops_it(fails)()


@pytest.mark.parametrize("content", [b"", b"a b", b"\xff\xfe", b"x" * 1001, b"one\ntwo"])
def test_a_file_without_a_token_is_said_to_be_none(tmp_path, content, capsys):
    """Nothing of it is repeated: it may hold a secret."""
    file = tmp_path / "token"
    file.write_bytes(content)
    with pytest.raises(typer.Exit):
        _token(file)
    assert "one line with the access token is expected" in capsys.readouterr().err
