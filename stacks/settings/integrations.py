from typing import Literal

from stacks.settings.field import setting
from stacks.settings.section import Section


class Integrations(Section):
    """Other companies' services: each gets an empty secret for its key, and the way out that it needs."""

    sentry: bool = setting("Error reports to Sentry (SENTRY_DSN)", example=True, default=False)
    new_relic: bool = setting(
        "Application monitoring by New Relic (NEW_RELIC_LICENSE_KEY)", example=True, default=False
    )
    datadog: bool = setting("Datadog's agent beside each task (DD_API_KEY)", example=True, default=False)
    openai: bool = setting("OpenAI's models (OPENAI_API_KEY)", example=True, default=False)
    google_analytics: bool = setting("Google Analytics (GOOGLE_ANALYTICS_KEY)", example=True, default=False)
    elasticsearch: bool = setting(
        "A full-text search service elsewhere (SEARCH_URL, with its credentials)", example=True, default=False
    )
    mail: Literal["none", "ses", "sendgrid", "smtp"] = setting(
        "How mail goes out: Amazon SES (an identity of the zone, no key), SendGrid (SENDGRID_API_KEY), or any SMTP "
        "server (SMTP_URL; opens port 587)",
        example="ses",
        default="none",
    )
