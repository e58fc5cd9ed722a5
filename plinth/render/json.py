"""One outcome as a document for programs."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from plinth.report.model import Report, Step
from plinth.report.outcome import Outcome

SCHEMA_VERSION = 1


def document(command: str, content: Mapping[str, Any]) -> str:
    """The frame of every `--json` document; `simulated` is said where there is a cloud at all."""
    simulated = {"simulated": True} if command.startswith("sim ") else {}
    head = {"schema_version": SCHEMA_VERSION, "command": command, **simulated}
    return json.dumps({**head, **content}, indent=2, default=str)


def outcome_document(outcome: Outcome) -> str:
    """Counts, steps without values, outputs with secrets masked, verdicts, failures and times."""
    report = outcome.report
    content = {
        "stack": report.stack,
        "result": report.result,
        "exit_code": outcome.exit_code,
        "counts": report.counts,
        "components": _components(report),
        "steps": [_step(step) for step in report.changes],
        "outputs": {
            output.name: {
                "value": output.value,
                "secret": output.secret,
                "known": output.known,
            }
            for output in report.outputs
        },
        "policy": _policy(report),
        "failures": [
            {
                "text": failure.text,
                "urn": failure.urn,
                "type": failure.type,
                "name": failure.name,
            }
            for failure in report.failures
        ],
        "warnings": list(report.warnings),
        "repairs": list(outcome.repairs),
        "seconds": _seconds(outcome),
        "next": [{"command": step.command, "why": step.why} for step in outcome.next_commands],
        "log": outcome.log,
    }
    return document(f"sim {report.operation}", content)


def _components(report: Report) -> list[dict[str, Any]]:
    by_component: dict[tuple[str, str], list[Step]] = {}
    for step in report.steps:
        by_component.setdefault((step.component.name, step.component.type), []).append(step)
    return [
        {
            "name": name,
            "type": kind,
            "counts": Counter(step.op.value for step in steps if step.done),
        }
        for (name, kind), steps in sorted(by_component.items())
    ]


def _step(step: Step) -> dict[str, Any]:
    return {
        "op": step.op,
        "urn": step.urn,
        "type": step.type,
        "name": step.name,
        "component": step.component.name,
        "changed": list(step.changed),
        "forced_by": list(step.forced_by),
        "delete_first": step.delete_first,
        "done": step.done,
        "seconds": round(step.seconds or 0.0, 3),
    }


def _policy(report: Report) -> dict[str, Any]:
    verdicts = report.verdicts
    return {
        "packs": list(verdicts.packs),
        "passed": list(verdicts.passed),
        "violations": [
            {
                "policy": v.policy,
                "level": v.level,
                "message": v.message,
                "urn": v.urn,
                "type": v.type,
                "name": v.name,
            }
            for v in verdicts.violations
        ],
    }


def _seconds(outcome: Outcome) -> dict[str, Any]:
    return {
        "total": round(outcome.seconds, 3),
        "engine": round(outcome.report.seconds, 3),
        "cloud_start": round(outcome.cloud_seconds, 3),
        "phases": {phase.name: round(phase.seconds, 3) for phase in outcome.report.phases},
    }
