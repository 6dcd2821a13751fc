"""What a deployment calls its resources, held by names.txt; `make names` writes it anew, on purpose.

CloudFormation replaces a resource whose logical id or physical name changes: rows, keys, logs and messages that wait
are gone then, or the new one cannot be made while the old one has the name. A mere move of a file changes neither.
"""

import tempfile
from pathlib import Path

FILE = Path(__file__).parent / "names.txt"
# Type of a resource that nobody may replace unseen: its property that holds the physical name ("": AWS makes one up)
HELD = {
    "AWS::ApiGatewayV2::Api": "Name",
    "AWS::ApiGatewayV2::Stage": "StageName",
    "AWS::Cognito::UserPool": "UserPoolName",
    "AWS::Cognito::UserPoolClient": "",
    "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::CloudWatch::Dashboard": "DashboardName",
    "AWS::DynamoDB::GlobalTable": "TableName",
    "AWS::IAM::Role": "RoleName",
    "AWS::KMS::Alias": "AliasName",
    "AWS::KMS::Key": "",
    "AWS::Lambda::EventSourceMapping": "",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::Scheduler::Schedule": "Name",
    "AWS::Scheduler::ScheduleGroup": "Name",
    "AWS::SecretsManager::Secret": "Name",
}


def names_in(template):
    """One line for each resource: its type, its logical id, its physical name."""
    return sorted(
        " ".join((it["Type"], logical, it.get("Properties", {}).get(HELD[it["Type"]], "-")))
        for logical, it in template["Resources"].items()
        if it["Type"] in HELD
    )


def main():
    from tests.infra.conftest import synthesize

    with tempfile.TemporaryDirectory() as folder:
        template = synthesize(Path(folder), "production", alarm_email="alarm@example.org")
    FILE.write_text("\n".join(names_in(template)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
