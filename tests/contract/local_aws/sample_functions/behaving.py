"""A Lambda handler that does what its event asks for; imports nothing, so that it starts at once."""

import os
import sys
import time


def handler(event, context):
    match event.get("do"):
        case "raise":
            raise LookupError("nothing here")
        case "exit":
            os._exit(3)
        case "sleep":
            time.sleep(event["seconds"])
        case "hang":
            time.sleep(60)
        case "print":
            sys.stdout.write("hello from the handler\n")
    return {
        "pid": os.getpid(),
        "folder": os.getcwd(),  # noqa: PTH109 - imports nothing
        "function": context.function_name,
        "arn": context.invoked_function_arn,
        "remaining_ms": context.get_remaining_time_in_millis(),
    }
