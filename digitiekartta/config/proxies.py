"""Whose word about the reader's address and scheme is taken: that of the trusted proxies alone."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

Scope = MutableMapping[str, Any]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_FORWARDED = (b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"x-forwarded-port")
_DROPPED = frozenset((*_FORWARDED, b"forwarded", b"x-real-ip", b"x-cache-scope"))


class Proxies:
    """The trusted proxies: addresses or networks (``10.0.0.0/8``). Raises ValueError for others."""

    def __init__(self, trusted: Sequence[str]) -> None:
        self._networks: list[Network] = [ipaddress.ip_network(one, strict=False) for one in trusted]
        self.any = bool(self._networks)

    def scheme_of(self, scope: Mapping[str, Any]) -> str:
        """The scheme that the reader used."""
        scheme: str = scope["scheme"]
        if not self.any or not self._trusts(_address(scope)):
            return scheme
        told = dict(scope["headers"]).get(b"x-forwarded-proto", b"").strip().lower()
        return told.decode() if told in (b"http", b"https") else scheme

    def seen(self, scope: Scope) -> Scope:
        """The request as the reader sent it: its scheme and address, no forwarding headers left."""
        scheme, client = self.scheme_of(scope), self._client(scope)
        headers = [pair for pair in scope["headers"] if pair[0] not in _DROPPED]
        return {**scope, "scheme": scheme, "client": client, "headers": headers}

    def _client(self, scope: Scope) -> Any:
        if not self.any or not self._trusts(_address(scope)):
            return scope.get("client")
        values = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
        hops = b",".join(values).decode("latin-1").split(",")
        for hop in reversed([one.strip() for one in hops if one.strip()]):
            if not self._trusts(hop):
                return (hop, 0)
        return scope.get("client")

    def _trusts(self, address: str) -> bool:
        try:
            parsed = ipaddress.ip_address(address.strip("[]"))
        except ValueError:
            return False
        return any(parsed in network for network in self._networks)


def _address(scope: Mapping[str, Any]) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""
