"""`python -m infra.kept RESOURCES`: what a deleted stack left, as the mapping by which CDK's import takes it over.

RESOURCES is what `aws cloudformation list-stack-resources` says of the deleted stack, which AWS remembers for 90 days
(docs/operations/recovery.md).
"""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

LEFT = "DELETE_SKIPPED"
# What CloudFormation knows a resource by; its "physical id" is this one's value. CloudFormation, Resource type support
IDENTIFIERS = {
    "AWS::Cognito::UserPool": "UserPoolId",
    "AWS::DynamoDB::GlobalTable": "TableName",
    "AWS::KMS::Key": "KeyId",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SecretsManager::Secret": "Id",
}


def mapping(resources: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """{logical id: {identifier: value}} of what is left. Raises KeyError for a type that is not known to be kept."""
    return {
        it["LogicalResourceId"]: {IDENTIFIERS[it["ResourceType"]]: it["PhysicalResourceId"]}
        for it in resources
        if it["ResourceStatus"] == LEFT
    }


def main() -> None:
    listed = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["StackResourceSummaries"]
    json.dump(mapping(listed), sys.stdout, indent=2, sort_keys=True)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
