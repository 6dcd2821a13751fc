"""Every route that is deployed is asked with hostile requests, and none that is not."""

from tests.infra.reading import of_type
from tests.unit.test_hostile_requests import ROUTES


def test_no_route_is_left_out(template):
    deployed = {route["RouteKey"] for route in of_type(template, "AWS::ApiGatewayV2::Route").values()}
    assert deployed == {route for routes in ROUTES.values() for route in routes}
