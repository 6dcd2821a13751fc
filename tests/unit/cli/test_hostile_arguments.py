"""No command ends in a traceback, whatever is typed; what is refused says so in words."""

import re
import shutil
import time
from pathlib import Path
from random import Random

import pytest

from stadtdraht.cli.crisis import drill
from tests.support.command_line import ALERT, ANKE, DRAFT, DRILL, NOW, PHONE, SENT, TOWN, Office, commands, types
from tests.support.crisis_page import PIN

REPOSITORY = Path(__file__).resolve().parents[3]
CONTEST = "bocholt-c-20261124-4f7k2p"
ENDS = {0, 1, 2}  # done, refused, not understood
NOT_WORDS = re.compile(r"Traceback|Error\(|<\w+\.\w+: |\bobject at 0x")
PATHS = {"file", "folder", "feed_file", "token_file", "picture", "with_people"} | {"--csv", "--html", "--out", "--zip"}
TEXTS = (
    *("", " ", "x" * 3000, "9" * 5000, "🚒" * 40, "\x1b]0;x\x07", "\u202eabc", "\udcff", "ä\udcfc", "a\nb", "\t"),
    *("-1", "0", "1", "-0", "1e999", "nan", "inf", "-inf", "²", "٣", "99999999999999999999", "12345678901234567"),
    *("2026-02-30", "2026-02-30T25:61", "9999-12-31T23:59", "9999-12-31", "0001-01-01T00:00", "2026-03-29T02:30"),
    *("2026-13", "0000-01", "xanten", "BOCHOLT", "../../x", "/", ".", "bocholt#TOWN", "bocholt/../vreden"),
    *(
        "bocholt-n-20261124-zzzzzz",
        "bocholt-a-20261124-zzzzzz",
        "bocholt-c-20261124-zzzzzz",
        "bocholt-n-99999999-abcdef",
    ),
    *("vreden-n-20261124-abcdef", "2026-0001", "2026-9999", "2026-" + "0" * 400, "wamid.0", "DE.", "DE.1", "+49", "+0"),
    *("[/b] [red]", "{town_id}", "{0}", "%s%n", "'; DROP", "<b>", "&amp;", "null", "[]", "{}", "None"),
    *(
        "https://",
        "https://[",
        "https://x.example:99999/",
        "http://127.0.0.1/",
        "javascript:x",
        "https://" + "a" * 3000,
    ),
    *("30d", "0d", "999999d", "12", "closed", "fire", "all", "barlo", "gibtsnicht", "de", "xx", "--json", "-h"),
)


class Typist:
    """Types a command with what is right everywhere but in one or two places."""

    def __init__(self, folder, random):
        self.folder, self.random, self.files = folder, random, 0
        (folder / "binary").write_bytes(bytes(range(256)) * 40)
        (folder / "empty").write_bytes(b"")
        (folder / "deep.json").write_text("[" * 5000)
        (folder / "people.csv").write_text("phone;offers\n+4915112345678;news\n;;;;;\n" + "x;" * 500)
        (folder / "bomb.xml").write_text('<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>')
        self.paths = [str(folder / name) for name in ("binary", "empty", "deep.json", "people.csv", "bomb.xml")]
        self.paths += [
            str(folder),
            str(folder / "missing"),
            str(folder / "no" / "folder"),
            "/dev/null",
            ".",
            "",
            "\udcff",
        ]
        shutil.copy(REPOSITORY / "towns" / "bocholt.toml", folder)
        self.paths += ["x" * 3000, str(folder / "bocholt.toml"), str(folder / "ö \u202e.csv")]

    def right(self, name, office):
        """A value that the parameter may have; None: leave it out."""
        ids, year = office.ids, NOW.year
        broadcast_id = self.random.choice((ids[DRAFT], ids[SENT], "bocholt-n-20261124-later1"))
        known = {
            **dict.fromkeys(("town", "town_id"), TOWN.id),
            **dict.fromkeys(("citizen", "citizen_id"), ANKE),
            **dict.fromkeys(("number", "into"), f"{year}-0001"),
            "person": PHONE,
            "broadcast_id": broadcast_id,
            "contest_id": CONTEST,
            "entry_id": "0123456789",
            "alert_id": self.random.choice((ids[ALERT], ids[DRILL])),
            "link_id": "l1",
            "wamid": "wamid.stored",
            "state": "in_work",
            "kind": "hint",
            "flag": "emergency",
            "at": f"{year + 1}-05-06T17:00",
            "until": f"{year + 1}-05-06T17:00",
            "delete_on": f"{year + 2}-05-06",
            "terms": "https://www.bocholt.de/x",
            "link": "https://www.bocholt.de/x",
            "holder": "Leitstelle",
            "pin": PIN,
            "minutes": "60",
            "expires": "30d",
            "items": "2",
        }
        words = dict.fromkeys(("say", "text", "words", "title", "teaser", "keyword", "why", "to"), "Guten Tag")
        return (known | words).get(name)

    def right_path(self, name):
        """A file that is there for what is read, a new one for what is written."""
        if name == "folder":
            return str(self.folder)
        return str(
            self.folder / ("bocholt.toml" if name in ("file", "feed_file", "token_file") else f"new{self.files}")
        )

    def types(self, command, office):
        """The words of one try."""
        self.files += 1
        options, arguments = [], []
        parameters = command.parameters
        wrong = self.random.sample(parameters, min(len(parameters), self.random.choice((1, 1, 2))))
        for it in parameters:
            is_path = {it.name, *it.opts} & PATHS
            value = self.right_path(it.name) if is_path else self.right(it.name, office)
            if it in wrong:
                value = self.random.choice(self.paths if is_path else TEXTS)
            elif not it.required and self.random.random() < 0.8:
                value = None
            if it.name == "wait_s" and value is None:
                value = "0"
            if it.param_type_name == "argument":
                arguments += [] if value is None else [value]
            elif getattr(it, "is_flag", False):
                options += [it.opts[0]] if it in wrong else []
            elif it.nargs == 2 and value is not None:
                options += [it.opts[0], value, self.random.choice(("1", "nan", "-1e400"))]
            elif value is not None:
                options.append(f"{it.opts[0]}={value}")
        as_json = ["--json"] if self.random.random() < 0.3 else []
        return [*command.path, *options, *as_json, "--", *arguments]


@pytest.mark.parametrize("command", commands(), ids=lambda it: it.name)
def test_no_argument_ends_in_a_traceback(command, tmp_path, monkeypatch, fuzz_cpu_s):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(drill, "pause", lambda _: None)
    random = Random(command.name)
    typist = Typist(tmp_path, random)
    until, tries = time.thread_time() + fuzz_cpu_s / 200, 0
    while tries < 8 or time.thread_time() < until:
        words = typist.types(command, office := Office(filled=random.random() < 0.8))
        done = types(office, *words, input=random.choice(("", "j\n", "n\n")))
        assert done.exception is None or isinstance(done.exception, SystemExit), (words, done.exception)
        assert done.exit_code in ENDS, words
        assert not NOT_WORDS.search(done.output), (words, done.output)
        assert done.exit_code == 0 or done.output.strip(), words
        tries += 1
