"""Two people for one newsletter: who wrote it, who is asked to release it, and who gave it back."""

from dataclasses import replace
from datetime import datetime

from stadtdraht.domain.broadcast.broadcast import Broadcast, Verb, demand
from stadtdraht.domain.broadcast.colleague import Colleague, ReleaseRequest, SentBack
from stadtdraht.domain.errors import StadtdrahtError

MOST_CHARACTERS = 500  # of a reason


class ReasonMissing(StadtdrahtError):
    """Whoever gives a draft back says what is to be changed."""

    def __init__(self, broadcast_id: str, most: int = MOST_CHARACTERS) -> None:
        super().__init__(f"say in 1 to {most} characters what is to be changed in {broadcast_id}")
        self.broadcast_id, self.most = broadcast_id, most


class NotAsked(StadtdrahtError):
    """Nobody asked for the release of this draft, or it was changed since."""

    def __init__(self, broadcast_id: str) -> None:
        super().__init__(f"{broadcast_id} does not wait for a release")
        self.broadcast_id = broadcast_id


class OwnRelease(StadtdrahtError):
    """Nobody is asked to release what they wrote."""

    def __init__(self, broadcast_id: str, name: str) -> None:
        super().__init__(f"{name} wrote {broadcast_id}, so somebody else is to release it")
        self.broadcast_id, self.name = broadcast_id, name


def written(broadcast: Broadcast, by: Colleague, now: datetime) -> Broadcast:
    """After a change: whoever was asked to release it was asked about other words."""
    writers = broadcast.writer_ids | {by.staff_id} if by.staff_id else broadcast.writer_ids
    return replace(
        broadcast, created_by=by.name, created_by_id=by.staff_id, writer_ids=writers, changed_at=now, asked=None
    )


def author(broadcast: Broadcast) -> Colleague:
    """Who wrote it, or changed it last."""
    return Colleague(broadcast.created_by, broadcast.created_by_id)


def has_written(broadcast: Broadcast, by: Colleague) -> bool:
    """Whether any of it is theirs: by id whenever they changed it, by name if they were the last."""
    return (bool(by.staff_id) and by.staff_id in broadcast.writer_ids) or author(broadcast).is_same_as(by)


def asked(broadcast: Broadcast, request: ReleaseRequest) -> Broadcast:
    """The draft as it waits for its release. Raises NotADraft, OwnRelease."""
    demand(broadcast, Verb.RELEASE)
    if request.of and has_written(broadcast, request.of):
        raise OwnRelease(broadcast.broadcast_id, request.of.name)
    return replace(broadcast, asked=request, sent_back=None)


def sent_back(broadcast: Broadcast, by: Colleague, why: str, now: datetime) -> Broadcast:
    """The draft with its author again. Raises NotADraft, NotAsked, ReasonMissing."""
    demand(broadcast, Verb.RELEASE)
    why = " ".join(why.split())
    if broadcast.asked is None:
        raise NotAsked(broadcast.broadcast_id)
    if not 0 < len(why) <= MOST_CHARACTERS:
        raise ReasonMissing(broadcast.broadcast_id)
    return replace(broadcast, asked=None, sent_back=SentBack(by, why, now))
