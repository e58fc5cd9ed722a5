"""A Fargate service: one container, kept running, scaled and replaced without downtime."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from components import account, relations, service_checks, service_connect
from components.destination import Destination, allow_to
from components.fargate_task import task_log_group
from components.gateway import Target
from components.service_args import ServiceArgs
from components.service_capacity import capacity, desired_count
from components.service_connect import Connect
from components.service_deployment import BlueGreen, Canary, Guard, Hook, Linear, Rolling
from components.service_roles import Roles, make_roles
from components.service_route import Route, open_route
from components.service_scaling import Forecast, Held, Scaling, Step, Window
from components.service_scaling_policies import Scaled, make_scaling
from components.service_sidecar import Sidecar
from components.service_strategy import Strategy, load_balancers, make_strategy
from components.service_task import make_task_definition, task_grants

__all__ = [
    "BlueGreen",
    "Canary",
    "Connect",
    "Destination",
    "Forecast",
    "Guard",
    "Held",
    "Hook",
    "Linear",
    "Rolling",
    "Route",
    "Scaling",
    "Service",
    "ServiceArgs",
    "Sidecar",
    "Step",
    "Window",
]


class Service(pulumi.ComponentResource):
    """One service in private subnets, reachable only from the peers that it allows."""

    component_name: str
    port: int
    target: Target | None
    name: pulumi.Output[str]
    arn: pulumi.Output[str]
    security_group_id: pulumi.Output[str]
    task_role_name: pulumi.Output[str]
    task_role_arn: pulumi.Output[str]
    execution_role_name: pulumi.Output[str]
    log_group_name: pulumi.Output[str]
    rollback_alarm_names: Sequence[pulumi.Input[str]]

    def __init__(self, name: str, args: ServiceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        service_checks.check(name, args)
        super().__init__("plinth:service:Service", name, {}, opts)
        self.component_name, self.port, self._args = name, args.port, args
        self.security_group_id = self._security_group().id
        self.target = self._way_in()
        log_group = task_log_group(self, name, args)
        self.log_group_name = log_group.name
        roles = self._roles(log_group)
        strategy = make_strategy(self, name, args.deployment, self.target, args.tags)
        self.rollback_alarm_names = strategy.alarm_names
        service = self._service(roles, strategy)
        self.name, self.arn = service.name, service.arn
        self.task_role_name, self.task_role_arn = roles.task.name, roles.task.arn
        self.execution_role_name = roles.execution.name
        self._scale(service)
        self.register_outputs({"name": self.name, "arn": self.arn, "log_group_name": self.log_group_name})

    def allow_from(self, peer: relations.Peer) -> None:
        """Let `peer` connect to the container's port, in both security groups."""
        description = f"{peer.component_name} to {self.component_name}"
        relations.allow(self, source=peer, target=self, port=self.port, description=description)

    def allow_calls_from(self, peer: relations.Peer) -> None:
        """Let `peer` connect by Service Connect: to the proxy's port where it has one of its own."""
        connect = self._args.connect
        port = (connect.proxy_port if connect else None) or self.port
        description = f"{peer.component_name} calls {self.component_name}"
        relations.allow(self, source=peer, target=self, port=port, description=description)

    def _security_group(self) -> aws.ec2.SecurityGroup:
        name = f"{self.component_name}-sg"
        group = relations.closed_security_group(
            self, name, vpc_id=self._args.vpc_id, description="Tasks of the service", tags=self._args.tags
        )
        self._egress = [
            allow_to(self, self.component_name, group.id, destination) for destination in self._args.egress
        ]
        return group

    def _way_in(self) -> Target | None:
        route = self._args.behind
        if route is None:
            return self._args.target
        self.allow_from(route.gateway)
        return open_route(route, self.component_name, self.port, self._args.deployment)

    def _roles(self, log_group: aws.cloudwatch.LogGroup) -> Roles:
        args = self._args
        registries = [args.registry, *(sidecar.registry for sidecar in args.sidecars)]
        secrets = [*args.secrets.values(), *(ref for one in args.sidecars for ref in one.secrets.values())]
        return make_roles(
            self,
            self.component_name,
            log_group=log_group,
            # Without the application's own registry its image may lie in any.
            repository_arns=[known.arn for known in registries if known] if args.registry else [],
            secrets=secrets,
            tags=args.tags,
            grants=task_grants(args, log_group.arn),
        )

    def _region(self) -> pulumi.Output[str]:
        return account.current(self).apply(lambda here: here.region)

    def _task_definition(self, roles: Roles) -> aws.ecs.TaskDefinition:
        return make_task_definition(
            self,
            self.component_name,
            self._args,
            roles,
            log_group=self.log_group_name,
            region=self._region(),
        )

    def _service(self, roles: Roles, strategy: Strategy) -> aws.ecs.Service:
        args = self._args
        return aws.ecs.Service(
            self.component_name,
            name=args.service_name,
            cluster=args.cluster.arn,
            task_definition=self._task_definition(roles).arn,
            desired_count=desired_count(args),
            capacity_provider_strategies=capacity(args),
            network_configuration=self._network(),
            load_balancers=load_balancers(self.target, self.port, strategy),
            service_connect_configuration=self._connect(),
            health_check_grace_period_seconds=args.health_grace_seconds if self.target else None,
            deployment_minimum_healthy_percent=args.minimum_healthy_percent,
            deployment_maximum_percent=args.maximum_percent,
            deployment_configuration=strategy.configuration,
            deployment_circuit_breaker=strategy.circuit_breaker,
            alarms=strategy.alarms,
            availability_zone_rebalancing="ENABLED" if args.availability_zone_rebalancing else "DISABLED",
            enable_execute_command=args.allow_exec,
            enable_ecs_managed_tags=True,
            propagate_tags="SERVICE",
            wait_for_steady_state=args.wait_for_steady_state,
            sigint_rollback=(strategy.shifts and args.wait_for_steady_state) or None,
            # Without it the provider would replace the service to change its share of Spot.
            force_new_deployment=True,
            tags={**args.tags, "Name": self.component_name},
            opts=pulumi.ResourceOptions(
                parent=self,
                # Without these no image can be pulled, and the first deployment would roll back.
                depends_on=[*roles.policies, *strategy.policies, *self._egress],
                # The number of tasks belongs to the scaling where there is one, else to the program.
                ignore_changes=["desiredCount"] if args.scaling else None,
                # Two services of one name cannot stand beside each other.
                delete_before_replace=args.service_name is not None or None,
                custom_timeouts=strategy.timeouts,
            ),
        )

    def _network(self) -> aws.ecs.ServiceNetworkConfigurationArgs:
        return aws.ecs.ServiceNetworkConfigurationArgs(
            subnets=self._args.subnet_ids,
            security_groups=[self.security_group_id],
            assign_public_ip=False,
        )

    def _connect(self) -> aws.ecs.ServiceServiceConnectConfigurationArgs | None:
        connect = self._args.connect
        if connect is None:
            return None
        return service_connect.configuration(connect, self.port, self.log_group_name, self._region())

    def _scale(self, service: aws.ecs.Service) -> None:
        if self._args.scaling is None:
            return
        scaled = Scaled(cluster=self._args.cluster.name, service=service.name, target=self.target)
        make_scaling(self, self.component_name, self._args.scaling, scaled, self._args.tags)
