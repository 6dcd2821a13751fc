"""MiniStack, told which rows a call touches: its 1.5.33 does not know `dynamodb:LeadingKeys`.

Without the key every condition `ForAllValues:StringLike` on it holds, so that no role is held to its rows. `python -m
local.aws.leading_keys` starts MiniStack with the key filled in.

What AWS puts into the key when it judges an item of a transaction is written nowhere: the key of that item alone, the
keys of all items, or nothing. Policies have to let the product work under each (`TransactionKeys`).
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ministack.core import iam_actions, iam_evaluator

from local.aws.account import PARTITION_KEY, TransactionKeys

CONDITION = "dynamodb:LeadingKeys"
_EQUALS = re.compile(r"(#?\w+)\s*=\s*(:\w+)")

Request = Mapping[str, Any]


class _ItemAction(str):
    """The action that an item of a transaction is judged as, and the row it is about."""

    __slots__ = ("keys",)
    keys: list[str]

    @classmethod
    def on(cls, action: str, keys: list[str]) -> "_ItemAction":
        made = cls(action)
        made.keys = keys
        return made


def leading_keys(request: Request) -> list[str]:
    """Partition keys of every row that a call touches which is no transaction."""
    items = [request.get("Key"), request.get("Item")]
    for of_table in (request.get("RequestItems") or {}).values():
        if isinstance(of_table, dict):  # BatchGetItem
            items += of_table.get("Keys", [])
        else:
            items += [it for one in of_table for put_or_delete in one.values() for it in put_or_delete.values()]
    return [key for item in items if (key := _key_of(item))] + list(_asked_for(request))


def transaction_keys(request: Request) -> list[list[str]]:
    """The same for each item of a transaction, in their order; none for any other call."""
    return [
        [key for item in (it.get("Key"), it.get("Item")) if (key := _key_of(item))]
        for member in request.get("TransactItems") or []
        for it in member.values()
    ]


def teach(reading: TransactionKeys) -> None:
    """Let MiniStack fill the key in from now on."""
    iam_actions.dynamodb_service_context = _with_keys(iam_actions.dynamodb_service_context, reading)
    iam_actions.dynamodb_transaction_checks = _with_own_keys(iam_actions.dynamodb_transaction_checks, reading)
    iam_evaluator.enforce = _with_key_of_item(iam_evaluator.enforce)


def _with_keys(plain: Callable[[bytes], dict[str, Any]], reading: TransactionKeys) -> Callable[[bytes], dict[str, Any]]:
    def context(body: bytes) -> dict[str, Any]:
        request = _parsed(body)
        keys = leading_keys(request)
        if reading is TransactionKeys.ALL:
            keys += [key for of_item in transaction_keys(request) for key in of_item]
        return {**plain(body), **({CONDITION: keys} if keys else {})}

    return context


def _with_own_keys(
    plain: Callable[..., list[tuple[str, str]]], reading: TransactionKeys
) -> Callable[..., list[tuple[str, str]]]:
    def checks(iam_action: str, body: bytes, region: str, account_id: str) -> list[tuple[str, str]]:
        found = plain(iam_action, body, region, account_id)
        if reading is not TransactionKeys.OWN or not found:
            return found
        keys = transaction_keys(_parsed(body))
        return [(_ItemAction.on(action, own), arn) for (action, arn), own in zip(found, keys, strict=True)]

    return checks


def _with_key_of_item(plain: Callable[..., Any]) -> Callable[..., Any]:
    def enforce(access_key_id: str, iam_action: str, *rest: Any, **named: Any) -> Any:
        if isinstance(iam_action, _ItemAction):
            named["service_context"] = {**named["service_context"], CONDITION: iam_action.keys}
        return plain(access_key_id, iam_action, *rest, **named)

    return enforce


def _parsed(body: bytes) -> Request:
    try:
        request = json.loads(body or b"{}")
    except ValueError:
        return {}
    return request if isinstance(request, dict) else {}


def _key_of(item: Request | None) -> str:
    return str((item or {}).get(PARTITION_KEY, {}).get("S", ""))


def _asked_for(request: Request) -> Iterator[str]:
    """The partition that a Query names."""
    names, values = request.get("ExpressionAttributeNames") or {}, request.get("ExpressionAttributeValues") or {}
    for name, value in _EQUALS.findall(request.get("KeyConditionExpression") or ""):
        if names.get(name, name) == PARTITION_KEY and (key := _key_of({PARTITION_KEY: values.get(value, {})})):
            yield key


if __name__ == "__main__":
    from ministack.app import main

    teach(TransactionKeys(os.environ["TRANSACTION_KEYS"]))  # noqa: TID251 - its own process, see ministack.py
    main()
