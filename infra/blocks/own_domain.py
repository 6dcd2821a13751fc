"""Addresses of the deployment's own in front of the API: one for people, and one that only Meta can open."""

from aws_cdk import CfnOutput
from aws_cdk import aws_apigatewayv2 as apigateway
from constructs import Construct

from infra.blocks.http_api import HttpApi
from infra.deployment import Deployment


class OwnDomain(Construct):
    """Certificates are made beforehand, in ACM: whose DNS proves them is seldom whoever deploys.

    Mutual TLS belongs to a whole domain, and citizens have no certificate: so webhooks have a domain of their own. The
    other one leads to the same API, which is why the webhook looks at the certificate, too (functions/inbound).
    """

    def __init__(self, scope: Construct, *, deployment: Deployment, api: HttpApi) -> None:
        super().__init__(scope, "OwnDomain")
        self._api = api
        if deployment.domain:
            self._serve("People", "DomainTarget", deployment.domain, deployment.domain_certificate)
        if deployment.webhook_domain:
            only_meta = apigateway.CfnDomainName.MutualTlsAuthenticationProperty(
                truststore_uri=deployment.webhook_truststore
            )
            self._serve(
                "Webhooks",
                "WebhookDomainTarget",
                deployment.webhook_domain,
                deployment.webhook_certificate,
                mutual_tls_authentication=only_meta,
            )

    def _serve(
        self,
        name: str,
        target: str,
        domain: str,
        certificate: str,
        mutual_tls_authentication: apigateway.CfnDomainName.MutualTlsAuthenticationProperty | None = None,
    ) -> None:
        """`target`: the output that says where the domain's CNAME record has to point."""
        served = apigateway.CfnDomainName(
            self,
            name,
            domain_name=domain,
            domain_name_configurations=[
                apigateway.CfnDomainName.DomainNameConfigurationProperty(
                    certificate_arn=certificate, endpoint_type="REGIONAL", security_policy="TLS_1_2"
                )
            ],
            mutual_tls_authentication=mutual_tls_authentication,
        )
        mapping = apigateway.CfnApiMapping(
            self, f"{name}ToApi", api_id=self._api.api.api_id, domain_name=served.ref, stage=self._api.stage.ref
        )
        mapping.add_dependency(self._api.stage)
        CfnOutput(self, target, value=served.attr_regional_domain_name).override_logical_id(target)
