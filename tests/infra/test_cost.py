"""What the cost page counts is what the template has, and what the API writes."""

import json

from stadtdraht.domain.operations import cost
from tests.infra.reading import of_type

AN_ANSWER = {  # to a status, as API Gateway says it
    "$context.requestId": "KqXyZhPbDoEEJ4g=",
    "$context.routeKey": "POST /webhooks/whatsapp",
    "$context.status": "200",
    "$context.responseLatency": "23",
    "$context.integrationErrorMessage": "-",
}


def test_memory_of_functions(template):
    functions = of_type(template, "AWS::Lambda::Function").values()
    memory_mb = {it["FunctionName"].removeprefix("stadtdraht-production-"): it["MemorySize"] for it in functions}
    assert memory_mb["inbound-webhook"] == cost.WEBHOOK_MB
    assert {memory_mb[name] / cost.GB_MB for name in ("inbound-process", "inbound-reply")} == {cost.FOLLOW_UP_GB}
    assert {memory_mb[name] / cost.GB_MB for name in ("broadcast-send", "crisis-send")} == {cost.SENDER_GB}
    assert memory_mb["crisis-page"] / cost.GB_MB == cost.CRISIS_PAGE_GB


def test_what_stands_there_also_when_nothing_happens(template):
    assert len(of_type(template, "AWS::CloudWatch::Alarm")) == cost.ALARMS
    assert len(of_type(template, "AWS::CloudWatch::CompositeAlarm")) == cost.WAYS
    queues = of_type(template, "AWS::SQS::Queue")
    polled = {
        it["EventSourceArn"]["Fn::GetAtt"][0]
        for it in of_type(template, "AWS::Lambda::EventSourceMapping").values()
        if it["EventSourceArn"]["Fn::GetAtt"][0] in queues
    }
    fifo = [name for name in polled if queues[name].get("FifoQueue")]
    assert (len(polled) - len(fifo), len(fifo)) == (cost.STANDARD_QUEUES, cost.FIFO_QUEUES)


def test_the_api_s_line_about_a_status(template):
    (stage,) = of_type(template, "AWS::ApiGatewayV2::Stage").values()
    line = stage["AccessLogSettings"]["Format"]
    for name, said in AN_ANSWER.items():
        line = line.replace(name, said)
    assert json.loads(line)
    assert "$context" not in line
    assert len(line) == cost.ACCESS_LINE_BYTES
