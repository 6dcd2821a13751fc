"""A newsletter to imported numbers brings a second name of each person: thousands, behind which no message may wait."""

from functions.inbound import process
from stadtdraht.adapters.aws.jobs import RetryJob
from stadtdraht.domain.citizen import WireIdentity
from stadtdraht.domain.inbound.inbox import UpdateKind
from tests.support.message_way import MessageWay

PHONE, BSUID = "4915112345678", "DE.7"


def test_a_second_name_is_handed_on_from_the_stream_and_followed_up_from_the_queue():
    way = MessageWay()
    way.office.hears("Hallo", who=PHONE)
    way.office.inbox.updates.clear()
    said = {"recipient_id": PHONE, "recipient_user_id": BSUID, "biz_opaque_callback_data": "sd1:a.1:0a1b:1:1"}
    way.posted(statuses=[{"id": "wamid.1", "status": "sent", "timestamp": "1795400399", **said}])
    ((_, shard, _, key),) = way.office.inbox.updates
    way.followed_up()
    assert way.adapters.second_names_queue.put_in == [("vreden", shard, UpdateKind.NAMES, key)]
    assert way.adapters.retry_queue.put_in == []
    assert way.office.citizens.find("vreden", WireIdentity(BSUID)) is None
    job = {"messageId": "1", "body": RetryJob("vreden", shard, key, "names").body()}
    assert process.handler({"Records": [job]}, way.context(), adapters=way.adapters) == {"batchItemFailures": []}
    assert way.office.citizens.find("vreden", WireIdentity(BSUID)) == way.office.citizens.find(
        "vreden", WireIdentity(None, PHONE)
    )
