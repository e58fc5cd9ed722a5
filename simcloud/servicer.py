"""The Pulumi provider protocol over gRPC: the engine attaches; every provider instance is a connection of its own."""

from __future__ import annotations

import functools
import json
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from google.protobuf import empty_pb2
from google.rpc import status_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from simcloud.cloud import Cloud
from simcloud.cloudflare.credentials import credentials_problem
from simcloud.context import Context
from simcloud.diff import Change
from simcloud.marshal import props_of, struct_of
from simcloud.provider import Plan, Provider
from simcloud.recovery import Recovery
from simcloud.refusal import HalfMade, Refusal
from simcloud.regions import region_problems

log = logging.getLogger("simcloud")

_KINDS = {
    Change.ADD: provider_pb2.PropertyDiff.ADD,
    Change.DELETE: provider_pb2.PropertyDiff.DELETE,
    Change.UPDATE: provider_pb2.PropertyDiff.UPDATE,
}
_REPLACING = {
    Change.ADD: provider_pb2.PropertyDiff.ADD_REPLACE,
    Change.DELETE: provider_pb2.PropertyDiff.DELETE_REPLACE,
    Change.UPDATE: provider_pb2.PropertyDiff.UPDATE_REPLACE,
}
# The engine's own limit for a message is 400 MiB: sdk/go/common/util/rpcutil.
_MESSAGE_BYTES = 400 * 1024 * 1024


def serve(cloud: Cloud, version: str, workers: int = 16) -> tuple[grpc.Server, int]:
    """Start the `aws` provider on a free port of 127.0.0.1; returns the server and the port."""
    return _start(AwsServicer(cloud, version), workers)


def serve_cloudflare(cloud: Cloud, version: str, workers: int = 16) -> tuple[grpc.Server, int]:
    """Start the `cloudflare` provider on a free port of 127.0.0.1; returns the server and the port."""
    return _start(CloudflareServicer(cloud, version), workers)


def _start(servicer: provider_pb2_grpc.ResourceProviderServicer, workers: int) -> tuple[grpc.Server, int]:
    options = [
        ("grpc.max_receive_message_length", _MESSAGE_BYTES),
        ("grpc.max_send_message_length", _MESSAGE_BYTES),
    ]
    server = grpc.server(ThreadPoolExecutor(max_workers=workers), options=options)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port


def _answers(method: Callable[..., Any]) -> Callable[..., Any]:
    """Turn a refusal into the error that the engine prints, and a fault of ours into one that says so."""

    @functools.wraps(method)
    def answer(self: Any, request: Any, context: grpc.ServicerContext) -> Any:
        try:
            # One at a time: moto is not made for two, and its identifiers must come in a repeatable order.
            with self._cloud.lock:
                return method(self, request, context)
        except HalfMade as half_made:
            _tell_half_made(context, half_made, request)
        except Refusal as refusal:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, _error_text(method.__name__, request, refusal))
        except Exception:
            log.exception("%s failed", method.__name__)
            context.abort(
                grpc.StatusCode.INTERNAL,
                f"simcloud failed in {method.__name__} {getattr(request, 'urn', getattr(request, 'tok', ''))}: "
                "a fault of the simulated cloud, not of your program. Details: its log, named by `plinth sim status`.",
            )

    return answer


def _tell_half_made(context: grpc.ServicerContext, half_made: HalfMade, request: Any) -> None:
    """The engine notes a resource that exists and is not as it should be; the next deployment replaces it."""
    text = _error_text("Create", request, half_made)
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=text)
    status.details.add().Pack(
        provider_pb2.ErrorResourceInitFailed(id=half_made.identity, reasons=[text], inputs=struct_of({}))
    )
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    context.abort(grpc.StatusCode.UNKNOWN, text)


def _error_text(operation: str, request: Any, refusal: Refusal) -> str:
    kind = getattr(request, "type", "") or getattr(request, "tok", "")
    verbs = {
        "Create": "creating",
        "Update": "updating",
        "Delete": "deleting",
        "Read": "reading",
        "Invoke": "invoking",
    }
    where = f"{refusal.path}: " if refusal.path else ""
    return f"{verbs.get(operation, operation.lower())} {kind}: {where}{refusal}"


class EmptyServicer(provider_pb2_grpc.ResourceProviderServicer):
    """The parts of the protocol that do not depend on resources."""

    def __init__(self, version: str) -> None:
        self._version = version

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> Any:
        return provider_pb2.ProviderHandshakeResponse(
            accept_secrets=False, accept_resources=False, accept_outputs=False
        )

    def Attach(self, request: Any, context: grpc.ServicerContext) -> Any:
        return empty_pb2.Empty()

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> Any:
        return plugin_pb2.PluginInfo(version=self._version)

    def CheckConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        return provider_pb2.DiffResponse()

    def Configure(self, request: Any, context: grpc.ServicerContext) -> Any:
        return provider_pb2.ConfigureResponse(
            acceptSecrets=False, supportsPreview=True, acceptResources=False
        )

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Any:
        return empty_pb2.Empty()


class AwsServicer(EmptyServicer):
    """The `aws` provider: one `Provider` per connection, all over one cloud."""

    def __init__(self, cloud: Cloud, version: str) -> None:
        super().__init__(version)
        self._cloud = cloud
        self._known: Recovery | None = None
        self._providers: dict[str, Provider] = {}
        self._stacks: dict[str, str] = {}

    def CheckConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        failures = [
            provider_pb2.CheckFailure(property=problem.path, reason=str(problem))
            for problem in region_problems(props_of(request.news))
        ]
        return provider_pb2.CheckResponse(inputs=request.news, failures=failures)

    def Configure(self, request: Any, context: grpc.ServicerContext) -> Any:
        variables = {key.removeprefix("aws:config:"): value for key, value in request.variables.items()}
        ctx = Context(
            self._cloud,
            region=variables.get("region", "us-east-1"),
            default_tags=_default_tags(variables.get("defaultTags")),
        )
        self._providers[context.peer()] = Provider(ctx, self._recovery())
        return super().Configure(request, context)

    @_answers
    def Check(self, request: Any, context: grpc.ServicerContext) -> Any:
        checked = self._provider(request, context).check(
            request.urn, request.type, props_of(request.olds), props_of(request.news), request.randomSeed
        )
        failures = [
            provider_pb2.CheckFailure(property=item.path, reason=str(item)) for item in checked.failures
        ]
        return provider_pb2.CheckResponse(inputs=struct_of(checked.inputs), failures=failures)

    @_answers
    def Diff(self, request: Any, context: grpc.ServicerContext) -> Any:
        plan = self._provider(request, context).diff(
            request.urn,
            request.type,
            props_of(request.old_inputs),
            props_of(request.olds),
            props_of(request.news),
        )
        return _diff_response(plan)

    @_answers
    def Create(self, request: Any, context: grpc.ServicerContext) -> Any:
        provider, inputs = self._provider(request, context), props_of(request.properties)
        if request.preview:
            outputs = provider.preview_create(request.type, inputs)
            return provider_pb2.CreateResponse(id="", properties=struct_of(outputs))
        made = provider.create(request.urn, request.type, inputs)
        return provider_pb2.CreateResponse(id=made.identity, properties=struct_of(made.outputs))

    @_answers
    def Read(self, request: Any, context: grpc.ServicerContext) -> Any:
        found = self._provider(request, context).read(
            request.urn, request.type, request.id, props_of(request.inputs), props_of(request.properties)
        )
        if found is None:
            return provider_pb2.ReadResponse(id="")
        return provider_pb2.ReadResponse(
            id=found.identity, properties=struct_of(found.outputs), inputs=struct_of(found.inputs)
        )

    @_answers
    def Update(self, request: Any, context: grpc.ServicerContext) -> Any:
        provider, new = self._provider(request, context), props_of(request.news)
        old_inputs, old_outputs = props_of(request.old_inputs), props_of(request.olds)
        if request.preview:
            outputs = provider.preview_update(request.type, old_inputs, old_outputs, new)
        else:
            outputs = provider.update(request.urn, request.type, request.id, old_inputs, new, old_outputs)
        return provider_pb2.UpdateResponse(properties=struct_of(outputs))

    @_answers
    def Delete(self, request: Any, context: grpc.ServicerContext) -> Any:
        self._provider(request, context).delete(
            request.urn, request.type, request.id, props_of(request.old_inputs), props_of(request.properties)
        )
        return empty_pb2.Empty()

    @_answers
    def Invoke(self, request: Any, context: grpc.ServicerContext) -> Any:
        found = self._providers[context.peer()].invoke(request.tok, props_of(request.args))
        # `return` is a Python keyword: the field cannot be named in a call.
        answer: Any = {"return": struct_of(found)}
        return provider_pb2.InvokeResponse(**answer)

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Any:
        """The engine's command is over: it has heard of all that it made."""
        stack = self._stacks.pop(context.peer(), None)
        if stack is not None:
            with self._cloud.transaction({"clean": stack}):
                self._recovery().settle(stack)
        return empty_pb2.Empty()

    def _recovery(self) -> Recovery:
        """What an earlier process left, known once the cloud is open."""
        with self._cloud.lock:
            if self._known is None:
                self._known = Recovery(self._cloud.recovered)
            return self._known

    def _provider(self, request: Any, context: grpc.ServicerContext) -> Provider:
        self._stacks.setdefault(context.peer(), "::".join(request.urn.split("::")[:2]))
        return self._providers[context.peer()]


class CloudflareServicer(AwsServicer):
    """The `cloudflare` provider: the same life cycle over the same cloud, with a token instead of a region."""

    def Configure(self, request: Any, context: grpc.ServicerContext) -> Any:
        variables = {
            key.removeprefix("cloudflare:config:"): value for key, value in request.variables.items()
        }
        problem = credentials_problem(variables)
        if problem:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, problem)
        return super().Configure(request, context)


def _default_tags(text: str | None) -> Mapping[str, str]:
    if not text:
        return {}
    tags: Mapping[str, str] = json.loads(text).get("tags") or {}
    return tags


def _diff_response(plan: Plan) -> Any:
    paths = plan.difference.paths
    detailed = {
        path: provider_pb2.PropertyDiff(
            kind=_REPLACING[change] if _top(path) in plan.replaces else _KINDS[change], inputDiff=True
        )
        for path, change in paths.items()
        if _top(path) != "tagsAll"
    }
    return provider_pb2.DiffResponse(
        changes=provider_pb2.DiffResponse.DIFF_SOME if paths else provider_pb2.DiffResponse.DIFF_NONE,
        replaces=sorted(plan.replaces),
        deleteBeforeReplace=plan.delete_first,
        diffs=sorted(plan.difference.changed),
        detailedDiff=detailed,
        hasDetailedDiff=True,
    )


def _top(path: str) -> str:
    return path.split(".", 1)[0].split("[", 1)[0]
