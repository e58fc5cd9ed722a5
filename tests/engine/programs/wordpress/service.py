"""WordPress itself: load balancer, cluster, task, service, scaling, alarms."""

import json

import pulumi
import pulumi_aws as aws

CONTAINER = "wordpress"
EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


class WordPress(pulumi.ComponentResource):
    def __init__(
        self, name, network, load_balancer_sg, service_sg, database, files, image, desired_count, opts=None
    ):
        super().__init__("wordpress:service:WordPress", name, {}, opts)
        self.name, self.child = name, pulumi.ResourceOptions(parent=self)
        self.database, self.files = database, files
        region = aws.get_region().region

        self.load_balancer = aws.lb.LoadBalancer(
            name,
            load_balancer_type="application",
            security_groups=[load_balancer_sg.id],
            subnets=[subnet.id for subnet in network.public_subnets],
            idle_timeout=120,
            tags={"Name": name},
            opts=self.child,
        )
        self.target_group = aws.lb.TargetGroup(
            name,
            port=80,
            protocol="HTTP",
            target_type="ip",
            vpc_id=network.vpc.id,
            deregistration_delay=30,
            health_check={
                "path": "/wp-login.php",
                "matcher": "200-399",
                "interval": 30,
                "timeout": 5,
                "healthy_threshold": 2,
                "unhealthy_threshold": 5,
            },
            stickiness={"type": "lb_cookie", "cookie_duration": 3600, "enabled": True},
            opts=self.child,
        )
        self.listener = aws.lb.Listener(
            f"{name}-http",
            load_balancer_arn=self.load_balancer.arn,
            port=80,
            default_actions=[{"type": "forward", "target_group_arn": self.target_group.arn}],
            opts=self.child,
        )
        aws.lb.ListenerRule(
            f"{name}-no-xmlrpc",
            listener_arn=self.listener.arn,
            priority=10,
            conditions=[{"path_pattern": {"values": ["/xmlrpc.php"]}}],
            actions=[
                {
                    "type": "fixed-response",
                    "fixed_response": {
                        "content_type": "text/plain",
                        "message_body": "No.",
                        "status_code": "403",
                    },
                }
            ],
            opts=self.child,
        )

        self.cluster = aws.ecs.Cluster(
            name, settings=[{"name": "containerInsights", "value": "enabled"}], opts=self.child
        )
        self.logs = aws.cloudwatch.LogGroup(f"/ecs/{name}", retention_in_days=14, opts=self.child)
        task_role, execution_role = self._roles()

        definition = pulumi.Output.all(
            host=database.instance.endpoint,
            db_name=database.instance.db_name,
            secret=database.secret_arn,
            logs=self.logs.name,
        ).apply(
            lambda args: json.dumps(
                [
                    {
                        "name": CONTAINER,
                        "image": image,
                        "essential": True,
                        "portMappings": [{"containerPort": 80, "protocol": "tcp"}],
                        "environment": [
                            {"name": "WORDPRESS_DB_HOST", "value": args["host"]},
                            {"name": "WORDPRESS_DB_NAME", "value": args["db_name"]},
                        ],
                        "secrets": [
                            {"name": "WORDPRESS_DB_USER", "valueFrom": f"{args['secret']}:username::"},
                            {"name": "WORDPRESS_DB_PASSWORD", "valueFrom": f"{args['secret']}:password::"},
                        ],
                        "mountPoints": [
                            {"sourceVolume": "content", "containerPath": "/var/www/html/wp-content"}
                        ],
                        "logConfiguration": {
                            "logDriver": "awslogs",
                            "options": {
                                "awslogs-group": args["logs"],
                                "awslogs-region": region,
                                "awslogs-stream-prefix": "wordpress",
                            },
                        },
                    }
                ]
            )
        )
        self.task = aws.ecs.TaskDefinition(
            name,
            family=name,
            cpu="512",
            memory="1024",
            network_mode="awsvpc",
            requires_compatibilities=["FARGATE"],
            execution_role_arn=execution_role.arn,
            task_role_arn=task_role.arn,
            container_definitions=definition,
            volumes=[
                {
                    "name": "content",
                    "efs_volume_configuration": {
                        "file_system_id": files.file_system.id,
                        "transit_encryption": "ENABLED",
                        "authorization_config": {"access_point_id": files.access_point.id, "iam": "ENABLED"},
                    },
                }
            ],
            opts=self.child,
        )
        self.service = aws.ecs.Service(
            name,
            cluster=self.cluster.arn,
            task_definition=self.task.arn,
            desired_count=desired_count,
            launch_type="FARGATE",
            platform_version="1.4.0",
            health_check_grace_period_seconds=120,
            deployment_circuit_breaker={"enable": True, "rollback": True},
            network_configuration=aws.ecs.ServiceNetworkConfigurationArgs(
                assign_public_ip=False,
                subnets=[subnet.id for subnet in network.private_subnets],
                security_groups=[service_sg.id],
            ),
            load_balancers=[
                aws.ecs.ServiceLoadBalancerArgs(
                    target_group_arn=self.target_group.arn, container_name=CONTAINER, container_port=80
                )
            ],
            opts=pulumi.ResourceOptions(
                parent=self,
                depends_on=[self.listener, *files.mount_targets],
                ignore_changes=["desired_count"],
            ),
        )
        self._scaling()
        self._alarms()
        self.register_outputs({"url": self.load_balancer.dns_name})

    def _roles(self):
        trust = aws.iam.get_policy_document(
            statements=[
                {
                    "actions": ["sts:AssumeRole"],
                    "principals": [{"type": "Service", "identifiers": ["ecs-tasks.amazonaws.com"]}],
                }
            ]
        ).json
        execution = aws.iam.Role(f"{self.name}-execution", assume_role_policy=trust, opts=self.child)
        aws.iam.RolePolicyAttachment(
            f"{self.name}-execution", role=execution.name, policy_arn=EXECUTION_POLICY, opts=self.child
        )
        read_secret = aws.iam.get_policy_document_output(
            statements=[
                {
                    "sid": "ReadDatabaseSecret",
                    "actions": ["secretsmanager:GetSecretValue"],
                    "resources": [self.database.secret_arn],
                }
            ]
        )
        aws.iam.RolePolicy(f"{self.name}-secret", role=execution.id, policy=read_secret.json, opts=self.child)
        task = aws.iam.Role(f"{self.name}-task", assume_role_policy=trust, opts=self.child)
        mount = pulumi.Output.json_dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
                        "Resource": self.files.file_system.arn,
                    }
                ],
            }
        )
        policy = aws.iam.Policy(
            f"{self.name}-mount", description="Mount the content", policy=mount, opts=self.child
        )
        aws.iam.RolePolicyAttachment(f"{self.name}-mount", role=task, policy_arn=policy.arn, opts=self.child)
        return task, execution

    def _scaling(self):
        target = aws.appautoscaling.Target(
            self.name,
            min_capacity=2,
            max_capacity=6,
            resource_id=pulumi.Output.concat("service/", self.cluster.name, "/", self.service.name),
            scalable_dimension="ecs:service:DesiredCount",
            service_namespace="ecs",
            opts=self.child,
        )
        aws.appautoscaling.Policy(
            f"{self.name}-cpu",
            policy_type="TargetTrackingScaling",
            resource_id=target.resource_id,
            scalable_dimension=target.scalable_dimension,
            service_namespace=target.service_namespace,
            target_tracking_scaling_policy_configuration={
                "predefined_metric_specification": {
                    "predefined_metric_type": "ECSServiceAverageCPUUtilization"
                },
                "target_value": 60,
                "scale_in_cooldown": 300,
                "scale_out_cooldown": 60,
            },
            opts=self.child,
        )

    def _alarms(self):
        topic = aws.sns.Topic(f"{self.name}-alarms", opts=self.child)
        for name, namespace, metric, dimensions, threshold in (
            (
                "5xx",
                "AWS/ApplicationELB",
                "HTTPCode_Target_5XX_Count",
                {"LoadBalancer": self.load_balancer.arn_suffix, "TargetGroup": self.target_group.arn_suffix},
                10,
            ),
            (
                "db-cpu",
                "AWS/RDS",
                "CPUUtilization",
                {"DBInstanceIdentifier": self.database.instance.identifier},
                80,
            ),
        ):
            aws.cloudwatch.MetricAlarm(
                f"{self.name}-{name}",
                namespace=namespace,
                metric_name=metric,
                dimensions=dimensions,
                statistic="Sum" if name == "5xx" else "Average",
                comparison_operator="GreaterThanThreshold",
                threshold=threshold,
                period=60,
                evaluation_periods=5,
                treat_missing_data="notBreaching",
                alarm_actions=[topic.arn],
                ok_actions=[topic.arn],
                opts=self.child,
            )
