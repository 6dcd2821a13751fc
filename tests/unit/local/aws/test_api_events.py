"""HTTP API events and answers in API Gateway's shape."""

import json

from local.aws.api_events import as_api_event, error_answer, with_cookies


def _a_request(**headers):
    return json.dumps({"version": "2.0", "headers": headers, "requestContext": {"http": {"method": "GET"}}}).encode()


def test_a_requests_cookies_are_listed():
    assert json.loads(with_cookies(_a_request(cookie="a=1; b=2")))["cookies"] == ["a=1", "b=2"]


def test_a_request_without_cookies_is_passed_on_byte_for_byte():
    request = _a_request(accept="*/*")

    assert request == with_cookies(request)


def test_an_event_that_only_mentions_cookies_is_passed_on_byte_for_byte():
    event = b'{"Records": [{"body": "{\\"cookie\\": 1}", "requestContext": null, "cookie":1}]}'

    assert event == with_cookies(event)


def test_queue_records_are_no_requests():
    assert as_api_event(b'{"Records": []}') is None
    assert as_api_event(b"[1]") is None


def test_a_failed_function_tells_the_outside_nothing():
    answer = json.loads(error_answer(500, "Internal Server Error"))

    assert (answer["statusCode"], answer["body"]) == (500, '{"message":"Internal Server Error"}')
