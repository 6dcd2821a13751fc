"""How the stack's outputs become the product's settings."""

from stadtdraht.settings import Settings


def test_outputs_are_found_whatever_their_spelling():
    outputs = {
        "TableName": "rows",
        "META_APP_SECRET_ID": "arn",
        "crisisqueueurl": "http://queue",
        "ExportsOutputX": "1",
    }
    named = Settings.named(outputs)
    assert named == {"TABLE_NAME": "rows", "META_APP_SECRET_ID": "arn", "CRISIS_QUEUE_URL": "http://queue"}
    assert Settings.from_mapping(named).table_name == "rows"
