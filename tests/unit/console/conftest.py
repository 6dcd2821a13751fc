"""Whatever a test of the console asks for is asked for in English, too: no German may be left on the page."""

import copy
import copyreg
import threading

import pytest

from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.texts.staff.language import reading
from tests.support.console import Desk, text_of
from tests.support.console_door import Browser
from tests.support.leftover_german import german_left
from tests.support.town_office import EARS, TOWNS

copyreg.pickle(type(threading.Lock()), lambda _: (threading.Lock, ()))  # a copied page waits for nobody
SHARED = {id(it): it for it in (EARS, *TOWNS.values())}  # they are large, and nobody changes them


@pytest.fixture(autouse=True)
def english_too(monkeypatch, request):
    """Of a copy of everything that is stored, so that the test finds it as it left it."""
    if request.node.get_closest_marker("counts_reads"):
        return
    for person in (Desk, Browser):
        monkeypatch.setattr(person, "_ask", in_both(person._ask))


def in_both(ask):
    def asked(self, *what, **more):
        other = copy.deepcopy(self, dict(SHARED))
        found = ask(self, *what, **more)
        with reading(StaffLanguage.ENGLISH):
            other.language = StaffLanguage.ENGLISH
            read = ask(other, *what, **more)
        answer = getattr(read, "answer", read)
        if answer["headers"].get("Content-Type", "").startswith("text/html"):
            left = german_left(text_of(answer))
            assert not left, f"{' '.join(map(str, what[:2]))} in English: {left}"
        return found

    return asked
