"""Container definitions: the whole text, and that order does not matter."""

from components.container import Container, definition, volume_name


def container(**changes: object) -> Container:
    given: dict[str, object] = {
        "image": "registry/app:1",
        "port": 3000,
        "log_group": "/ecs/web",
        "region": "us-east-1",
        "environment": {"B": "2", "A": "1"},
        "secrets": {"TOKEN": "arn:secret", "PASSWORD": "arn:db:password::"},
        "writable_paths": ("/tmp", "/app/.cache"),
    }
    return Container(**{**given, **changes})  # type: ignore[arg-type]


def test_the_whole_definition() -> None:
    assert definition(container()) == {
        "name": "app",
        "image": "registry/app:1",
        "essential": True,
        "readonlyRootFilesystem": True,
        "linuxParameters": {"initProcessEnabled": True},
        "portMappings": [{"containerPort": 3000, "hostPort": 3000, "protocol": "tcp"}],
        "environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
        "secrets": [
            {"name": "PASSWORD", "valueFrom": "arn:db:password::"},
            {"name": "TOKEN", "valueFrom": "arn:secret"},
        ],
        "mountPoints": [
            {"sourceVolume": "tmp", "containerPath": "/tmp", "readOnly": False},
            {"sourceVolume": "app--cache", "containerPath": "/app/.cache", "readOnly": False},
        ],
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": "/ecs/web",
                "awslogs-region": "us-east-1",
                "awslogs-stream-prefix": "app",
                "mode": "non-blocking",
                "max-buffer-size": "25m",
            },
        },
        "stopTimeout": 30,
    }


def test_command_and_health_check_where_they_are_given() -> None:
    found = definition(container(command=["serve"], health_command=["CMD", "/healthy"]))
    assert found["command"] == ["serve"]
    assert found["healthCheck"] == {
        "command": ["CMD", "/healthy"],
        "interval": 30,
        "timeout": 5,
        "retries": 3,
        "startPeriod": 60,
    }


def test_order_of_settings_changes_nothing() -> None:
    assert definition(container(environment={"A": "1", "B": "2"})) == definition(container())


def test_volume_names() -> None:
    assert [volume_name(path) for path in ("/tmp", "/var/run", "/")] == ["tmp", "var-run", "root"]
