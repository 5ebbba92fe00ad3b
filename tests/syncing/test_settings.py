"""Settings of the remote: a wrong one stops the start with one sentence that names it."""

import pytest

from webapp.config import settings as config
from webapp.config.settings import ContentRemote, SettingsError

BASE = {"SIGNPOST_SECRET_KEY": "x" * 40, "SIGNPOST_TRUSTED_HOSTS": "localhost"}
REMOTE = "https://git.example/care/content.git"


@pytest.mark.parametrize(
    "address",
    [
        REMOTE,
        "https://reader:token@git.example/care/content.git",
        "ssh://git@git.example:2222/care/content.git",
        "git@git.example:care/content.git",
        "/srv/git/content.git",
        "file:///srv/git/content.git",
    ],
)
def test_addresses_that_can_be_followed(address: str):
    settings = config.load({**BASE, "SIGNPOST_CONTENT_REMOTE": address})
    assert settings.content_remote == ContentRemote(address, "main", None)
    assert "token" not in repr(settings.content_remote)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"SIGNPOST_CONTENT_REMOTE": "http://git.example/content.git"}, "SIGNPOST_CONTENT_REMOTE"),
        ({"SIGNPOST_CONTENT_REMOTE": "ext::sh -c id"}, "SIGNPOST_CONTENT_REMOTE"),
        ({"SIGNPOST_CONTENT_REMOTE": "--upload-pack=id"}, "SIGNPOST_CONTENT_REMOTE"),
        ({"SIGNPOST_CONTENT_REMOTE": "-oProxyCommand=id@host:path"}, "SIGNPOST_CONTENT_REMOTE"),
        ({"SIGNPOST_CONTENT_REMOTE": "ssh://-oProxyCommand=id/path"}, "SIGNPOST_CONTENT_REMOTE"),
        ({"SIGNPOST_CONTENT_REMOTE": "content.git"}, "SIGNPOST_CONTENT_REMOTE"),
        ({"SIGNPOST_CONTENT_REMOTE": REMOTE, "SIGNPOST_CONTENT_BRANCH": "--all"}, "SIGNPOST_CONTENT_BRANCH"),
        ({"SIGNPOST_CONTENT_REMOTE": REMOTE, "SIGNPOST_CONTENT_BRANCH": "a..b"}, "SIGNPOST_CONTENT_BRANCH"),
        ({"SIGNPOST_CONTENT_REMOTE": REMOTE, "SIGNPOST_CONTENT_BRANCH": "a:b"}, "SIGNPOST_CONTENT_BRANCH"),
        ({"SIGNPOST_CONTENT_REMOTE": REMOTE, "SIGNPOST_CONTENT_FOLDER": "../etc"}, "SIGNPOST_CONTENT_FOLDER"),
        ({"SIGNPOST_CONTENT_REMOTE": REMOTE, "SIGNPOST_CONTENT_FOLDER": ".git"}, "SIGNPOST_CONTENT_FOLDER"),
        ({"SIGNPOST_CONTENT_REMOTE": REMOTE, "SIGNPOST_SYNC_SECONDS": "soon"}, "SIGNPOST_SYNC_SECONDS"),
        ({"SIGNPOST_CONTENT_REMOTE": REMOTE, "SIGNPOST_HOOK_SECRET": "short"}, "SIGNPOST_HOOK_SECRET"),
        ({"SIGNPOST_HOOK_SECRET": "x" * 30}, "SIGNPOST_HOOK_SECRET"),
    ],
)
def test_what_is_wrong_is_named(more: dict[str, str], named: str):
    with pytest.raises(SettingsError) as fault:
        config.load({**BASE, **more})
    assert named in str(fault.value)
    assert str(fault.value).endswith(".")


@pytest.mark.parametrize(
    ("said", "folder"), [("", None), (".", ""), ("./", ""), ("/site/content/", "site/content"), ("./docs", "docs")]
)
def test_the_folder_that_holds_the_content(said: str, folder: str | None):
    remote = config.content_remote({"SIGNPOST_CONTENT_REMOTE": REMOTE, "SIGNPOST_CONTENT_FOLDER": said})
    assert remote
    assert remote.folder == folder
