"""Public keys, groups of them and key value stores as CloudFront keeps them."""

from __future__ import annotations

from typing import Any

from moto.cloudfront import urls
from moto.cloudfront.exceptions import CloudFrontException
from moto.cloudfront.models import CloudFrontBackend, KeyGroup, random_id
from moto.cloudfront.responses import CloudFrontResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow

from simcloud.patches import adds, around


@around(CloudFrontResponse)
def create_public_key(original: Any, self: Any) -> ActionResult:
    """AWS: a name is given once, and the comment is kept; moto: any number, no comment."""
    config = self._get_param("PublicKeyConfig")
    if config["Name"] in [key.name for key in self.backend.public_keys.values()]:
        raise CloudFrontException(
            "PublicKeyAlreadyExists", f"A public key with the name {config['Name']} already exists."
        )
    answer: Any = original(self)
    answer.result["PublicKey"].comment = config.get("Comment") or ""
    return answer  # type: ignore[no-any-return]


@around(CloudFrontBackend)
def get_public_key(original: Any, self: Any, key_id: str) -> Any:
    """AWS: says that there is no such key; moto: an internal error."""
    if key_id not in self.public_keys:
        raise CloudFrontException("NoSuchPublicKey", "The specified public key does not exist.")
    return original(self, key_id)


@adds(CloudFrontResponse)
def update_public_key(self: Any) -> ActionResult:
    """AWS: changes the comment; moto: does not know the call."""
    key = self.backend.get_public_key(self._get_param("Id"))
    _require_match(self, key)
    key.comment, key.etag = self._get_param("PublicKeyConfig").get("Comment") or "", random_id()
    return ActionResult({"PublicKey": key, "ETag": key.etag})


@around(CloudFrontResponse)
def delete_public_key(original: Any, self: Any) -> Any:
    """AWS: a key in a group stays; moto: it goes."""
    key = self.backend.get_public_key(self._get_param("Id"))
    _require_match(self, key)
    if any(key.id in group.items for group in self.backend.key_groups.values()):
        raise CloudFrontException(
            "PublicKeyInUse", "The specified public key is in use: it is in one or more key groups."
        )
    return original(self)


@around(CloudFrontResponse)
def create_key_group(original: Any, self: Any) -> ActionResult:
    """AWS: a name is given once, to keys that exist; moto: any number, any keys, no comment."""
    config = self._get_param("KeyGroupConfig")
    if config["Name"] in [group.name for group in self.backend.key_groups.values()]:
        raise CloudFrontException(
            "KeyGroupAlreadyExists", f"A key group with the name {config['Name']} already exists."
        )
    _require_keys(self, config)
    answer: Any = original(self)
    answer.result["KeyGroup"].comment = config.get("Comment")
    answer.result["KeyGroup"].last_modified_time = utcnow()
    return answer  # type: ignore[no-any-return]


@around(CloudFrontBackend)
def get_key_group(original: Any, self: Any, group_id: str) -> Any:
    """AWS: says that there is no such group; moto: an internal error."""
    if group_id not in self.key_groups:
        raise CloudFrontException("NoSuchResource", "The specified key group does not exist.")
    return original(self, group_id)


@adds(CloudFrontResponse)
def update_key_group(self: Any) -> ActionResult:
    """AWS: changes a group; moto: does not know the call."""
    group, config = self.backend.get_key_group(self._get_param("Id")), self._get_param("KeyGroupConfig")
    _require_match(self, group)
    _require_keys(self, config)
    group.name, group.items, group.comment = config["Name"], config["Items"], config.get("Comment")
    group.etag, group.last_modified_time = random_id(), utcnow()
    return ActionResult({"KeyGroup": group, "ETag": group.etag})


@adds(CloudFrontResponse)
def delete_key_group(self: Any) -> Any:
    """AWS: removes a group that no behaviour trusts; moto: does not know the call."""
    group = self.backend.get_key_group(self._get_param("Id"))
    _require_match(self, group)
    if any(group.id in _trusted(distribution) for distribution in self.backend.distributions.values()):
        raise CloudFrontException(
            "ResourceInUse", "Cannot delete this resource because it is in use by a cache behavior."
        )
    del self.backend.key_groups[group.id]
    return EmptyResult()


@around(CloudFrontResponse)
def update_key_value_store(original: Any, self: Any) -> ActionResult:
    """AWS: only who read last may write; moto: anyone."""
    _require_match(self, self.backend.describe_key_value_store(self._get_param("Name")))
    answer: ActionResult = original(self)
    return answer


@around(CloudFrontResponse)
def delete_key_value_store(original: Any, self: Any) -> Any:
    """AWS: a store that a function reads stays; moto: it goes."""
    store = self.backend.describe_key_value_store(self._get_param("Name"))
    _require_match(self, store)
    for function in self.backend.functions.values():
        stores = (function.config.get("KeyValueStoreAssociations") or {}).get("Items") or []
        if store.arn in [item["KeyValueStoreARN"] for item in stores]:
            raise CloudFrontException(
                "CannotDeleteEntityWhileInUse",
                f"Cannot delete the key value store because it is associated with {function.name}.",
            )
    return original(self)


def _config(self: KeyGroup) -> dict[str, Any]:
    found = {"Name": self.name, "Items": self.items, "Comment": getattr(self, "comment", None)}
    return {name: value for name, value in found.items() if value is not None}


KeyGroup.key_group_config = property(_config)  # type: ignore[method-assign, assignment]


def _require_match(response: Any, found: Any) -> None:
    if response._get_param("IfMatch") != found.etag:
        raise CloudFrontException(
            "InvalidIfMatchVersion", "The If-Match version is missing or not valid for the resource."
        )


def _require_keys(response: Any, config: dict[str, Any]) -> None:
    for key_id in config.get("Items") or ():
        if key_id not in response.backend.public_keys:
            raise CloudFrontException("InvalidArgument", f"The public key {key_id} does not exist.")


def _trusted(distribution: Any) -> list[str]:
    config: dict[str, Any] = vars(distribution.distribution_config)
    behaviours = [config["DefaultCacheBehavior"], *(config["CacheBehaviors"].get("Items") or [])]
    groups = [vars(behaviour).get("TrustedKeyGroups") or {} for behaviour in behaviours]
    return [group for listed in groups for group in listed.get("Items") or []]


urls.url_paths["{0}/2020-05-31/public-key/(?P<key_name>[^/]+)/config$"] = CloudFrontResponse.dispatch
