"""Whatever a test of the console asks for is asked for in English, too: no German may be left on the page."""

import copy
import copyreg
import threading

import pytest

from stadtdraht.domain.staff.member import StaffLanguage
from stadtdraht.texts.staff.language import reading
from tests.support.console import Desk, text_of
from tests.support.leftover_german import german_left
from tests.support.town_office import EARS, TOWNS

copyreg.pickle(type(threading.Lock()), lambda _: (threading.Lock, ()))  # a copied page waits for nobody
SHARED = {id(it): it for it in (EARS, *TOWNS.values())}  # they are large, and nobody changes them


@pytest.fixture(autouse=True)
def english_too(monkeypatch, request):
    """Of a copy of everything that is stored, so that the test finds it as it left it."""
    if request.node.get_closest_marker("counts_reads"):
        return
    ask = Desk._ask

    def ask_in_both(self, method, route, *args, **kwargs):
        english = copy.deepcopy(self, dict(SHARED))
        answer = ask(self, method, route, *args, **kwargs)
        with reading(StaffLanguage.ENGLISH):
            read = ask(english, method, route, *args, **kwargs)
        if read["headers"].get("Content-Type", "").startswith("text/html"):
            left = german_left(text_of(read))
            assert not left, f"{method} {route} in English: {left}"
        return answer

    monkeypatch.setattr(Desk, "_ask", ask_in_both)
