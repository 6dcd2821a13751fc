"""The one address: an HTTP API whose access log knows routes, never paths, since a crisis link is a secret path."""

import json

from aws_cdk import RemovalPolicy
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_logs as logs
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.blocks.alarm import MINUTE, Alarm
from infra.blocks.lambda_function import LambdaFunction
from infra.deployment import Deployment

LOGGED = {
    "request": "$context.requestId",
    "route": "$context.routeKey",
    "status": "$context.status",
    "latency_ms": "$context.responseLatency",
    "function_ms": "$context.integrationLatency",
    "error": "$context.integrationErrorMessage",
}
REQUESTS_PER_S = 2000  # three times what a number of 1,000 messages per second sends back as statuses, 50 to a POST
BURST = 4000
DETAILED = {"DetailedMetricsEnabled": True}
NO_LOGIN = (
    "No login by design: webhooks prove themselves by Meta's signature over the raw bytes, crisis links by an HMAC "
    "and a PIN, and the public pages are public."
)


class HttpApi(Construct):
    """Routes are added by whoever serves them."""

    def __init__(self, scope: Construct, *, deployment: Deployment) -> None:
        super().__init__(scope, "HttpApi")
        self.api = apigateway.HttpApi(self, "Api", api_name=deployment.named("api"), create_default_stage=False)
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
                throttling_rate_limit=REQUESTS_PER_S, throttling_burst_limit=BURST, detailed_metrics_enabled=True
            ),
            access_log_settings=apigateway.CfnStage.AccessLogSettingsProperty(
                destination_arn=self.log.log_group_arn, format=json.dumps(LOGGED)
            ),
        )
        self._integrations: dict[LambdaFunction, HttpLambdaIntegration] = {}
        self._throttles: dict[str, dict[str, object]] = {}
        anywhere = self._failed({"ApiId": self.api.api_id})
        about = "the API answers with errors of ours"  # people see an error
        self.alarms = [Alarm("http-api-5xx-anywhere", anywhere, 5, about, urgent=False)]

    @property
    def url(self) -> str:
        return self.api.api_endpoint

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
            limits: dict[str, object] = {"ThrottlingRateLimit": rate, "ThrottlingBurstLimit": burst, **DETAILED}
            self._throttles |= {f"{method} {path}": limits for path in paths for method in methods.split(",")}
            self.stage.route_settings = self._throttles

    def wake_for(self, *routes: str) -> None:
        """Errors of ours on these routes (`POST /webhooks/whatsapp`) wake somebody at night: Meta redelivers, but an
        officer does not. Whoever provokes one elsewhere wakes nobody.
        """
        of_routes = {
            f"m{number}": self._failed(
                {"ApiId": self.api.api_id, "Stage": self.stage.stage_name, "Method": method, "Resource": path}
            )
            for number, (method, path) in enumerate(route.split(" ") for route in routes)
        }
        filled = (f"FILL({name}, 0)" for name in of_routes)  # a route that nobody asked has no figure
        failed = cloudwatch.MathExpression(
            expression=" + ".join(filled), using_metrics=of_routes, label="5xx", period=MINUTE
        )
        about = "the API answers Meta or an officer with errors of ours"
        self.alarms.append(Alarm("http-api-5xx", failed, 5, about, urgent=True))

    def _failed(self, where: dict[str, str]) -> cloudwatch.Metric:
        return cloudwatch.Metric(
            namespace="AWS/ApiGateway", metric_name="5xx", dimensions_map=where, period=MINUTE, statistic="Sum"
        )
