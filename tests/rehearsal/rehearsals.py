"""Ways in which the local system is broken, each with its chapter, its alarm and what must be well again."""

import json
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.rehearsal.stage import PIN, Stage
from tests.support.builders.subscribers import phones, subscriber_file

RINGS_WITHIN_S: Final = 150.0  # a minute of CloudWatch's, the look of the evaluator, and two busy cores
NOBODY_LOOKS_S: Final = 22 * 60.0  # three periods of five minutes without a look, after the last one
LATE_S: Final = 15 * 60.0
READERS: Final = 500
SLOW_MPS: Final = 20  # 25 seconds: enough for Meta, or for a command, to stop it on its way
ANSWERED_WITHIN_S: Final = 30.0
BETWEEN_MESSAGES_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """break_ breaks the system and fills the blanks of the page; by_hand is what the page has somebody do elsewhere (at
    Meta, on the telephone) before the commands are typed; is_well asks whether it is mended.
    """

    chapter: str
    alarm: str
    """"" where nothing rings."""
    break_: Callable[[Stage], None]
    is_well: Callable[[Stage], bool]
    by_hand: Callable[[Stage], None] = lambda _: None
    within_s: float = RINGS_WITHIN_S

    @property
    def rings_late(self) -> bool:
        return self.within_s > LATE_S


def _token_file(stage: Stage, token: str) -> None:
    file = stage.folder / f"token-{uuid.uuid4().hex[:6]}"
    file.write_text(token)
    stage.values["TOKEN_FILE"] = str(file)


def _number_with(stage: Stage, town: str, **changes: Any) -> None:
    """What Meta says of the town's number, changed."""
    number = stage.town(town)["phone_number_id"]
    known = next(it for it in stage.simulate("GET", "numbers")["numbers"] if it["phone_number_id"] == number)
    kept = ("town", "waba_id", "display_phone_number", "verified_name", "rate_mps")
    stage.simulate("PUT", f"numbers/{number}", {**{name: known[name] for name in kept}, **changes})


# ---- a token that is refused


def _revoke_token(stage: Stage) -> None:
    """Meta knows another one from now on; the town's is refused."""
    token = f"EAA{uuid.uuid4().hex}"
    _number_with(stage, "arnsberg", token=token)
    _token_file(stage, token)
    stage.system.write("4917670000001", "arnsberg", "Hallo")


def _answers(stage: Stage) -> bool:
    """Whether somebody new is answered within half a minute; what was mended may not be known everywhere yet."""
    person, town = _somebody(), stage.values["TOWN"]
    stage.system.write(person, town, "Hallo")
    return stage.comes(lambda: stage.system.received(person, town), ANSWERED_WITHIN_S)


def _somebody() -> str:
    return f"49176700{uuid.uuid4().int % 100_000:05}"


# ---- a template that is paused


def _template(stage: Stage, town: str, name: str) -> str:
    account = stage.town(town)["waba_id"]
    found = stage.simulate("GET", "templates")["templates"]
    return str(next(it["id"] for it in found if it["waba_id"] == account and it["name"] == name))


def _pause_warning(stage: Stage) -> None:
    stage.values["template"] = _template(stage, "bocholt", "warnung")
    stage.simulate("POST", f"templates/{stage.values['template']}", {"status": "PAUSED"})


def _approve(stage: Stage) -> None:
    stage.simulate("POST", f"templates/{stage.values['template']}", {"status": "APPROVED"})


def _templates_are_well(stage: Stage) -> bool:
    return stage.system.command("template", "check", "--town", stage.values["TOWN"]).returncode == 0


# ---- newsletters


def _readers(stage: Stage, town: str, first: int) -> None:
    """Of a town that sends slowly from now on."""
    stage.town(town)
    usual = Path(stage.values["FILE"]).read_text(encoding="utf-8")
    slow = stage.folder / f"{town}.toml"
    slow.write_text(re.sub(r"^rate_mps = \d+", f"rate_mps = {SLOW_MPS}", usual, flags=re.MULTILINE), encoding="utf-8")
    stage.system.stadtdraht("town", "apply", str(slow), "--no-meta")
    file = subscriber_file(stage.folder / f"{town}.csv", phones(READERS, first=first), offers="news")
    stage.system.stadtdraht("citizen", "import", "--town", town, str(file))


def _send(stage: Stage) -> None:
    number, since = stage.system.run["towns"][stage.values["TOWN"]]["phone_number_id"], time.time()
    words = ("--title", "Probe", "--teaser", "Ein Satz.", "--link", "https://www.example.org/probe", "--yes")
    sent = stage.system.stadtdraht("broadcast", "send", "--town", stage.values["TOWN"], *words)
    stage.values["ID"] = sent["broadcast_id"]
    of_it = f"messages?phone_number_id={number}&since={since}&limit=1"
    stage.system.until(lambda: stage.simulate("GET", of_it)["messages"], "the newsletter to begin")


def _status(stage: Stage) -> dict[str, Any]:
    return dict(stage.system.stadtdraht("broadcast", "status", stage.values["ID"]))


def _halt_newsletter(stage: Stage) -> None:
    _readers(stage, "vreden", 4917671000000)
    stage.values["template"] = _template(stage, "vreden", "stadtnachricht")
    _send(stage)
    stage.simulate("POST", f"templates/{stage.values['template']}", {"status": "PAUSED"})


def _everybody_has_it(stage: Stage) -> bool:
    found = _status(stage)
    return found["accepted"] + found["unknown"] + found["failed"] >= READERS


def _send_a_wrong_one(stage: Stage) -> None:
    _readers(stage, "bocholt", 4917672000000)
    _send(stage)


def _is_stopped(stage: Stage) -> bool:
    found = _status(stage)
    return found["state"] == "stopped" and found["accepted"] < READERS


# ---- the account, dead letters, links, numbers, the clock


def _restrict(stage: Stage) -> None:
    stage.town("vreden")
    told = {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SPAM"}}
    stage.simulate("POST", "webhooks", {"town": "vreden", "field": "account_update", "value": told})


def _lay_a_dead_letter(stage: Stage) -> None:
    """A message whose follow-up was given up: here, one that was followed up long ago."""
    stage.town("neu-ulm")
    stage.system.write("4917673000001", "neu-ulm", "Hallo")
    row = stage.system.until(lambda: _stored_message(stage, "neu-ulm"), "a message in the inbox", RINGS_WITHIN_S)
    kind, _, key = row["sk"]["S"].partition("#")
    shard = row["pk"]["S"].rpartition("#")[2]
    job = {"v": 1, "town": "neu-ulm", "shard": shard, "key": key, "kind": kind}
    sqs = stage.system.client("sqs")
    url = next(it for it in sqs.list_queues()["QueueUrls"] if "inbound-retry-dead" in it)
    once = {"MessageGroupId": "rehearsal", "MessageDeduplicationId": uuid.uuid4().hex}
    sqs.send_message(QueueUrl=url, MessageBody=json.dumps(job), **once)
    stage.values["QUEUE"] = "inbound_retry"


def _stored_message(stage: Stage, town: str) -> dict[str, Any] | None:
    return next((it for it in stage.system.inbox_rows(town) if it["kind"]["S"] == "message"), None)


def _no_dead_letters(stage: Stage) -> bool:
    """Nor one that was handed on and is still tried: it may come back."""
    sqs, counts = stage.system.client("sqs"), ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    url = next(it for it in sqs.list_queues()["QueueUrls"] if it.endswith("inbound-retry.fifo"))
    tried = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=counts)["Attributes"]
    return not any(map(int, tried.values())) and not sum(
        it["messages"] for it in stage.system.stadtdraht("dlq", "list")
    )


def _guess_a_pin(stage: Stage) -> None:
    """Somebody has the link and not the PIN."""
    stage.town("bocholt")
    asked = ("--town", "bocholt", "--holder", "Probe", "--expires", "1d", "--pin", PIN)
    made = stage.system.stadtdraht("crisis", "link", *asked)
    stage.values |= {"HOLDER": "Probe", "NEW_PIN": "739164", "link": made["url"]}
    assert all(stage.press(made["url"], f"11111{last}").is_client_error for last in range(5))


def _link_is_dead(stage: Stage) -> bool:
    return stage.system.http.get(stage.values["link"]).status_code == 404


def _take_the_number_away(stage: Stage) -> None:
    """The directory no longer leads from the number to its town."""
    number = stage.town("neu-ulm")
    table = {"TableName": stage.system.run["table"]}
    for sk in (f"NUMBER#{number['phone_number_id']}", f"WABA#{number['waba_id']}"):
        stage.system.client("dynamodb").delete_item(**table, Key={"pk": {"S": "#DIRECTORY"}, "sk": {"S": sk}})
    known = stage.system.client("secretsmanager").get_secret_value(
        SecretId=f"{stage.system.run['settings']['TOWN_SECRET_PREFIX']}neu-ulm"
    )
    _token_file(stage, json.loads(known["SecretString"])["access_token"])

    def unrouted() -> bool:
        stage.system.write(_somebody(), "neu-ulm", "Hallo")  # the directory is remembered for a minute
        return stage.comes(lambda: "webhook-unrouted" in stage.ringing(), BETWEEN_MESSAGES_S)

    stage.system.until(unrouted, "a message that belongs to no town", RINGS_WITHIN_S)


def _ask_for_the_pin(stage: Stage) -> None:
    stage.town("neu-ulm")
    told = {"event": "PIN_RESET_REQUEST", "display_phone_number": "", "requester": "1"}
    stage.simulate("POST", "webhooks", {"town": "neu-ulm", "field": "security", "value": told})


def _stop_the_clock(stage: Stage) -> None:
    stage.town("bocholt")
    _set_clock(stage, "DISABLED")


def _start_the_clock(stage: Stage) -> None:
    _set_clock(stage, "ENABLED")


def _set_clock(stage: Stage, state: str) -> None:
    """Of the look whether warnings could go out; all else of its schedule stays."""
    scheduler = stage.system.client("scheduler")
    it = next(it for it in scheduler.list_schedules()["Schedules"] if "readiness" in it["Name"].lower())
    known = scheduler.get_schedule(Name=it["Name"], GroupName=it["GroupName"])
    kept = ("Name", "GroupName", "ScheduleExpression", "ScheduleExpressionTimezone", "FlexibleTimeWindow", "Target")
    scheduler.update_schedule(**{name: known[name] for name in kept if name in known}, State=state)


def _somebody_looked(stage: Stage) -> bool:
    return bool(stage.looked("crisis", "ready", "--town", "bocholt")["lights"])


REHEARSALS: Final = (
    Rehearsal(
        "Nobody looks whether warnings could go out",
        "readiness-not-checked",
        _stop_the_clock,
        _somebody_looked,
        by_hand=_start_the_clock,
        within_s=NOBODY_LOOKS_S,
    ),
    Rehearsal("Meta refuses a town's token", "meta-shuts-out", _revoke_token, _answers),
    Rehearsal(
        "Meta pauses a template", "crisis-template-trouble", _pause_warning, _templates_are_well, by_hand=_approve
    ),
    Rehearsal("A number's quality falls, or Meta brakes an account", "account-trouble", _restrict, _templates_are_well),
    Rehearsal("Dead letters", "inbound-retry-dead-letters", _lay_a_dead_letter, _no_dead_letters),
    Rehearsal("A crisis link is in the wrong hands", "crisis-pin-locked", _guess_a_pin, _link_is_dead),
    Rehearsal("A number that no town has", "webhook-unrouted", _take_the_number_away, _answers),
    Rehearsal("Somebody may be taking a number over", "number-security", _ask_for_the_pin, _answers),
    Rehearsal(
        "Meta stops a newsletter on its way", "newsletter-halted", _halt_newsletter, _everybody_has_it, by_hand=_approve
    ),
    Rehearsal("A wrong newsletter is going out", "", _send_a_wrong_one, _is_stopped),
)
"""In the order in which they come; newsletters late, since statuses keep a small machine busy after them."""
