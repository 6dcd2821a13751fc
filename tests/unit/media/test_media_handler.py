"""A batch of files: what could not be fetched comes back alone, and no line of the log names a person."""

import json

from functions.batch import failures
from functions.media.fetch import log, settled
from stadtdraht.adapters.aws.jobs import MediaJob
from stadtdraht.domain.media.media import MediaNotNow, MediaState
from tests.support.builders.media import a_media


def record(name, body=None):
    return {"messageId": name, "body": body or MediaJob("vreden", "secret", name).body()}


def test_only_what_may_work_later_comes_back(capsys):
    outcomes = {
        "stored": a_media(state=MediaState.STORED),
        "erased": None,
        "later": MediaNotNow("http 503"),
        "broken": RuntimeError("+4915155500001"),
    }

    def fetch(job):
        if isinstance(outcome := outcomes[job.wamid], Exception):
            raise outcome
        return outcome

    records = [record(name) for name in outcomes] + [record("no job", "nonsense")]
    back = failures(records, lambda record: settled(record, fetch), log)["batchItemFailures"]
    assert [it["itemIdentifier"] for it in back] == ["later", "broken", "no job"]
    lines = capsys.readouterr().out
    assert "+49" not in lines
    assert "secret" not in lines
    assert all(json.loads(line) for line in lines.splitlines())
