"""An AWS that is not there: the Pulumi provider protocol and the AWS HTTP API over moto, made strict and durable.

A request passes these layers, each in the file of its name: `servicer` (gRPC) → `provider` (check, diff, create,
read, update, delete on plain values) → one `Binding` per resource type → a boto3 client that validates every call
(`strict`) → `wire`, which journals it (`journal`) and lets moto answer.
"""
