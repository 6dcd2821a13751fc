"""Releases a draft and lets it begin at once, in the background: nobody waits until its audience is counted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from stadtdraht.domain.broadcast.broadcast import Broadcast
from stadtdraht.domain.broadcast.colleague import Colleague
from stadtdraht.usecases.broadcast.load_broadcast import replace_stored
from stadtdraht.usecases.broadcast.writing.release_broadcast import check_promise, check_with_links, released_by
from stadtdraht.usecases.whatsapp.check_account import check_template

if TYPE_CHECKING:
    from stadtdraht.ports.broadcast import Starter
    from stadtdraht.ports.whatsapp import AccountSnapshots
    from stadtdraht.usecases.broadcast.writing.schedule_newsletter import SchedulePorts


def release_and_send(
    draft: Broadcast,
    by: Colleague,
    now: datetime,
    ports: SchedulePorts,
    *,
    starter: Starter,
    snapshots: AccountSnapshots,
    beyond_promise: bool = False,
) -> Broadcast:
    """Everything but Meta's daily limit is checked before anything is stored; the start itself looks at that.

    Raises NotADraft, SecondPersonNeeded, PromiseBroken, NewsletterNotFit, TemplateNotAsApproved, ChangedMeanwhile.
    """
    town = ports.towns.get(draft.town)
    after = released_by(draft, town, by, now)
    if not beyond_promise:
        check_promise(after, town, now, now, ports.broadcasts)
    check_with_links(after, town, now, links=ports.links, public_url=ports.public_url)
    check_template(town, after.template, now, snapshots=snapshots)
    replace_stored(draft, after, ports.broadcasts)
    starter.start(town.id, draft.broadcast_id)
    return after
