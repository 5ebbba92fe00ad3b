from tests.gaps.conftest import amina, ben, cara, dev, edie

__all__ = ["amina", "ben", "cara", "dev", "edie"]
