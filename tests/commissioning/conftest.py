from tests.gaps.conftest import amina, app, ben, cara, dev, edie, index_dir, visitor

__all__ = ["amina", "app", "ben", "cara", "dev", "edie", "index_dir", "visitor"]
