"""The one address: an HTTP API whose access log knows routes, never paths, since a crisis link is a secret path."""

import json
from collections.abc import Sequence

from aws_cdk import RemovalPolicy
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_logs as logs
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.blocks.alarm import FIVE_MINUTES, NO_BLIP, Alarm
from infra.blocks.lambda_function import NAMESPACE, LambdaFunction
from infra.deployment import Deployment

LOGGED = {  # paid for by the byte: three lines for each recipient of a newsletter
    "request": "$context.requestId",
    "route": "$context.routeKey",
    "status": "$context.status",
    "latency_ms": "$context.responseLatency",
    "error": "$context.integrationErrorMessage",
}
REQUESTS_PER_S = 2000  # three times what a number of 1,000 messages per second sends back as statuses, 50 to a POST
BURST = 4000
SOME_FAIL = 5  # within five minutes
SOME_ARE_TOO_MANY = 20  # that were answered with 429, within five minutes
NO_LOGIN = (
    "No login by design: webhooks prove themselves by Meta's signature over the raw bytes, crisis links by an HMAC "
    "and a PIN, and the public pages are public."
)


class HttpApi(Construct):
    """Routes are added by whoever serves them."""

    def __init__(self, scope: Construct, *, deployment: Deployment) -> None:
        super().__init__(scope, "HttpApi")
        self._domain = deployment.domain
        self.api = apigateway.HttpApi(
            self,
            "Api",
            api_name=deployment.named("api"),
            create_default_stage=False,
            disable_execute_api_endpoint=bool(deployment.domain) or None,
        )
        self.log = logs.LogGroup(
            self,
            "AccessLog",
            log_group_name=f"/stadtdraht/{deployment.stage}/http-api",
            retention=logs.RetentionDays.THREE_MONTHS,
            removal_policy=RemovalPolicy.DESTROY,
        )
        self.stage = apigateway.CfnStage(
            self,
            "Stage",
            api_id=self.api.api_id,
            stage_name="$default",
            auto_deploy=True,
            default_route_settings=apigateway.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=REQUESTS_PER_S, throttling_burst_limit=BURST
            ),
            access_log_settings=apigateway.CfnStage.AccessLogSettingsProperty(
                destination_arn=self.log.log_group_arn, format=json.dumps(LOGGED, separators=(",", ":"))
            ),
        )
        self._integrations: dict[LambdaFunction, HttpLambdaIntegration] = {}
        self._throttles: dict[str, dict[str, object]] = {}
        anywhere = cloudwatch.Metric(
            namespace="AWS/ApiGateway",
            metric_name="5xx",
            dimensions_map={"ApiId": self.api.api_id},
            period=FIVE_MINUTES,
            statistic="Sum",
        )
        about = "the API answers with errors of ours"  # people see an error
        self.alarms = [Alarm("http-api-5xx-anywhere", anywhere, SOME_FAIL, about, urgent=False)]

    @property
    def url(self) -> str:
        return f"https://{self._domain}" if self._domain else self.api.api_endpoint

    def route(
        self, function: LambdaFunction, methods: str, *paths: str, at_most: tuple[int, int] | None = None
    ) -> None:
        """Hand these methods (`GET,POST`) of these paths to the function.

        at_most: requests per second to each route, and at the same moment; more are answered with 429.
        """
        integration = self._integrations.setdefault(
            function,
            # One right to invoke for the whole API, not for each route: a function's policy has 20 kB, and a stack 500
            # resources (AWS Lambda quotas; AWS CloudFormation quotas, 2026-09).
            HttpLambdaIntegration(f"To{function.node.id}", function.function, scope_permission_to_route=False),
        )
        for path in paths:
            for route in self.api.add_routes(
                path=path,
                methods=[apigateway.HttpMethod[method] for method in methods.split(",")],
                integration=integration,
            ):
                acknowledge(route, "AwsSolutions-APIG4", NO_LOGIN)
                self.stage.node.add_dependency(route)  # its settings may name no route that is not there yet
        if at_most:
            rate, burst = at_most
            limits: dict[str, object] = {"ThrottlingRateLimit": rate, "ThrottlingBurstLimit": burst}
            self._throttles |= {f"{method} {path}": limits for path in paths for method in methods.split(",")}
            self.stage.route_settings = self._throttles

    def wake_for(self, *routes: str) -> None:
        """What goes wrong on these routes (`POST /webhooks/whatsapp`) wakes somebody at night: Meta redelivers, but an
        officer does not. Whoever provokes an error elsewhere wakes nobody. Counted from the access log, since API
        Gateway's own figures of a route cost as much for each.
        """
        about = "the API answers Meta or an officer with errors of ours"
        self._wake_when("http-api-5xx", "HttpApiFailed", "5*", routes, SOME_FAIL, about)
        about = "the API turns Meta or an officer away: too many requests at once"
        self._wake_when("http-api-throttled", "HttpApiThrottled", "429", routes, SOME_ARE_TOO_MANY, about)

    def _wake_when(self, alarm: str, metric: str, status: str, routes: Sequence[str], most: int, about: str) -> None:
        pattern = logs.FilterPattern
        on_route = pattern.any(*(pattern.string_value("$.route", "=", route) for route in routes))
        counted = logs.MetricFilter(
            self,
            metric,
            log_group=self.log,
            filter_pattern=pattern.all(pattern.string_value("$.status", "=", status), on_route),
            metric_namespace=NAMESPACE,
            metric_name=metric,
        ).metric(period=FIVE_MINUTES, statistic="Sum")
        self.alarms.append(Alarm(alarm, counted, most, about, True, *NO_BLIP))
