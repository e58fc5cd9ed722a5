from stacks.settings.field import setting
from stacks.settings.section import Section


class Ci(Section):
    """Who may deploy this environment from GitHub, without any stored key."""

    repository: str | None = setting(
        "Repository whose workflows get roles; null: no roles",
        example="muejam/library",
        pattern=r"^[\w.-]+/[\w.-]+$",
        default=None,
    )
    provider_arn: str | None = setting(
        "The account's OIDC provider for GitHub, of which there is one; null: this stack makes it",
        example="arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
        pattern=r"^arn:aws[a-z-]*:iam::\d{12}:oidc-provider/.+$",
        default=None,
    )
    approval: bool = setting(
        "Whether a person must let a deployment pass: the role then belongs to the GitHub environment named like "
        "this one, which asks its reviewers; else to the branch main",
        example=True,
    )
