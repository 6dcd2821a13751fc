"""A photo, from a phone to where staff open it."""

import json
import time
from datetime import UTC, datetime

import httpx
import pytest

from stadtdraht.adapters.dynamodb.media import media_row
from stadtdraht.adapters.dynamodb.table import Table
from stadtdraht.domain.identifiers import message_id
from stadtdraht.domain.media.media import Media, MediaKind

pytestmark = pytest.mark.system

ANKE = "a" * 20


def queued(system, media):
    """As what follows from the message does: the row, then the job."""
    Table(system.client("dynamodb"), system.run["table"]).put_all([media_row(media)])
    job = {"v": 1, "town": media.town, "citizen_id": media.citizen_id, "wamid": media.wamid}
    url = system.run["settings"]["MEDIA_QUEUE_URL"]
    system.client("sqs").send_message(QueueUrl=url, MessageBody=json.dumps(job))


def test_staff_open_a_citizen_s_photo_and_find_no_place_in_it(system):
    phone = "4915155500911"
    photo = ("--town", "vreden", phone, message_id(system.write(phone, "vreden", type="image")))
    system.after(phone, "vreden", 1)  # then the person is known

    def stored():
        found = system.stadtdraht("media", "show", *photo)
        return found if found["state"] == "stored" else None

    found = system.until(stored, "the photo")
    assert (found["type"], found["why"]) == ("image/jpeg", "")
    opened = httpx.get(found["link"])
    assert opened.status_code == 200
    assert opened.content.startswith(b"\xff\xd8\xff")
    assert b"Exif" not in opened.content
    done = system.command("media", "retry", *photo)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_what_whatsapp_does_not_have_is_listed_until_somebody_looks(system):
    wamid = f"wamid.gone{time.time_ns()}"
    queued(system, Media("vreden", ANKE, wamid, "1600000000000009", MediaKind.IMAGE, datetime.now(UTC)))

    def listed():
        return [it for it in system.stadtdraht("media", "list", "--town", "vreden") if it["message"] == wamid]

    (found,) = system.until(listed, "the sign of trouble")
    assert found["state"] == "failed"
    assert "WhatsApp hält die Datei nicht mehr bereit" in found["why"]
