"""What outlives a container: the database, and the file system with uploads and plugins."""

import pulumi
import pulumi_aws as aws


class DatabaseArgs:
    def __init__(
        self, vpc, subnets, client_security_group, instance_class, allocated_storage, db_name="wordpress"
    ):
        self.vpc = vpc
        self.subnets = subnets
        self.client_security_group = client_security_group
        self.instance_class = instance_class
        self.allocated_storage = allocated_storage
        self.db_name = db_name


class Database(pulumi.ComponentResource):
    def __init__(self, name, args, opts=None):
        super().__init__("wordpress:storage:Database", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        security_group = aws.ec2.SecurityGroup(
            f"{name}-sg",
            vpc_id=args.vpc.id,
            description="MySQL from WordPress only",
            ingress=[
                {
                    "protocol": "tcp",
                    "from_port": 3306,
                    "to_port": 3306,
                    "security_groups": [args.client_security_group.id],
                    "description": "WordPress",
                }
            ],
            egress=[{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}],
            opts=child,
        )
        subnet_group = aws.rds.SubnetGroup(
            name, subnet_ids=[subnet.id for subnet in args.subnets], tags={"Name": name}, opts=child
        )
        parameters = aws.rds.ParameterGroup(
            name,
            family="mysql8.0",
            parameters=[
                aws.rds.ParameterGroupParameterArgs(name="character_set_server", value="utf8mb4"),
                aws.rds.ParameterGroupParameterArgs(name="slow_query_log", value="1"),
                aws.rds.ParameterGroupParameterArgs(name="max_connections", value="150"),
            ],
            opts=child,
        )
        self.instance = aws.rds.Instance(
            name,
            engine="mysql",
            engine_version="8.0",
            instance_class=args.instance_class,
            allocated_storage=args.allocated_storage,
            max_allocated_storage=100,
            storage_type="gp3",
            storage_encrypted=True,
            multi_az=True,
            db_name=args.db_name,
            username="admin",
            # RDS makes the password, and keeps it in Secrets Manager.
            manage_master_user_password=True,
            db_subnet_group_name=subnet_group.name,
            parameter_group_name=parameters.name,
            vpc_security_group_ids=[security_group.id],
            backup_retention_period=7,
            backup_window="03:00-04:00",
            maintenance_window="sun:05:00-sun:06:00",
            enabled_cloudwatch_logs_exports=["error", "slowquery"],
            auto_minor_version_upgrade=True,
            skip_final_snapshot=True,
            apply_immediately=True,
            tags={"Name": name},
            opts=pulumi.ResourceOptions(parent=self, ignore_changes=["engine_version"]),
        )
        self.secret_arn = self.instance.master_user_secrets.apply(lambda secrets: secrets[0]["secret_arn"])
        self.register_outputs({"address": self.instance.address})


class Files(pulumi.ComponentResource):
    def __init__(self, name, vpc, subnets, client_security_group, opts=None):
        super().__init__("wordpress:storage:Files", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        security_group = aws.ec2.SecurityGroup(
            f"{name}-sg",
            vpc_id=vpc.id,
            description="NFS from WordPress only",
            ingress=[
                aws.ec2.SecurityGroupIngressArgs(
                    protocol="tcp", from_port=2049, to_port=2049, security_groups=[client_security_group.id]
                )
            ],
            opts=child,
        )
        self.file_system = aws.efs.FileSystem(
            name,
            encrypted=True,
            performance_mode="generalPurpose",
            throughput_mode="elastic",
            lifecycle_policies=[{"transition_to_ia": "AFTER_30_DAYS"}],
            tags={"Name": name},
            opts=child,
        )
        self.mount_targets = [
            aws.efs.MountTarget(
                f"{name}-{number}",
                file_system_id=self.file_system.id,
                subnet_id=subnet.id,
                security_groups=[security_group.id],
                opts=child,
            )
            for number, subnet in enumerate(subnets)
        ]
        self.access_point = aws.efs.AccessPoint(
            name,
            file_system_id=self.file_system.id,
            posix_user={"uid": 33, "gid": 33},
            root_directory={
                "path": "/wp-content",
                "creation_info": {"owner_uid": 33, "owner_gid": 33, "permissions": "755"},
            },
            tags={"Name": name},
            opts=child,
        )
        self.register_outputs({})
