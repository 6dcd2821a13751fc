"""What can still go out when the town may not write freely: an approved template, with its words and price."""

from functions.console.web.answers import not_found
from functions.console.web.colleagues import staff
from functions.console.web.conversation.reply import Typed
from functions.console.web.conversation.show import conversation_page
from functions.console.web.conversation.templates import chosen_words
from functions.console.web.visit import Visit
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.usecases.inbound.office.answer_by_template import answer_by_template
from stadtdraht.usecases.inbound.work_on_conversation import (
    AlreadyDone,
    CannotAnswer,
    NoSuchConversation,
    TakenBySomebody,
    WroteMeanwhile,
)


def send(visit: Visit) -> HttpResponse:
    """The chosen template, once."""
    who, name = visit.path["citizen"], visit.form.get("template")
    anyway = visit.form.get("anyway") == "1"
    account = visit.adapters.account_snapshots.get(visit.town.id)
    try:
        answer_by_template(
            staff(visit),
            who,
            name,
            chosen_words(visit.form, name),
            account,
            press=visit.form.get("press"),
            anyway=anyway,
        )
    except NoSuchConversation:
        return not_found()
    except AlreadyDone:
        return visit.to(f"conversations/{who}?done=sent-already")
    except (CannotAnswer, TakenBySomebody, WroteMeanwhile) as why:
        citizen = visit.adapters.citizens.get(visit.town.id, who)
        if citizen is None:
            return not_found()
        taken = isinstance(why, TakenBySomebody)
        said = f"{why.colleague} hat dieses Gespräch" if isinstance(why, TakenBySomebody) else str(why)
        typed = Typed(alert=f"Nicht gesendet: {said}.", anyway=anyway or taken, again=taken)
        return conversation_page(visit, citizen, typed, status=409)
    return visit.to(f"conversations/{who}?done=templated")
