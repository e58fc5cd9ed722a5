import subprocess


def test_a_shell_can_evaluate_it(cli) -> None:
    lines = cli.run("sim", "env").stdout
    shown = subprocess.run(
        [
            "sh",
            "-c",
            f'{lines}\necho "$AWS_ENDPOINT_URL $PULUMI_DEBUG_PROVIDERS ${{AWS_PROFILE-none}} $PATH"',
        ],
        env={"AWS_PROFILE": "work", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert lines.startswith("# SIMULATED")
    assert shown.startswith("http://127.0.0.1:40003 aws:40001,cloudflare:40002 work ")
    assert shown.split()[-1].split(":")[:2] == [str(cli.home / "bin"), "/opt/engine"]


def test_what_must_go_is_unset(cli) -> None:
    cli.environ = {"AWS_PROFILE": "work", "AWS_SESSION_TOKEN": "x", "PATH": "/usr/bin"}

    assert "unset AWS_PROFILE\nunset AWS_SESSION_TOKEN\n" in cli.run("sim", "env").stdout


def test_document(cli) -> None:
    found = cli.document("sim", "env")

    assert found["set"]["AWS_ACCESS_KEY_ID"] == "simulated"
    assert found["unset"] == []


def test_every_configured_environment_is_ready_for_plain_pulumi(cli) -> None:
    (cli.project / "Pulumi.production.yaml").write_text("config: {}\n")
    cli.run("sim", "env")
    cli.run("sim", "env")

    assert [command.args[2] for command in cli.engine.commands] == ["dev", "production"]
    assert (cli.home / "bin" / "pulumi").stat().st_mode & 0o777 == 0o700
