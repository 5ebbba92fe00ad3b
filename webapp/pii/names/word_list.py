"""Word lists as people read them: a paragraph of words."""


def listed(*paragraphs: str) -> frozenset[str]:
    """The words of `paragraphs`, which are parted by spaces and new lines."""
    return frozenset(word for paragraph in paragraphs for word in paragraph.split())
