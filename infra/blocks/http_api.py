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
        failed = cloudwatch.Metric(
            namespace="AWS/ApiGateway",
            metric_name="5xx",
            dimensions_map={"ApiId": self.api.api_id},
            period=MINUTE,
            statistic="Sum",
        )
        # Meta redelivers, people see an error.
        self.alarms = [Alarm("http-api-5xx", failed, 5, "the API answers with errors of ours", urgent=True)]

    @property
    def url(self) -> str:
        return self.api.api_endpoint

    def route(self, function: LambdaFunction, methods: str, *paths: str) -> None:
        """Hand these methods (`GET,POST`) of these paths to the function."""
        integration = HttpLambdaIntegration(f"To{function.node.id}", function.function)
        for path in paths:
            for route in self.api.add_routes(
                path=path,
                methods=[apigateway.HttpMethod[method] for method in methods.split(",")],
                integration=integration,
            ):
                acknowledge(route, "AwsSolutions-APIG4", NO_LOGIN)
