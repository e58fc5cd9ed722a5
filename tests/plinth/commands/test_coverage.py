"""`plinth sim coverage`: the table, and the same for programs."""


def test_a_row_says_what_answers_each_operation(cli) -> None:
    lines = cli.run("sim", "coverage").stdout.splitlines()

    assert lines[2].split() == ["type", "create", "read", "update", "replace", "delete", "import"]
    assert lines[3].split() == ["aws.ec2.Route", "moto", "moto", "-", "moto", "moto", "moto"]
    assert "1 types: 1 moto" in lines
    assert "1 look-ups: aws.get_region" in lines


def test_document(cli) -> None:
    found = cli.document("sim", "coverage")

    assert found["types"][0]["call"] == "ec2 create_route"
    assert found["look_ups"] == ["aws.get_region"]


def test_outside_of_a_project_the_users_own_cloud_is_meant(cli, tmp_path, monkeypatch) -> None:
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    monkeypatch.chdir(nowhere)
    cli.environ = {"HOME": str(tmp_path / "ada"), "PATH": "/usr/bin:/bin"}

    own = tmp_path / "ada" / ".local" / "state" / "plinth" / "sim"
    assert f"file://{own}/backend" in cli.run("sim", "env").stdout
    assert str(own) in cli.run("sim", "status").stdout.replace("\n", "")
    assert cli.run("sim", "up").exit_code == 2
