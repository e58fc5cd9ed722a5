"""Kinds of values that several sections share."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler
from pydantic_core import CoreSchema

# AWS: CloudWatch Logs API reference, PutRetentionPolicy, retentionInDays, read 2026-11
LogDays = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180,
    365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]  # fmt: skip
LOG_DAYS: tuple[int, ...] = get_args(LogDays)


def _as_text(value: Any) -> Any:
    """YAML reads 7.1 and true as something else than text; where text is meant, that is what they are."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


@dataclass(frozen=True)
class _AsWritten:
    """Editors take what is read as text."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(core), "type": ["string", "number", "boolean"]}


Text = Annotated[str, BeforeValidator(_as_text), _AsWritten()]
Cidr = Annotated[str, Field(pattern=r"^\d{1,3}(\.\d{1,3}){3}/\d{1,2}$")]
Email = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
HostName = Annotated[str, Field(pattern=r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$")]
EndpointName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$")]
HostLabel = Annotated[str, Field(pattern=r"^(@|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9-]+)*)$")]
PathPattern = Annotated[str, Field(pattern=r"^/[A-Za-z0-9_\-./*?]*$")]
Port = Annotated[int, Field(ge=1, le=65535)]
Region = Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z]+)+-\d$")]
VariableName = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
Cron = Annotated[str, Field(pattern=r"^cron\(.+\)$")]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
CertificateArn = Annotated[str, Field(pattern=r"^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate/.+$")]
AddressRange = Annotated[str, Field(pattern=r"^[0-9a-f.:]+/\d{1,3}$")]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
SecretArn = Annotated[str, Field(pattern=r"^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+$")]
