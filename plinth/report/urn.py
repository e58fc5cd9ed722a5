"""Reading Pulumi's resource names."""

STACK_TYPE = "pulumi:pulumi:Stack"


def name_of(urn: str) -> str:
    """The logical name: all after the fourth `::`, which may itself contain `::`."""
    return urn.split("::", 3)[3] if urn.count("::") >= 3 else urn


def type_of(urn: str) -> str:
    """The resource's own type token, without those of its parents."""
    return urn.split("::", 3)[2].rsplit("$", 1)[-1] if urn.count("::") >= 3 else ""


def stack_of(urn: str) -> str:
    """The stack's name."""
    return urn.split("::", 1)[0].removeprefix("urn:pulumi:")


def short_type(token: str) -> str:
    """`aws:ec2/vpc:Vpc` as people and the engine's own screens write it: `aws:ec2:Vpc`."""
    package, _, rest = token.partition(":")
    module, _, name = rest.partition(":")
    return f"{package}:{module.split('/', 1)[0]}:{name}" if name else token


def is_provider(token: str) -> bool:
    return token.startswith("pulumi:providers:")
