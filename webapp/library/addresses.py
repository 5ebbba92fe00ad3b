"""Which addresses of the network may be asked: those of the public internet, and of our own network only those named.

A name is looked up once and the connection goes to the address that was looked at, so that a name which answers
otherwise the next time (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
from collections.abc import Sequence

from webapp.config.settings import Network

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last four bytes are an address of version 4


class Private(Exception):
    """The address is inside our own network, where nobody is asked. `host` is the name that led there."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} is in a private network")
        self.host = host


def public_address(host: str, port: int, named: Sequence[Network] = ()) -> str:
    """An address of `host` to connect to.

    Raises Private where any of its addresses is neither of the public internet nor in one of the networks `named`;
    OSError where it has none.
    """
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(_may_be_asked(text, named) for text in found):
        raise Private(host)
    return found[0]


def _may_be_asked(text: str, named: Sequence[Network]) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if any(address.version == network.version and address in network for network in named):
        return True
    return all(one.is_global and not one.is_multicast for one in (address, *_inside(address)))


def _inside(address: Address) -> list[Address]:
    """The addresses of version 4 that one of version 6 leads to."""
    if address.version == 4:
        return []
    wrapped = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64:
        wrapped.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in wrapped if one is not None]
