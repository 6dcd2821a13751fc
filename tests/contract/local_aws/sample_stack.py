"""A small stack with one of each: what CDK would synthesize for the sample functions."""

import json

HANDLERS = "tests.contract.local_aws.sample_functions.handlers."
ACCOUNT_ROOT = "arn:aws:iam::000000000000:root"


def sample_stack():
    return {"Resources": {**_base(), **_queues(), **_functions(), **_mappings(), **_api()}, "Rules": {}}


def _of(kind, **properties):
    return {"Type": f"AWS::{kind}", "Properties": properties}


def _arn(name, attribute="Arn"):
    return {"Fn::GetAtt": [name, attribute]}


def _policy(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _role(service):
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}
    return _of("IAM::Role", AssumeRolePolicyDocument=_policy(trust))


def _base():
    may_write = {
        "Effect": "Allow",
        "Action": ["dynamodb:UpdateItem", "dynamodb:PutItem"],
        "Resource": _arn("Table"),
    }
    return {
        "Role": _role("lambda.amazonaws.com"),
        "Writes": _of("IAM::Policy", PolicyName="w", Roles=[{"Ref": "Role"}], PolicyDocument=_policy(may_write)),
        "Table": _of(
            "DynamoDB::GlobalTable",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
            StreamSpecification={"StreamViewType": "NEW_AND_OLD_IMAGES"},
            TimeToLiveSpecification={"AttributeName": "expires_at", "Enabled": True},
            Replicas=[{"Region": "eu-central-1"}],
        ),
        "Token": _of("SecretsManager::Secret", GenerateSecretString={}),
        "Board": _of("CloudWatch::CompositeAlarm", AlarmRule="ALARM(x)"),
    }


def _queues():
    def redrive(name):
        return {"deadLetterTargetArn": _arn(name), "maxReceiveCount": 2}

    no_http = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sqs:*",
        "Resource": _arn("Jobs"),
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return {
        "Dead": _of("SQS::Queue"),
        "DeadRecords": _of("SQS::Queue"),
        "Jobs": _of("SQS::Queue", VisibilityTimeout=1, RedrivePolicy=redrive("Dead")),
        "JobsOverTls": _of("SQS::QueuePolicy", Queues=[{"Ref": "Jobs"}], PolicyDocument=_policy(no_http)),
        "Lanes": _of("SQS::Queue", FifoQueue=True, VisibilityTimeout=2),
    }


def _functions():
    def function(handler, **properties):
        return _of(
            "Lambda::Function",
            Handler=HANDLERS + handler,
            Runtime="python3.13",
            Architectures=["arm64"],
            Code={"S3Bucket": "assets", "S3Key": "code.zip"},
            Role=_arn("Role"),
            Environment={"Variables": {"TABLE": {"Ref": "Table"}, "TOKEN": {"Ref": "Token"}}},
            **{"Timeout": 10, **properties},
        )

    return {
        "Echo": function("api"),
        "Overreach": function("overreach"),
        "Work": function("record"),
        "Send": function("record", ReservedConcurrentExecutions=4),
        "Follow": function("record"),
    }


def _mappings():
    def mapping(function, source, **properties):
        return _of(
            "Lambda::EventSourceMapping",
            FunctionName={"Ref": function},
            EventSourceArn=source,
            FunctionResponseTypes=["ReportBatchItemFailures"],
            **properties,
        )

    pattern = {"eventName": ["INSERT"], "dynamodb": {"NewImage": {"kind": {"S": ["work"]}}}}
    return {
        "JobsToWork": mapping("Work", _arn("Jobs"), BatchSize=10),
        "LanesToSend": mapping("Send", _arn("Lanes"), BatchSize=1),
        "TableToFollow": mapping(
            "Follow",
            _arn("Table", "StreamArn"),
            BatchSize=100,
            StartingPosition="TRIM_HORIZON",
            MaximumRetryAttempts=1,
            FilterCriteria={"Filters": [{"Pattern": json.dumps(pattern)}]},
            DestinationConfig={"OnFailure": {"Destination": _arn("DeadRecords")}},
        ),
    }


def _api():
    target = {"Fn::Join": ["", ["integrations/", {"Ref": "Integration"}]]}
    route = _of("ApiGatewayV2::Route", ApiId={"Ref": "Api"}, RouteKey="ANY /{proxy+}", Target=target)
    return {
        "Api": _of("ApiGatewayV2::Api", Name="sample", ProtocolType="HTTP"),
        "Stage": _of("ApiGatewayV2::Stage", ApiId={"Ref": "Api"}, StageName="$default", AutoDeploy=True),
        "Integration": _of(
            "ApiGatewayV2::Integration",
            ApiId={"Ref": "Api"},
            IntegrationType="AWS_PROXY",
            IntegrationUri=_arn("Echo"),
            PayloadFormatVersion="2.0",
        ),
        "Route": route,
        "MayCall": _of(
            "Lambda::Permission",
            Action="lambda:InvokeFunction",
            FunctionName=_arn("Echo"),
            Principal="apigateway.amazonaws.com",
        ),
    }
