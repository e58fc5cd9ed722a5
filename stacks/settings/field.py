"""How one setting is declared: description, unit and example are part of the schema."""

from typing import Any

from pydantic import Field


def setting(description: str, *, example: Any, unit: str | None = None, **constraints: Any) -> Any:
    """A pydantic field whose description, unit and example feed the error texts and `docs/settings.md`."""
    extra: dict[str, Any] = {"unit": unit} if unit else {}
    return Field(description=description, examples=[example], json_schema_extra=extra, **constraints)
