"""`auskunft.html` of a person's archive: what is stored, since when, for how long."""

from collections.abc import Mapping, Sequence

from stadtdraht.domain import retention
from stadtdraht.domain.citizen import Citizen, ConsentAct, ConsentEntry
from stadtdraht.domain.conversation import Line
from stadtdraht.domain.identifiers import text_digest
from stadtdraht.domain.town import Town
from stadtdraht.pages.render import render

WHO = {"citizen": "Sie", "town": "Stadt", "note": "Notiz der Stadt"}
ACTS = {ConsentAct.GRANTED: "bestellt", ConsentAct.WITHDRAWN: "abbestellt"}


def page_of(
    town: Town,
    citizen: Citizen,
    ledger: Sequence[ConsentEntry],
    lines: Sequence[Line],
    left_out: Sequence[str],
    files: Mapping[str, str],
) -> str:
    """In German; times as the town's clock shows them."""
    labels = {of.offer: of.label for of in town.offers}
    districts = {choice.id: choice.label for choice in town.districts}
    topics = [topic.label for topic in town.topics if topic.id in citizen.topics]
    return render(
        "data/archive.html",
        town=town,
        citizen=citizen,
        district=districts.get(citizen.district, ""),
        topics=", ".join(topics),
        ledger=[
            (f"{it.at.astimezone(town.zone):%d.%m.%Y %H:%M}", labels.get(it.offer, it.offer), ACTS[it.act], it.how)
            for it in ledger
        ],
        lines=[
            (
                f"{it.at.astimezone(town.zone):%d.%m.%Y %H:%M}",
                WHO[it.who],
                it.text or f"[{it.kind}]",
                files.get(text_digest(it.message_id), ""),
            )
            for it in lines
        ],
        left_out=left_out,
        conversation_days=retention.CONVERSATION.days,
        delivery_days=retention.DELIVERY.days,
    )
