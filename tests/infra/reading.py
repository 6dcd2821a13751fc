"""Reading a synthesized template: resources by type, functions by handler, and what a function's role may do."""

import json


def of_type(template, kind):
    return {name: it.get("Properties", {}) for name, it in template["Resources"].items() if it["Type"] == kind}


def functions(template):
    """Properties by the handler's file below functions/, such as crisis/send."""
    found = of_type(template, "AWS::Lambda::Function")
    return {
        it["Handler"].removeprefix("functions.").removesuffix(".handler").replace(".", "/"): it for it in found.values()
    }


def statements(template, function):
    """Statements of the function's own role."""
    role = functions(template)[function]["Role"]["Fn::GetAtt"][0]
    policies = of_type(template, "AWS::IAM::Policy").values()
    return [
        statement
        for policy in policies
        if {"Ref": role} in policy["Roles"]
        for statement in policy["PolicyDocument"]["Statement"]
    ]


def actions(statement):
    return as_list(statement["Action"])


def resources(statement):
    return as_list(statement["Resource"])


def as_list(value):
    return value if isinstance(value, list) else [value]


def named(template, kind, name):
    """What the logical ids in resources and event sources mean: {logical id: name of the resource}."""
    return {logical: it[name] for logical, it in of_type(template, kind).items()}


def queues_that(template, function, action):
    """Names of the queues on which the function may do this, without stage and ending."""
    names = named(template, "AWS::SQS::Queue", "QueueName")
    return {
        short(names[resource["Fn::GetAtt"][0]])
        for statement in statements(template, function)
        if action in actions(statement)
        for resource in resources(statement)
    }


def sources_of(template, function):
    """Names of the queues that feed the function."""
    names = named(template, "AWS::SQS::Queue", "QueueName")
    logical = next(
        key
        for key, it in of_type(template, "AWS::Lambda::Function").items()
        if it["Handler"] == f"functions.{function.replace('/', '.')}.handler"
    )
    mappings = of_type(template, "AWS::Lambda::EventSourceMapping").values()
    of_function = (it for it in mappings if logical in json.dumps(it["FunctionName"]))
    found = (it["EventSourceArn"]["Fn::GetAtt"][0] for it in of_function)
    return {short(names[source]) for source in found if source in names}


def short(queue):
    return queue.removeprefix("stadtdraht-production-").removesuffix(".fifo")
