"""The access log names routes, never paths."""

import pytest

from local.watch.routes import NO_ROUTE, Routes

ROUTES = Routes(
    ["GET /", "GET /{proxy+}", "GET /crisis/{token}", "POST /crisis/{token}/{alert}", "GET /t/{town}/privacy"]
)


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("GET /", "GET /"),
        ("GET /crisis/abc.def", "GET /crisis/{token}"),
        ("GET /crisis/abc/def", "GET /{proxy+}"),
        ("POST /crisis/abc/def", "POST /crisis/{token}/{alert}"),
        ("GET /t/bocholt/privacy", "GET /t/{town}/privacy"),
        ("GET /what/ever", "GET /{proxy+}"),
        ("DELETE /", NO_ROUTE),
    ],
)
def test_the_tightest_route_answers(asked, key):
    assert ROUTES.key_of(*asked.split(" ")) == key
