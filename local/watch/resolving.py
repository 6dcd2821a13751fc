"""Texts of a synthesized template, with what only CloudFormation knows filled in."""

from collections.abc import Mapping
from typing import Any

PHYSICAL = {  # property that holds a resource's name; the others go by their logical id
    "AWS::Lambda::Function": "FunctionName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::Logs::LogGroup": "LogGroupName",
}


class Resolver:
    """The same name for the same thing, wherever the template refers to it."""

    def __init__(self, template: Mapping[str, Any]) -> None:
        self.resources: Mapping[str, Any] = template["Resources"]

    def of_type(self, kind: str) -> dict[str, Mapping[str, Any]]:
        """Properties by logical id."""
        return {name: it.get("Properties", {}) for name, it in self.resources.items() if it["Type"] == kind}

    def name(self, logical_id: str) -> str:
        """What the resource is called on AWS, as far as the template says it."""
        resource = self.resources.get(logical_id, {})
        named = resource.get("Properties", {}).get(PHYSICAL.get(resource.get("Type", ""), ""), logical_id)
        return self.text(named)

    def text(self, value: Any) -> str:
        """A text, a number, a reference, or several of them joined. An ARN goes by `?` and the logical id."""
        match value:
            case {"Ref": str(logical_id)}:
                return self.name(logical_id)
            case {"Fn::GetAtt": [str(logical_id), "Arn"]}:
                return f"?{logical_id}"
            case {"Fn::GetAtt": [str(logical_id), *_]}:
                return self.name(logical_id)
            case {"Fn::Join": [str(between), list(parts)]}:
                return between.join(map(self.text, parts))
        return str(value)
