"""How the stack's outputs become the product's settings."""

from local.product_settings import named_as_settings


def test_outputs_are_found_whatever_their_spelling():
    outputs = {
        "TableName": "rows",
        "META_APP_SECRET_ID": "arn",
        "crisisqueueurl": "http://queue",
        "ExportsOutputX": "1",
    }

    assert named_as_settings(outputs) == {
        "TABLE_NAME": "rows",
        "META_APP_SECRET_ID": "arn",
        "CRISIS_QUEUE_URL": "http://queue",
    }
