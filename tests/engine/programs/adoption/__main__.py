"""What holds data, as components: made by one stack, and taken over by another."""

import pulumi

from components.adoption import keep_names
from components.bucket import Bucket, BucketArgs, Purpose
from components.cluster import Cluster, ClusterArgs
from components.key import Key, KeyArgs
from components.registry import Registry, RegistryArgs

keep_names(pulumi.Config().get_object("names") or {})

key = Key("shop-key", KeyArgs(alias="shop", description="Data of the shop"))
bucket = Bucket("shop-uploads", BucketArgs(purpose=Purpose.DATA, kms_key_arn=key.arn))
registry = Registry("shop-images", RegistryArgs(kms_key_arn=key.arn, keep_images=10))
Cluster("shop", ClusterArgs())

pulumi.export("bucket", bucket.name)
pulumi.export("images", registry.url)
