"""A Fargate service: one container, kept running, scaled and replaced without downtime."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from components import account, relations, service_checks
from components.container import CONTAINER_NAME, Container, definition, volume_name
from components.destination import Destination, allow_to
from components.service_args import ServiceArgs
from components.service_roles import Roles, make_roles
from components.service_scaling import Scaling, make_scaling, resource_label

__all__ = ["Destination", "Scaling", "Service", "ServiceArgs"]


class Service(pulumi.ComponentResource):
    """One service in private subnets, reachable only from the peers that it allows."""

    component_name: str
    port: int
    name: pulumi.Output[str]
    arn: pulumi.Output[str]
    security_group_id: pulumi.Output[str]
    task_role_name: pulumi.Output[str]
    task_role_arn: pulumi.Output[str]
    execution_role_name: pulumi.Output[str]
    log_group_name: pulumi.Output[str]

    def __init__(self, name: str, args: ServiceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        service_checks.check(name, args)
        super().__init__("plinth:service:Service", name, {}, opts)
        self.component_name, self.port, self._args = name, args.port, args
        self.security_group_id = self._security_group().id
        log_group = self._log_group()
        self.log_group_name = log_group.name
        roles = self._roles(log_group)
        service = self._service(self._task_definition(roles), roles)
        self.name, self.arn = service.name, service.arn
        self.task_role_name, self.task_role_arn = roles.task.name, roles.task.arn
        self.execution_role_name = roles.execution.name
        self._scale(service)
        self.register_outputs({"name": self.name, "arn": self.arn, "log_group_name": self.log_group_name})

    def allow_from(self, peer: relations.Peer) -> None:
        """Let `peer` connect to the container's port, in both security groups."""
        description = f"{peer.component_name} to {self.component_name}"
        relations.allow(self, source=peer, target=self, port=self.port, description=description)

    def _tags(self, name: str) -> dict[str, str]:
        return {**self._args.tags, "Name": name}

    def _child(self) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self)

    def _security_group(self) -> aws.ec2.SecurityGroup:
        name = f"{self.component_name}-sg"
        group = relations.closed_security_group(
            self, name, vpc_id=self._args.vpc_id, description="Tasks of the service", tags=self._args.tags
        )
        self._egress = [
            allow_to(self, self.component_name, group.id, destination) for destination in self._args.egress
        ]
        return group

    def _log_group(self) -> aws.cloudwatch.LogGroup:
        name = f"{self.component_name}-logs"
        return aws.cloudwatch.LogGroup(
            name,
            name=f"/ecs/{self.component_name}",
            retention_in_days=self._args.log_retention_days,
            kms_key_id=self._args.kms_key_arn,
            tags=self._tags(name),
            opts=self._child(),
        )

    def _roles(self, log_group: aws.cloudwatch.LogGroup) -> Roles:
        registry = self._args.registry
        return make_roles(
            self,
            self.component_name,
            log_group=log_group,
            repository_arn=None if registry is None else registry.arn,
            secrets=list(self._args.secrets.values()),
            tags=self._args.tags,
        )

    def _task_definition(self, roles: Roles) -> aws.ecs.TaskDefinition:
        args, name = self._args, f"{self.component_name}-task-definition"
        return aws.ecs.TaskDefinition(
            name,
            family=self.component_name,
            requires_compatibilities=["FARGATE"],
            network_mode="awsvpc",
            cpu=str(args.cpu),
            memory=str(args.memory),
            execution_role_arn=roles.execution.arn,
            task_role_arn=roles.task.arn,
            runtime_platform=aws.ecs.TaskDefinitionRuntimePlatformArgs(
                operating_system_family="LINUX", cpu_architecture=args.cpu_architecture
            ),
            volumes=[
                aws.ecs.TaskDefinitionVolumeArgs(name=volume_name(path)) for path in args.writable_paths
            ],
            container_definitions=pulumi.Output.json_dumps([definition(self._container())]),
            tags=self._tags(name),
            opts=self._child(),
        )

    def _container(self) -> Container:
        args = self._args
        return Container(
            image=args.image,
            port=args.port,
            log_group=self.log_group_name,
            region=account.current(self).apply(lambda here: here.region),
            environment=args.environment,
            secrets={variable: ref.value_from() for variable, ref in args.secrets.items()},
            writable_paths=args.writable_paths,
            health_command=args.health_command,
            command=args.command,
        )

    def _service(self, task_definition: aws.ecs.TaskDefinition, roles: Roles) -> aws.ecs.Service:
        args = self._args
        return aws.ecs.Service(
            self.component_name,
            cluster=args.cluster.arn,
            task_definition=task_definition.arn,
            desired_count=self._desired_count(),
            capacity_provider_strategies=self._capacity(),
            network_configuration=self._network(),
            load_balancers=self._load_balancers(),
            health_check_grace_period_seconds=args.health_grace_seconds if args.target else None,
            deployment_minimum_healthy_percent=args.minimum_healthy_percent,
            deployment_maximum_percent=args.maximum_percent,
            deployment_circuit_breaker=aws.ecs.ServiceDeploymentCircuitBreakerArgs(
                enable=True, rollback=True
            ),
            availability_zone_rebalancing="ENABLED" if args.availability_zone_rebalancing else "DISABLED",
            enable_execute_command=False,
            enable_ecs_managed_tags=True,
            propagate_tags="SERVICE",
            wait_for_steady_state=args.wait_for_steady_state,
            # Without it the provider would replace the service to change its share of Spot.
            force_new_deployment=True,
            tags=self._tags(self.component_name),
            opts=pulumi.ResourceOptions(
                parent=self,
                # Without these no image can be pulled, and the first deployment would roll back.
                depends_on=[roles.execution_policy, *self._egress],
                # The number of tasks belongs to the scaling where there is one, else to the program.
                ignore_changes=["desiredCount"] if args.scaling else None,
            ),
        )

    def _desired_count(self) -> int:
        scaling = self._args.scaling
        if scaling is None:
            return self._args.desired_count
        return min(max(self._args.desired_count, scaling.min), scaling.max)

    def _capacity(self) -> list[aws.ecs.ServiceCapacityProviderStrategyArgs]:
        spot = self._args.spot_share_percent
        # One task always runs on demand, whatever the shares.
        strategies = [
            aws.ecs.ServiceCapacityProviderStrategyArgs(
                capacity_provider="FARGATE", base=1, weight=100 - spot
            )
        ]
        if spot > 0:
            strategies.append(
                aws.ecs.ServiceCapacityProviderStrategyArgs(capacity_provider="FARGATE_SPOT", weight=spot)
            )
        return strategies

    def _network(self) -> aws.ecs.ServiceNetworkConfigurationArgs:
        return aws.ecs.ServiceNetworkConfigurationArgs(
            subnets=self._args.subnet_ids,
            security_groups=[self.security_group_id],
            assign_public_ip=False,
        )

    def _load_balancers(self) -> list[aws.ecs.ServiceLoadBalancerArgs] | None:
        target = self._args.target
        if target is None:
            return None
        return [
            aws.ecs.ServiceLoadBalancerArgs(
                target_group_arn=target.arn,
                container_name=CONTAINER_NAME,
                container_port=self.port,
            )
        ]

    def _scale(self, service: aws.ecs.Service) -> None:
        scaling, target = self._args.scaling, self._args.target
        if scaling is None:
            return
        label = None
        if target is not None:
            label = pulumi.Output.all(target.listener_arn, target.arn_suffix).apply(
                lambda both: resource_label(both[0], both[1])
            )
        resource_id = pulumi.Output.concat("service/", self._args.cluster.name, "/", service.name)
        make_scaling(self, self.component_name, scaling, resource_id=resource_id, label=label)
