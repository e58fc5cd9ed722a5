import pytest

from policies.environment import environment_of


@pytest.mark.parametrize(
    ("stack", "config", "variable", "expected"),
    [
        ("dev", "", "", "dev"),
        ("staging", "", "", "staging"),
        ("production", "", "", "production"),
        ("muejam-library-staging", "", "", "staging"),
        ("organization/plinth/learning-assistant-dev", "", "", "dev"),
        ("alice", "", "", "production"),
        ("alice", "", "dev", "dev"),
        ("alice", "", "playground", "production"),
        ("production", "", "dev", "production"),
        ("alice", "staging", "dev", "staging"),
        ("dev", "production", "", "production"),
        ("dev", "prod", "", "production"),
        ("development", "", "", "production"),
        ("", "", "", "production"),
    ],
)
def test_the_environment_of_a_stack(stack: str, config: str, variable: str, expected: str) -> None:
    stated = {"plinth:environment": config} if config else {}
    variables = {"PLINTH_ENVIRONMENT": variable} if variable else {}
    assert environment_of(stack, stated, variables) == expected
