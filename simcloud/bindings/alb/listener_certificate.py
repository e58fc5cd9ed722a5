from __future__ import annotations

from simcloud.bindings.lb import listener_certificate


class ListenerCertificate(listener_certificate.ListenerCertificate):
    """The same as `aws.lb.ListenerCertificate`, under its older name."""

    token = "aws:alb/listenerCertificate:ListenerCertificate"
