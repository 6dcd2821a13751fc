"""What lies on one's desk beside a conversation: the draft, and who else reads it."""

from dataclasses import replace
from datetime import datetime

from functions.console.web.answers import console_html, not_found
from functions.console.web.colleagues import staff
from functions.console.web.visit import Visit
from stadtdraht.domain.inbound.desk import Draft
from stadtdraht.domain.staff.roles import ANSWERS
from stadtdraht.pages.responses import HttpResponse
from stadtdraht.texts.staff.language import say
from stadtdraht.usecases.inbound import work_at_desk
from stadtdraht.usecases.inbound.work_on_conversation import NoSuchConversation

NAMED = 2  # of those who read along; the others are counted


def save(visit: Visit) -> HttpResponse:
    """What stands in the field: the script says it when typing rests, a button without a script."""
    by_itself = visit.request.is_poll  # it may come late; what somebody presses does not
    try:
        keep_draft(visit, visit.form.get("text"), form=visit.form.get("press") if by_itself else "")
    except NoSuchConversation:
        return not_found()
    if by_itself:
        return console_html(200, "")
    return visit.to(f"conversations/{visit.path['citizen']}?done=kept#antwort")


def keep_draft(visit: Visit, words: str, *, form: str = "") -> None:
    """For this person and whoever typed it; "" puts it away."""
    work_at_desk.save_draft(staff(visit), visit.path["citizen"], words, visit.adapters.desk, form=form)


def put_sent_away(visit: Visit) -> None:
    """The draft of the form that was just sent, also where the script's last word of it is still on its way."""
    form = visit.form.get("press")
    work_at_desk.save_draft(staff(visit), visit.path["citizen"], "", visit.adapters.desk, form=form, is_sent=True)


def put_away(visit: Visit, staff_id: str) -> None:
    """A colleague's draft that went out, so that it does not stand in their field once more; and one's own."""
    for who in {staff_id, visit.member.staff_id} - {""}:
        work_at_desk.save_draft(replace(staff(visit), by_id=who), visit.path["citizen"], "", visit.adapters.desk)


def draft(visit: Visit, citizen_id: str) -> Draft | None:
    """What one had typed here before."""
    return visit.adapters.desk.draft(visit.town.id, citizen_id, visit.member.staff_id)


def say_readers(visit: Visit, citizen_id: str) -> str:
    """Who else has it open, in a sentence; and says that one has it open oneself, where one may answer."""
    desk = visit.adapters.desk
    if visit.may(ANSWERS):
        found = work_at_desk.look_at(staff(visit), citizen_id, desk)
    else:
        found = desk.readers(visit.town.id, visit.now, citizen_id)
    names = [it.name for it in found]
    if not names:
        return ""
    more = len(names) - NAMED
    shown = [*names[:NAMED], *([say("{number} weitere", number=more)] if more > 0 else [])]
    if len(shown) == 1:
        return say("{name} liest gerade mit.", name=shown[0])
    return say("{names} und {last} lesen gerade mit.", names=", ".join(shown[:-1]), last=shown[-1])


def say_kept(visit: Visit, at: datetime | None) -> str:
    """When the draft was kept."""
    return say("Entwurf gesichert {time}", time=f"{at.astimezone(visit.town.zone):%-H:%M}") if at else ""
