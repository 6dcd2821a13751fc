"""What a decision says and changes. Replies are named here; stadtdraht/texts words them."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from stadtdraht.domain.cases.case import Case
from stadtdraht.domain.citizen import Citizen, ConsentEntry
from stadtdraht.domain.consultations.consultation import OpenConsultation
from stadtdraht.domain.contests.contest import Contest, ContestAcceptance, ContestEntry
from stadtdraht.domain.crisis.alert import Alert
from stadtdraht.domain.inbound.passed_on.forwarded_alert import Verdict
from stadtdraht.domain.inbound.turn import CaseChange
from stadtdraht.domain.message import IncomingMessage
from stadtdraht.domain.town import Offer


class ReplyKind(StrEnum):
    """What to say; which words say it, in which language, is the texts' business."""

    GREETING = "greeting"
    GREETING_RECEIVED = "greeting_received"  # first words were a concern already: it has arrived, and what we offer
    OFFERS_TOO = "offers_too"  # after the receipt of a first report
    COURTESY_OFFERS = "courtesy_offers"  # both, to somebody new in a town that is not written to
    ASK_NAME = "ask_name"
    ASK_NAME_AGAIN = "ask_name_again"
    NAME_SET = "name_set"
    NAME_WRONG = "name_wrong"  # they say so, and not what it is
    ASK_CONSENT = "ask_consent"
    WELCOME = "welcome"
    HAS_IT = "has_it"
    NOT_NOW = "not_now"
    GOODBYE = "goodbye"
    ALREADY_LEFT = "already_left"
    LEFT = "left"
    STOP_ASK = "stop_ask"
    STAYS = "stays"  # they do not want to leave
    HOW_TO_LEAVE = "how_to_leave"
    TOPICS_ASK = "topics_ask"
    TOPICS_SET = "topics_set"
    DISTRICT_ASK = "district_ask"
    DISTRICT_SET = "district_set"
    DISTRICT_UNKNOWN = "district_unknown"
    LANGUAGE_ASK = "language_ask"
    LANGUAGE_SET = "language_set"
    EMERGENCY = "emergency"
    VIOLENCE = "violence"
    DESPAIR = "despair"
    MEDICAL_ADVICE = "medical_advice"
    SENSITIVE = "sensitive"
    FORGET_ASK = "forget_ask"
    KEPT = "kept"  # the message that they were asked about
    FORGOTTEN = "forgotten"
    FORGET_HELD = "forget_held"
    COURTESY = "courtesy"
    RECEIVED = "received"
    NOTED = "noted"  # arrived, and no more is promised
    OUT_OF_HOURS = "out_of_hours"
    NOT_READABLE = "not_readable"
    EDIT_LOST = "edit_lost"
    CONSULTATION_PLACE = "consultation_place"  # in its queue, while one is open
    NO_CALLS = "no_calls"
    THANKS = "thanks"
    WISH = "wish"
    HUMAN = "human"
    OPENING_HOURS = "opening_hours"
    PRIVACY = "privacy"
    IMPRINT = "imprint"
    HELP = "help"
    CASE_OPENED = "case_opened"
    CASE_ADDED = "case_added"
    CASE_KIND_ASK = "case_kind_ask"
    CASE_KIND_SET = "case_kind_set"
    CASE_STATE = "case_state"
    CASE_NONE = "case_none"
    CASE_NONE_YET = "case_none_yet"  # no number was named
    CASE_ASKED = "case_asked"  # how it stands, where nobody gets a number
    CASE_RATE = "case_rate"
    CASE_RATED = "case_rated"
    CASE_RATED_LOW = "case_rated_low"
    CASE_REOPENED = "case_reopened"
    CONTEST_ABOUT = "call_about"
    CONTEST_ASK = "call_ask"
    CONTEST_TERMS = "call_terms"
    CONTEST_ENTERED = "call_entered"
    CONTEST_FULL = "call_full"
    CONTEST_LATE = "call_late"
    CONTEST_WRONG_FORM = "call_wrong_form"
    CONTEST_DECLINED = "call_declined"
    CONTEST_ENTERED_ALL = "call_entered_all"
    CONTEST_WITHDRAWN = "call_withdrawn"
    CONTEST_WHICH = "call_which"  # of several is to be taken back
    CONTEST_NONE = "call_none"
    MY_DATA = "my_data"
    EXPORT_ASK = "export_ask"
    DATA_LINK = "data_link"
    ERASE_ASK = "erase_ask"
    ERASE_ASK_HELD = "erase_ask_held"
    ERASE_HELD = "erase_held"
    ERASED = "erased"
    ALERT_REAL = "alert_real"
    ALERT_ALTERED = "alert_altered"
    ALERT_OVER = "alert_over"
    ALERT_ALL_CLEAR = "alert_all_clear"
    ALERT_FALSE_ALARM = "alert_false_alarm"
    ALERT_DRILL = "alert_drill"
    ALERT_NOT_OURS = "alert_not_ours"
    ALERT_STATE = "alert_state"  # to a question, while one is valid


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply and what it is about."""

    kind: ReplyKind
    offers: tuple[Offer, ...] = ()
    topics: tuple[str, ...] = ()
    """Ids of those to leave."""
    name: str = ""
    """Of the person; of who holds a consultation."""
    case: Case | None = None
    contest: Contest | None = None
    alert: Alert | None = None
    """The one that was passed on to us, or that is valid now."""
    count: int = 0
    """Entries of this person in the contest; the place in a queue."""
    entries: tuple[ContestEntry, ...] = ()
    """Those of which one may be taken back."""
    at: datetime | None = None
    """The next opening, or the end of the alert or the consultation."""
    forget: str = ""
    """Wamid of the message that a button deletes."""
    asks_place: bool = False
    """Whether nobody can work on the report without knowing where."""
    tells_languages: bool = False
    """Whether it ends with how to change the language, which we have just guessed."""
    maybe_need: bool = False
    """Whether it begins with whom to call in an emergency: perhaps this is one."""
    by_one_name: bool = False
    """Whether it ends nothing, of somebody who withholds their number: the town may know them by it nevertheless."""


@dataclass(frozen=True, slots=True)
class Forget:
    """A message to delete, by what its key is made of."""

    at: datetime
    wamid: str
    message: IncomingMessage | None = None
    """As it was, with its file."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The citizen afterwards, what changes beside them, and what to say."""

    after: Citizen
    entries: tuple[ConsentEntry, ...] = ()
    replies: tuple[Reply, ...] = ()
    case: CaseChange | None = None
    """An `after` without a number is a new case, which gets its number when it is stored."""
    contest_entries: tuple[ContestEntry, ...] = ()
    """New ones, and those taken back."""
    acceptance: ContestAcceptance | None = None
    forget: tuple[Forget, ...] = ()
    same_text: str = ""
    """Normal form of a long text, to be compared with what others sent."""
    erase: bool = False
    """The person wants everything deleted, now or when a hold ends."""
    keeps_last_case: bool = False
    """Whether a new case stands beside the one that the person goes on about: a question that came between."""
    keeps_place: bool = True
    """False where a pin only served to name a district, and must not be stored."""

    def beside(self, near: tuple[str, ...]) -> "Decision":
        """The same with the open cases close to its case."""
        assert self.case
        return replace(self, case=replace(self.case, after=replace(self.case.after, near=near)))

    def and_then(self, more: "Decision") -> "Decision":
        """Both, of one message: `more` was decided for the citizen, and for the case, as this one leaves them."""
        case = more.case or self.case
        if self.case and more.case:
            case = CaseChange(self.case.before, more.case.after)
        said = {reply.kind for reply in self.replies}
        return Decision(
            after=more.after,
            entries=self.entries + more.entries,
            replies=self.replies + tuple(reply for reply in more.replies if reply.kind not in said),
            case=case,
            contest_entries=self.contest_entries + more.contest_entries,
            acceptance=more.acceptance or self.acceptance,
            forget=self.forget + more.forget,
            same_text=more.same_text or self.same_text,
            erase=self.erase or more.erase,
            keeps_last_case=self.keeps_last_case or more.keeps_last_case,
            keeps_place=self.keeps_place and more.keeps_place,
        )

    def numbered(self, number: str, near: tuple[str, ...]) -> "Decision":
        """The same with its new case numbered."""
        assert self.case
        case = replace(self.case.after, number=number, near=near)
        replies = tuple(replace(reply, case=case) if reply.case else reply for reply in self.replies)
        before = self.after.dialogue
        dialogue = before if self.keeps_last_case else replace(before, last_case=number)
        return replace(self, after=replace(self.after, dialogue=dialogue), case=CaseChange(None, case), replies=replies)


@dataclass(frozen=True, slots=True)
class MessageContext:
    """What was read beside the citizen and the message before deciding."""

    is_new: bool = False
    same_text_senders: int = 0
    """Other people who sent the same long text within days."""
    case: Case | None = None
    """The case that the person adds to, names, or was asked about."""
    cases: tuple[Case, ...] = ()
    """Theirs, newest first, when they ask how their reports stand."""
    contest: Contest | None = None
    """The open one, or one that has just ended."""
    accepted_terms: str = ""
    """Version of its terms that the person accepted; "" for none."""
    contest_entries: tuple[ContestEntry, ...] = ()
    """This person's, by time."""
    pending_entries: tuple[IncomingMessage, ...] = ()
    """What of theirs waited for the yes to the terms, which this message brings."""
    to_delete: IncomingMessage | None = None
    """Their earlier message that they want deleted, or took back."""
    on_hold: bool = False
    """Whether what they said is kept for a procedure; read only where something is to be deleted."""
    live_alert: Alert | None = None
    """The town's valid alert, where a question comes."""
    warning: Verdict | None = None
    """Whether the message is a copy of a warning, of ours or of somebody else's."""
    consultation: OpenConsultation | None = None
    """The one whose queue the message joins."""
    pepper: bytes = b""
