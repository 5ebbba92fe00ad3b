"""What can be wrong with the identity provider."""


class ProviderFault(Exception):
    """The provider cannot be asked, or answered what we cannot use. The message names nobody and holds no token."""
