from typing import Literal

from stacks.settings.field import setting
from stacks.settings.kinds import HostName
from stacks.settings.section import Section


class Integrations(Section):
    """Other companies' services: each gets an empty secret for its key, and the way out that it needs."""

    sentry: bool = setting("Error reports to Sentry (SENTRY_DSN)", example=True, default=False)
    new_relic: bool = setting(
        "Application monitoring by New Relic (NEW_RELIC_LICENSE_KEY)", example=True, default=False
    )
    datadog: bool = setting("Datadog's agent beside each task (DD_API_KEY)", example=True, default=False)
    datadog_site: HostName = setting(
        "Which of Datadog's sites has the account", example="datadoghq.eu", default="datadoghq.com"
    )
    datadog_image: str = setting(
        "Image of Datadog's agent, better by digest",
        example="public.ecr.aws/datadog/agent@sha256:0f1e2d",
        default="public.ecr.aws/datadog/agent:7",
    )
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
    mail_sender: str = setting(
        "Whom mail comes from, as the part before the @ of the zone's name (MAIL_FROM)",
        example="hello",
        pattern=r"^[a-z0-9][a-z0-9._+-]{0,63}$",
        default="no-reply",
    )
