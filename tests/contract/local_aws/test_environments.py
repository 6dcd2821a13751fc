"""Functions under the real runtime client: what an invocation ends with, and what it leaves running."""

import asyncio
import json
import os
import shutil
import signal
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from local.aws.environments import Function, FunctionPool
from local.aws.function_logs import FunctionLog
from local.aws.invocations import Failed, Invocation, Returned, Throttled

REPOSITORY = Path(__file__).resolve().parents[3]
SAMPLES = Path("tests/contract/local_aws/sample_functions")
A_FUNCTION = Function(
    logical_id="Behave",
    name="behave",
    arn="arn:aws:lambda:eu-central-1:000000000000:function:behave",
    handler="tests.contract.local_aws.sample_functions.behaving.handler",
    timeout_s=5,
    memory_mb=128,
    variables={},
    role_arn="",
    concurrency=2,
    reserved=True,
    log_group="/behave",
)


@asynccontextmanager
async def _pool(tmp_path, **changes):
    log = FunctionLog(tmp_path / "behave.log", "/behave")
    pool = FunctionPool(replace(A_FUNCTION, **changes), log, _variables, REPOSITORY)
    try:
        yield pool
    finally:
        await pool.close()
        log.close()


async def _variables(function):
    return {"PATH": os.defpath, "AWS_LAMBDA_FUNCTION_NAME": function.name, "PYTHONPATH": ":".join(sys.path)}


def _an_event(**event):
    return Invocation(json.dumps(event).encode(), A_FUNCTION.arn)


async def _answer(pool, **event):
    outcome = await pool.invoke(_an_event(**event), may_wait=True)
    return type(outcome), json.loads(outcome.payload)


def _run(scenario):
    return asyncio.run(asyncio.wait_for(scenario, 30))


def test_a_handler_gets_its_event_and_a_lambda_context(tmp_path):
    async def scenario():
        async with _pool(tmp_path) as pool:
            return await _answer(pool, do="tell")

    kind, answer = _run(scenario())

    assert kind is Returned
    assert answer["function"] == "behave"
    assert answer["arn"] == A_FUNCTION.arn
    assert 4000 < answer["remaining_ms"] <= 5000


def test_one_environment_serves_many_invocations(tmp_path):
    async def scenario():
        async with _pool(tmp_path) as pool:
            return {(await _answer(pool, do="tell"))[1]["pid"] for _ in range(500)}

    assert len(_run(scenario())) == 1


def test_an_exception_comes_back_with_its_type_message_and_stack(tmp_path):
    async def scenario():
        async with _pool(tmp_path) as pool:
            return await _answer(pool, do="raise")

    kind, error = _run(scenario())

    assert kind is Failed
    assert (error["errorType"], error["errorMessage"]) == ("LookupError", "nothing here")
    assert "behaving.py" in error["stackTrace"][0]


def test_a_timeout_kills_the_process_and_the_next_invocation_gets_a_new_one(tmp_path):
    async def scenario():
        async with _pool(tmp_path, timeout_s=0.5) as pool:
            before = await _answer(pool, do="tell")
            late = await _answer(pool, do="hang")
            return before, late, await _answer(pool, do="tell")

    before, late, after = _run(scenario())

    assert late[1]["errorType"] == "Sandbox.Timedout"
    assert late[1]["errorMessage"].endswith("Error: Task timed out after 0.50 seconds")
    assert before[1]["pid"] != after[1]["pid"]


def test_a_process_that_exits_fails_its_own_invocation_only(tmp_path):
    async def scenario():
        async with _pool(tmp_path) as pool:
            return await _answer(pool, do="exit"), await _answer(pool, do="tell")

    gone, after = _run(scenario())

    assert (gone[0], gone[1]["errorType"]) == (Failed, "Runtime.ExitError")
    assert gone[1]["errorMessage"].endswith("Error: Runtime exited with error: exit status 3")
    assert after[0] is Returned


def test_a_killed_process_fails_its_own_invocation_only(tmp_path):
    async def scenario():
        async with _pool(tmp_path) as pool:
            pid = (await _answer(pool, do="tell"))[1]["pid"]
            under_way = asyncio.ensure_future(_answer(pool, do="hang"))
            while not any(environment.busy for environment in pool.environments):  # noqa: ASYNC110
                await asyncio.sleep(0)
            os.kill(pid, signal.SIGKILL)
            return await under_way, await _answer(pool, do="tell")

    killed, after = _run(scenario())

    assert killed[1]["errorMessage"].endswith("Error: Runtime exited with error: signal: killed")
    assert after[0] is Returned


def test_a_process_killed_while_idle_is_replaced_unnoticed(tmp_path):
    async def scenario():
        async with _pool(tmp_path) as pool:
            os.kill((await _answer(pool, do="tell"))[1]["pid"], signal.SIGKILL)
            while pool.environments:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            return await _answer(pool, do="tell")

    assert _run(scenario())[0] is Returned


def test_a_handler_that_cannot_be_loaded_fails_the_invocation_that_asked_for_it(tmp_path):
    async def scenario():
        async with _pool(tmp_path, handler="tests.contract.local_aws.nowhere.handler") as pool:
            return await _answer(pool)

    kind, error = _run(scenario())

    assert (kind, error["errorType"]) == (Failed, "Runtime.ImportModuleError")


def test_reserved_concurrency_throttles_callers_and_lets_event_sources_wait(tmp_path):
    async def scenario():
        async with _pool(tmp_path, concurrency=1) as pool:
            first = asyncio.ensure_future(_answer(pool, do="sleep", seconds=0.3))
            await asyncio.sleep(0)
            throttled = await pool.invoke(_an_event(do="tell"), may_wait=False)
            waited = await _answer(pool, do="tell")
            return throttled, waited, await first

    throttled, waited, first = _run(scenario())

    assert throttled == Throttled()
    assert waited[1]["pid"] == first[1]["pid"]


def test_a_deploy_lets_who_works_finish_and_everything_after_it_runs_the_new_code(tmp_path):
    """As AWS does. What came while the old environment was busy is for the new one, and lost by none."""
    code = tmp_path / "code"
    shutil.copytree(REPOSITORY / "tests" / "contract" / "local_aws" / "sample_functions", code / SAMPLES)
    for package in (SAMPLES, *SAMPLES.parents[:-1]):
        (code / package / "__init__.py").touch()

    async def scenario():
        async with _pool(tmp_path, concurrency=1) as pool:
            before = await _answer(pool, do="tell")
            busy = asyncio.ensure_future(_answer(pool, do="sleep", seconds=0.5))
            await asyncio.sleep(0.1)
            waiting = asyncio.ensure_future(_answer(pool, do="tell"))
            pool.deploy(code)
            during, after = await busy, await waiting
            pool.deploy(REPOSITORY)  # nobody works: the idle one goes at once
            return before, during, after, await _answer(pool, do="tell")

    answers = _run(scenario())
    assert {kind for kind, _ in answers} == {Returned}
    assert [Path(answer["folder"]) for _, answer in answers] == [REPOSITORY, REPOSITORY, code, REPOSITORY]
    assert answers[0][1]["pid"] == answers[1][1]["pid"]


def test_no_process_is_left_when_the_pool_closes(tmp_path):
    async def scenario():
        async with _pool(tmp_path) as pool:
            pid = (await _answer(pool, do="tell"))[1]["pid"]
            await pool.close()
            return pid, pool.environments

    pid, environments = _run(scenario())

    assert not environments
    assert not Path(f"/proc/{pid}").exists()


def test_what_a_handler_prints_is_in_its_log_file(tmp_path):
    async def scenario():
        async with _pool(tmp_path) as pool:
            await _answer(pool, do="print")
            await _answer(pool, do="exit")

    _run(scenario())

    assert "hello from the handler\n" in (tmp_path / "behave.log").read_text()
