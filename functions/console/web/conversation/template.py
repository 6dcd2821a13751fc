"""What can still go out when the town may not write freely: an approved template, with its words and price."""

from functions.console.web.colleagues import staff
from functions.console.web.conversation.press import pressed
from functions.console.web.conversation.reply import Typed
from functions.console.web.conversation.show import conversation_page
from functions.console.web.conversation.templates import chosen_words
from functions.console.web.visit import Visit
from stadtdraht.domain.citizen import Citizen
from stadtdraht.domain.errors import StadtdrahtError
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.language import say, say_why
from stadtdraht.usecases.inbound.office.answer_by_template import answer_by_template
from stadtdraht.usecases.inbound.work_on_conversation import TakenBySomebody


def send(visit: Visit) -> HttpResponse:
    """The chosen template, once."""
    name, anyway = visit.form.get("template"), visit.form.get("anyway") == "1"
    account = visit.adapters.account_snapshots.get(visit.town.id)

    def answer(who: str) -> str:
        values, press = chosen_words(visit.form, name), visit.form.get("press")
        answer_by_template(staff(visit), who, name, values, account, press=press, anyway=anyway)
        return "templated"

    def told(citizen: Citizen, why: StadtdrahtError) -> HttpResponse:
        taken = isinstance(why, TakenBySomebody)
        alert = say("Nicht gesendet: {why}.", why=say_why(why))
        typed = Typed(alert=alert, anyway=anyway or taken, again=taken)
        return conversation_page(visit, citizen, typed, status=409)

    return pressed(visit, answer, told, already="sent-already")
