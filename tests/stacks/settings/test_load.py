"""Which settings a stack gets."""

import pytest
from pydantic import ValidationError

from stacks.settings.errors import ConfigurationError
from stacks.settings.load import Configuration, load
from tests.stacks.settings.loading import loaded


@pytest.mark.parametrize(
    ("stack", "values", "system", "environment"),
    [
        ("dev", {}, "learning-assistant", "dev"),
        ("staging", {}, "learning-assistant", "staging"),
        ("production", {}, "learning-assistant", "production"),
        ("learning-assistant-production", {}, "learning-assistant", "production"),
        ("dev", {"environment": "staging"}, "learning-assistant", "staging"),
        ("feature-x", {"system": "learning-assistant", "environment": "dev"}, "learning-assistant", "dev"),
        ("muejam-library-production", {}, "muejam-library", "production"),
        ("api-platform-production-standby", {}, "api-platform", "production"),
    ],
)
def test_the_stack_name_says_which_system_and_environment_unless_the_configuration_does(
    stack: str, values: dict[str, str], system: str, environment: str
) -> None:
    settings = loaded(stack, None, **values)
    assert (settings.system, settings.environment) == (system, environment)


def test_overrides_change_one_value_and_leave_its_neighbours() -> None:
    settings = loaded(
        "production", {"services": {"web": {"scaling": {"max": 15}}}, "database": {"replicas": 1}}
    )
    scaling, database = settings.services["web"].scaling, settings.database
    assert scaling is not None
    assert database is not None
    assert (scaling.min, scaling.max) == (3, 15)
    assert (database.replicas, database.multi_az) == (1, True)


def test_what_yaml_takes_for_a_number_is_text_where_text_is_meant() -> None:
    overrides = {
        "cache": {"engine_version": 7.1},
        "database": {"engine_version": 16, "parameters": {"jit": False}},
    }
    settings = loaded("dev", overrides)
    assert settings.cache is not None
    assert settings.database is not None
    assert (settings.cache.engine_version, settings.database.engine_version) == ("7.1", "16")
    assert settings.database.parameters == {"jit": "false"}


def test_lists_are_replaced_not_joined() -> None:
    overrides = {"network": {"private_cidrs": ["10.0.31.0/24", "10.0.32.0/24", "10.0.33.0/24"]}}
    assert loaded("dev", overrides).network.private_cidrs == ("10.0.31.0/24", "10.0.32.0/24", "10.0.33.0/24")


def test_null_takes_scaling_away() -> None:
    assert loaded("production", {"services": {"web": {"scaling": None}}}).services["web"].scaling is None


@pytest.mark.parametrize("store", ["database", "cache"])
def test_null_takes_a_store_away(store: str) -> None:
    assert getattr(loaded("dev", {store: None}), store) is None


def test_what_is_said_of_every_service_holds_for_each_below_what_it_says_itself() -> None:
    overrides = {"services": {"*": {"cpu": 2048, "memory": 4096}, "api": {"memory": 8192}}}
    services = loaded("practice-app-production", overrides).services
    assert set(services) == {"web", "api"}
    assert (services["web"].cpu, services["web"].memory) == (2048, 4096)
    assert (services["api"].cpu, services["api"].memory) == (2048, 8192)


def test_a_further_service_gets_what_the_environment_says_of_every_service() -> None:
    worker = {"version": "1", "port": 4000, "health_path": "/health", "uses": ["database"]}
    service = loaded("staging", {"services": {"worker": worker}}).services["worker"]
    assert (service.cpu, service.memory, service.desired_count, service.public) == (512, 1024, 2, False)


def test_what_every_service_is_told_survives_the_system_s_own_words() -> None:
    services = loaded("api-platform-production").services
    assert {one.deployment.strategy for one in services.values()} == {"blue_green"}
    assert {name: one.cpu for name, one in services.items()} == {"api": 1024, "auth": 256}


def test_a_slot_more_leaves_the_slots_of_the_system() -> None:
    payments = {"description": "Key of the payment provider", "variable": "PAYMENTS_KEY"}
    slots = loaded("dev", {"secrets": {"slots": {"payments": payments}}}).secrets.slots
    assert set(slots) == {"session", "payments"}


def test_the_region_is_that_of_the_provider() -> None:
    assert load(Configuration(stack="dev", region="eu-central-1")).region == "eu-central-1"
    assert load(Configuration(stack="dev")).region == "us-east-1"


@pytest.mark.parametrize(
    ("stack", "standby", "region"),
    [
        ("api-platform-production", False, "us-east-1"),
        ("api-platform-production-standby", True, "us-west-2"),
    ],
)
def test_the_standby_is_told_by_its_name_and_stands_in_the_second_region(
    stack: str, standby: bool, region: str
) -> None:
    settings = loaded(stack)
    assert (settings.standby, settings.region) == (standby, region)


def test_a_further_region_can_be_the_second_one() -> None:
    settings = loaded("api-platform-production-standby", {"regions": {"second": "eu-west-1"}})
    assert (settings.standby, settings.region) == (True, "eu-west-1")


def test_encrypted_values_are_refused_without_being_quoted() -> None:
    values = {"overrides": {"owner": "hunter2-hunter2"}}
    with pytest.raises(ConfigurationError) as raised:
        load(Configuration(stack="dev", values=values, encrypted=frozenset({"overrides"})))
    assert str(raised.value) == (
        "Configuration of stack dev has 1 problem:\n"
        "  plinth:overrides: it holds an encrypted value, and no setting is secret. Expected plain values. "
        "Fix: remove the encrypted value; add a slot to secrets.slots and fill that in AWS"
    )


def test_settings_cannot_be_changed_afterwards() -> None:
    network = loaded("dev").network
    with pytest.raises(ValidationError, match="frozen"):
        setattr(network, "nat", "none")  # noqa: B010 a plain assignment is already refused by the type checker


@pytest.mark.parametrize(
    ("stack", "prefix"),
    [
        ("dev", "la-dev"),
        ("staging", "la-stg"),
        ("production", "la-prod"),
        ("api-platform-production", "api-prod"),
        ("api-platform-production-standby", "api-prod2"),
    ],
)
def test_prefix_of_every_resource_name(stack: str, prefix: str) -> None:
    assert loaded(stack).prefix == prefix


def test_tags_of_ours_win() -> None:
    tags = loaded("dev", {"tags": {"CostCentre": "1234", "System": "other"}, "owner": "learning"}).all_tags
    assert tags == {
        "CostCentre": "1234",
        "System": "learning-assistant",
        "Environment": "dev",
        "Owner": "learning",
        "Stack": "learning-assistant-dev",
        "ManagedBy": "plinth",
    }
