"""Clients of AWS as functions have them, up to the socket."""

import boto3.session
import pytest
from botocore.exceptions import ParamValidationError

from stadtdraht.adapters.dynamodb.table import to_item
from stadtdraht.bootstrap import Adapters
from stadtdraht.settings import Settings


class Sent(Exception):
    """A request would have gone out."""


def client(service):
    session = boto3.session.Session("id", "key", region_name="eu-central-1")
    made = Adapters(Settings(), _session=session).client(service)

    def send(request, **_):
        raise Sent(request.headers["User-Agent"].decode())

    made.meta.events.register("before-send.*.*", send)
    return made


def test_requests_say_whose_they_are_in_few_words():
    """The whole account that botocore gives of itself is put together for each request."""
    with pytest.raises(Sent, match=r"^stadtdraht Botocore/"):
        client("dynamodb").put_item(TableName="t", Item=to_item({"pk": "a", "sk": "b"}))


def test_a_misspelt_condition_is_never_sent():
    """Nobody else would notice, and the row would be written without one."""
    with pytest.raises(KeyError, match="ConditionExpresion"):
        client("dynamodb").put_item(TableName="t", Item={}, ConditionExpresion="attribute_not_exists(pk)")


def test_a_condition_that_is_nothing_is_never_sent():
    with pytest.raises(TypeError, match="ConditionExpression"):
        client("dynamodb").put_item(TableName="t", Item={}, ConditionExpression=None)


def test_what_the_table_has_no_type_for_is_never_sent():
    with pytest.raises(TypeError):
        to_item({"pk": "a", "share": 0.5})


def test_a_file_without_a_key_is_never_asked_for():
    """A deletion without one would mean the bucket."""
    with pytest.raises(ParamValidationError):
        client("s3").delete_object(Bucket="b", Key="")
