"""The pack as a Pulumi analyzer: the engine asks over gRPC, the rules answer.

It speaks the engine's protocol itself instead of going through the `pulumi_policy` SDK, which decodes
every resource once per policy, drops the stack's name and configuration (so levels could not follow the
environment) and strips the marks of secrets.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import analyzer_pb2 as wire
from pulumi.runtime.proto import analyzer_pb2_grpc, plugin_pb2

from policies import announce, decode, diagnostics, tokens, waivers
from policies.engine import Judge
from policies.environment import Environment, environment_of
from policies.pack import RULES
from policies.resource import Resource
from policies.rule import Level, Rule, Scope

_UNLIMITED = [
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
]


def serve() -> int:
    """Print the port on which the pack answers, then answer until the engine ends the process."""
    try:
        held = waivers.load(waivers.FILE, (rule.id for rule in RULES))
    except waivers.WaiverError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    server = grpc.server(ThreadPoolExecutor(max_workers=4), options=_UNLIMITED)
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(Analyzer(RULES, held), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    try:
        server.wait_for_termination()
    except KeyboardInterrupt:
        server.stop(0)
    return 0


class Analyzer(analyzer_pb2_grpc.AnalyzerServicer):
    """One run of the pack. The engine says which stack it is, then which levels, then sends resources."""

    def __init__(self, rules: tuple[Rule, ...], held: tuple[waivers.Waiver, ...]) -> None:
        self._rules = rules
        self._waivers = held
        self._waivers_level = Level.ADVISORY
        self._judge = Judge(rules, Environment.PRODUCTION, held)

    def ConfigureStack(
        self, request: wire.AnalyzerStackConfigureRequest, context: grpc.ServicerContext
    ) -> wire.AnalyzerStackConfigureResponse:
        environment = environment_of(request.stack, request.config)
        self._judge = Judge(self._rules, environment, self._waivers)
        return wire.AnalyzerStackConfigureResponse()

    def GetAnalyzerInfo(self, request: Empty, context: grpc.ServicerContext) -> wire.AnalyzerInfo:
        return announce.analyzer_info(self._judge.rules, self._judge.environment)

    def GetPluginInfo(self, request: Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=announce.VERSION)

    def Configure(self, request: wire.ConfigureAnalyzerRequest, context: grpc.ServicerContext) -> Empty:
        """Take the levels that the engine settled on: ours, overlaid with `--policy-pack-config`."""
        chosen = {
            name: announce.level_from_wire(config.enforcementLevel)
            for name, config in request.policyConfig.items()
        }
        rules = (
            _at_level(rule, chosen[rule.id]) if rule.id in chosen else rule for rule in self._judge.rules
        )
        self._judge = Judge(rules, self._judge.environment, self._waivers)
        self._waivers_level = chosen.get(announce.STALE_WAIVERS, self._waivers_level)
        return Empty()

    def Analyze(self, request: wire.AnalyzeRequest, context: grpc.ServicerContext) -> wire.AnalyzeResponse:
        applicable = self._judge.applicable(Scope.RESOURCE, tokens.canonical(request.type))
        findings = self._judge.resource(_resource(request)) if applicable else []
        idle = [rule for rule in self._judge.rules if rule.scope is Scope.RESOURCE and rule not in applicable]
        return wire.AnalyzeResponse(
            diagnostics=diagnostics.of_resource(findings),
            not_applicable=diagnostics.not_applicable(idle, findings, "judges other types"),
        )

    def AnalyzeStack(
        self, request: wire.AnalyzeStackRequest, context: grpc.ServicerContext
    ) -> wire.AnalyzeResponse:
        findings = self._judge.stack(_with_references(resource) for resource in request.resources)
        judged = {finding.rule.id for finding in findings}
        idle = [rule for rule in self._judge.rules if rule.scope is Scope.STACK and rule.id not in judged]
        return wire.AnalyzeResponse(
            diagnostics=[*diagnostics.of_stack(findings), *self._stale_waivers()],
            not_applicable=diagnostics.not_applicable(idle, findings, "nothing of its kind in this stack"),
        )

    def Remediate(
        self, request: wire.AnalyzeRequest, context: grpc.ServicerContext
    ) -> wire.RemediateResponse:
        """Nothing: rules judge, they never change a resource."""
        return wire.RemediateResponse()

    def Cancel(self, request: Empty, context: grpc.ServicerContext) -> Empty:
        return Empty()

    def _stale_waivers(self) -> list[wire.AnalyzeDiagnostic]:
        if self._waivers_level is Level.DISABLED:
            return []
        return [
            diagnostics.of_waiver(waiver, why, self._waivers_level)
            for waiver, why in self._judge.stale_waivers()
        ]


def _at_level(rule: Rule, level: Level) -> Rule:
    return replace(rule, levels=dict.fromkeys(Environment, level))


def _resource(message: wire.AnalyzeRequest | wire.AnalyzerResource) -> Resource:
    return Resource(
        urn=message.urn,
        type=tokens.canonical(message.type),
        name=message.name,
        properties=decode.properties(message.properties),
    )


def _with_references(message: wire.AnalyzerResource) -> Resource:
    references = {key: tuple(named.urns) for key, named in message.propertyDependencies.items()}
    return replace(_resource(message), references=references, parent=message.parent)
