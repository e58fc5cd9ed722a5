def test_stop(cli) -> None:
    cli.cloud.up = True

    assert cli.run("sim", "stop").stdout == "SIMULATED  The cloud is stopped.\n"
    assert cli.run("sim", "stop").stdout == "SIMULATED  Nothing to stop: it does not run.\n"
    assert cli.document("sim", "stop")["stopped"] is False


def test_reset_asks_and_where_nobody_can_answer_names_the_flag(cli) -> None:
    cli.run("sim", "up")
    result = cli.run("sim", "reset")

    assert result.exit_code == 2
    assert result.stderr == (
        f"plinth: SIMULATED  Remove every simulated environment in {cli.home}? Nobody is here to answer.\n"
        "Fix: add --yes\n"
    )
    assert cli.home.exists()


def test_reset_with_yes_forgets_everything(cli) -> None:
    cli.run("sim", "up")

    assert cli.run("sim", "reset", "--yes").stdout == f"SIMULATED  Removed {cli.home}\n"
    assert not cli.home.exists()
    assert not cli.cloud.up
    assert cli.document("sim", "reset", "--yes")["removed"] is False
