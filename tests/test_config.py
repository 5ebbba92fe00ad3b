"""A missing or wrong setting stops the start with one sentence that names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.config import settings as config
from webapp.config.settings import ROOT, SettingsError

KEY = "k" * 32
LIVE = {"SIGNPOST_SECRET_KEY": KEY, "SIGNPOST_TRUSTED_HOSTS": "signpost.council.example"}
DEMO = {"SIGNPOST_DEMO": "1", "SIGNPOST_SECRET_KEY": KEY}


def test_a_live_site_needs_a_key_and_its_names():
    settings = config.load(LIVE)
    assert settings.https
    assert not settings.demo
    assert not settings.watch_content
    assert settings.trusted_hosts == ("signpost.council.example",)


def test_the_demonstration_needs_nothing_and_answers_to_this_machine_alone():
    settings = config.load(DEMO)
    assert settings.demo
    assert not settings.https
    assert set(settings.trusted_hosts) == {"127.0.0.1", "localhost", "[::1]"}


def test_the_key_of_a_demonstration_stays_the_same_and_is_its_owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(config, "ROOT", tmp_path)
    demo = {"SIGNPOST_DEMO": "1", "SIGNPOST_CONTENT_DIR": str(ROOT / "content")}
    first = config.load(demo).secret_key
    assert len(first) >= 32
    assert config.load(demo).secret_key == first
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept.stat().st_mode & 0o077 == 0


OIDC = {
    "SIGNPOST_BASE_URL": "https://signpost.council.example",
    "SIGNPOST_OIDC_ISSUER": "https://id.example",
    "SIGNPOST_OIDC_CLIENT_ID": "signpost",
    "SIGNPOST_OIDC_CLIENT_SECRET": "secret",
}


def test_groups_with_commas_and_equals_signs_give_roles_and_whoever_is_in_none_stays_out():
    named = {"SIGNPOST_OIDC_ROLES": "CN=Editors,OU=Care=editor; Boss=admin;"}
    provider = config.load(LIVE | OIDC | named).single_sign_on
    assert provider
    assert provider.roles == (("CN=Editors,OU=Care", "editor"), ("Boss", "admin"))
    assert provider.default_role == ""
    assert "secret" not in repr(provider)
    assert config.load(LIVE | OIDC).single_sign_on.default_role == "practitioner"


WRONG = [
    ({"SIGNPOST_SECRET_KEY": ""}, "SIGNPOST_SECRET_KEY is missing"),
    ({"SIGNPOST_SECRET_KEY": "short"}, "SIGNPOST_SECRET_KEY is too short"),
    ({"SIGNPOST_TRUSTED_HOSTS": " , "}, "SIGNPOST_TRUSTED_HOSTS is missing"),
    ({"SIGNPOST_DEMO": "maybe"}, "SIGNPOST_DEMO is 'maybe'"),
    ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
    ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL"),
    ({"SIGNPOST_CONTENT_DIR": "/nowhere/at/all"}, "SIGNPOST_CONTENT_DIR"),
    ({"SIGNPOST_CONTENT_DIR": str(ROOT / "README.md")}, "SIGNPOST_CONTENT_DIR"),
    ({"SIGNPOST_PROXIES": "one"}, "SIGNPOST_PROXIES is 'one'"),
    ({"SIGNPOST_PROXIES": "-1"}, "SIGNPOST_PROXIES is '-1'"),
    ({"SIGNPOST_IDLE_MINUTES": "0"}, "SIGNPOST_IDLE_MINUTES is '0'"),
    ({"SIGNPOST_SESSION_MINUTES": "1.5"}, "SIGNPOST_SESSION_MINUTES"),
    ({"SIGNPOST_OIDC_CLIENT_ID": "x"}, "SIGNPOST_OIDC_CLIENT_ID is set, but SIGNPOST_OIDC_ISSUER"),
    ({"SIGNPOST_OIDC_ONLY": "1"}, "SIGNPOST_OIDC_ONLY is set, but SIGNPOST_OIDC_ISSUER"),
    ({"SIGNPOST_OIDC_ISSUER": "https://id.example"}, "SIGNPOST_BASE_URL is missing"),
    (OIDC | {"SIGNPOST_OIDC_ISSUER": "http://id.example"}, "SIGNPOST_OIDC_ISSUER"),
    (OIDC | {"SIGNPOST_OIDC_CLIENT_SECRET": " "}, "SIGNPOST_OIDC_CLIENT_SECRET is missing"),
    (OIDC | {"SIGNPOST_OIDC_ROLES": "Staff=boss"}, "SIGNPOST_OIDC_ROLES has 'boss'"),
    (OIDC | {"SIGNPOST_OIDC_TEAMS": "Gorton"}, "SIGNPOST_OIDC_TEAMS has 'Gorton'"),
    (OIDC | {"SIGNPOST_OIDC_DEFAULT_ROLE": "none"}, "SIGNPOST_OIDC_DEFAULT_ROLE is none"),
    (OIDC | {"SIGNPOST_OIDC_EMAIL_DOMAINS": "@council.example"}, "SIGNPOST_OIDC_EMAIL_DOMAINS"),
    (OIDC | {"SIGNPOST_OIDC_TENANTS": "council.example"}, "SIGNPOST_OIDC_TENANTS"),
    (OIDC | {"SIGNPOST_OIDC_SCOPES": "email"}, "SIGNPOST_OIDC_SCOPES"),
    (
        {"SIGNPOST_BREACHED_PASSWORDS": "/nowhere.txt"},
        "SIGNPOST_BREACHED_PASSWORDS names /nowhere.txt, which is no file",
    ),
    ({"SIGNPOST_BREACHED_PASSWORDS": __file__}, f"SIGNPOST_BREACHED_PASSWORDS names {__file__}, which does not"),
    (OIDC | {"SIGNPOST_OIDC_STRENGTH": "mfa"}, "SIGNPOST_OIDC_STRENGTH"),
    (OIDC | {"SIGNPOST_OIDC_STRENGTH": "amr= ,"}, "SIGNPOST_OIDC_STRENGTH"),
    ({"SIGNPOST_FEED_NETWORKS": "10.0.0.0/8, next door"}, "SIGNPOST_FEED_NETWORKS"),
    ({"SIGNPOST_PUSH_PROPOSALS": "1"}, "SIGNPOST_PUSH_PROPOSALS"),
    ({"SIGNPOST_EDITS": "yes"}, "SIGNPOST_EDITS is 'yes'"),
    ({"SIGNPOST_EDITS": "main"}, "SIGNPOST_EDITS is 'main'"),
    ({"SIGNPOST_EDIT_URL": "https://git.example/edit"}, "SIGNPOST_EDIT_URL"),
    ({"SIGNPOST_EDIT_URL": "javascript:{path}"}, "SIGNPOST_EDIT_URL"),
    ({"SIGNPOST_EDIT_URL": "https://[{path}"}, "SIGNPOST_EDIT_URL"),
    ({"SIGNPOST_MAP_TILES": "tiles.example/{z}"}, "SIGNPOST_MAP_TILES"),
    ({"SIGNPOST_MAP_TILES": "https://[x/{z}"}, "SIGNPOST_MAP_TILES"),
    ({"SIGNPOST_MAP_TILES": "https://[x.pmtiles"}, "SIGNPOST_MAP_TILES"),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=lambda value: str(value)[:60])
def test_what_is_wrong_is_said_in_one_sentence_that_names_it(change: dict[str, str], said: str):
    with pytest.raises(SettingsError) as refused:
        config.load(LIVE | change)
    sentence = str(refused.value)
    assert sentence.startswith(said.split()[0])
    assert said in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence.split()) <= 25


@pytest.mark.parametrize("old", ["postgres://u:p@h/d", "postgresql://u:p@h/d"])
def test_the_addresses_that_hosts_hand_out_are_taken(old: str):
    assert config.load(LIVE | {"DATABASE_URL": old}).database_url == "postgresql+psycopg://u:p@h/d"


def test_a_key_is_not_in_any_sentence():
    secret = "not to be told"
    with pytest.raises(SettingsError) as refused:
        config.load(LIVE | {"SIGNPOST_SECRET_KEY": secret})
    assert secret not in str(refused.value)


NAMES = sorted({"SIGNPOST_DEMO", "SIGNPOST_PROXIES", "SIGNPOST_EDIT_URL", "SIGNPOST_MAP_TILES", "SIGNPOST_BASE_URL",
                "SIGNPOST_SMTP_URL", "SIGNPOST_CONTENT_REMOTE", "DATABASE_URL", "SIGNPOST_IDLE_MINUTES"})  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(NAMES), st.text(st.characters(exclude_characters="\0"), max_size=40), max_size=4)
)
def test_no_value_does_anything_but_serve_or_be_refused_in_words(env: dict[str, str]):
    try:
        config.load(LIVE | env)
    except SettingsError as refused:
        told = str(refused)
        assert told.split()[0].isupper()


def start(**env: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SIGNPOST_", "DATABASE_URL"))}
    return subprocess.run(
        [sys.executable, "-c", "from webapp.app import create_app; create_app()"],
        cwd=ROOT, env={**kept, **env}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_the_program_stops_with_that_sentence_and_nothing_else():
    stopped = start()
    assert stopped.returncode == 1
    assert stopped.stderr.strip() == str(_refusal({}))


def _refusal(env: dict[str, str]) -> SettingsError:
    with pytest.raises(SettingsError) as refused:
        config.load(env)
    return refused.value
