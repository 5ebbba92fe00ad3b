"""Which passwords people may choose, and how they are kept."""

import random

import pytest
from argon2 import PasswordHasher
from flask import Flask

from tests.accounts.conftest import PASSWORD, Browser, email_of
from webapp.accounts import passwords
from webapp.db.engine import db
from webapp.people.models import User

OWN = ("Priya Shah", "priya.shah@example.org", "Signpost", "Sample content, Manchester neighbourhoods")
COMMON = [
    "password1234",
    "Password2026!",
    "P@ssw0rd2026",
    "P@55w0rd!!!!",
    "passwordpassword",
    "123456789012",
    "qwertyuiop12",
    "qwertyuiop[]",
    "1qaz2wsx3edc",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "letmeinplease",
    "adultsocialcare1",
    "socialworker99",
    "welcome12345",
    "iloveyou1234",
    "abcdefghijkl",
    "liverpool1892",
    "correcthorsebatterystaple",
    "Summer2026!!",
    "september2026",
    "monkeydragon1",
    "dontforget123",
    "1234567890ab",
    "admin1234567",
    "!!!!!!!!!!!!",
    "changeme1234",
    "passw0rdpassw0rd",
    "qwerty123456",
    "zxcvbnm12345",
    "111122223333",
    "trustno1trustno1",
    "p4ssw0rd2026",
    "1q2w3e4r5t6y",
    "000000000000",
    "987654321098",
    "asdfghjkl123",
]
OWN_WORDS = ["signpost2026!", "signpostsignpost", "Manchester2026", "priyashah2026", "PriyaShah!!!!", "manchesterpriya"]
FINE = [
    "purple kettle walks north",
    "walking in the rain on tuesdays",
    "x7Kp9!vLq2Zr",
    "9x!4?Z2#7-8+K3",
    "żółta łódka pływa",
    "ہم سب ساتھ چلتے ہیں",
    "garden-shed-otter-42",
    "correct kettle battery moss",
    "alllowercaselettersbutlong",
]


@pytest.mark.parametrize("password", COMMON)
def test_common_passwords_are_refused(password: str) -> None:
    assert passwords.faults(password)


@pytest.mark.parametrize("password", OWN_WORDS)
def test_the_persons_and_the_sites_own_words_are_refused(password: str) -> None:
    assert passwords.faults(password, OWN)


@pytest.mark.parametrize("password", FINE)
def test_good_ones_of_any_kind_are_accepted(password: str) -> None:
    assert passwords.faults(password, OWN) == []


def test_twelve_to_a_hundred_and_twenty_eight_characters() -> None:
    long = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=200))
    assert passwords.faults("otter bicyc")[0].startswith("Use 12 characters or more")
    assert passwords.faults("otter bicycl") == []
    assert passwords.faults(long[:64]) == passwords.faults(long[:128]) == []
    assert passwords.faults(long[:129]) == ["Use 128 characters or fewer"]


def test_a_long_password_is_judged_quickly_whatever_is_in_it() -> None:
    for hostile in ("password" * 16, "ab" * 64, "1q" * 64, "a" * 127 + "b", "\u202e" * 128, "0" * 64 + "o" * 64):
        passwords.faults(hostile, OWN)


def test_the_same_letters_from_another_keyboard_are_the_same_password() -> None:
    assert passwords.matches(passwords.hashed("cafe\u0301 lantern moss"), "caf\u00e9 lantern moss")


def test_nothing_matches_where_nothing_is_kept() -> None:
    assert not passwords.matches("", "")
    assert not passwords.matches("", "nobody has this password")
    assert not passwords.matches("not a hash", "x")


def test_an_old_hash_is_made_again_when_its_person_signs_in(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    Browser(site).sign_in("practitioner")
    with site.app_context():
        kept = db.session.query(User).filter_by(email=email_of("practitioner")).one().password_hash
    assert "m=16,t=2,p=1" in kept
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, PASSWORD)


def test_to_try_a_password_costs_what_owasp_asks_for_and_leaves_no_memory_behind() -> None:
    assert {1: 47_104, 2: 19_456, 3: 12_288}[min(passwords.PASSES, 3)] <= passwords.MEMORY
    assert passwords.MEMORY > 32 * 1024, "less would stay with each thread: see docs/decisions/sign-ins.md"


def test_the_account_page_tells_all_that_is_wrong(site: Flask) -> None:
    one = Browser(site)
    one.sign_in("practitioner")
    page = one.post("/account/password", {"password": PASSWORD, "new_password": "amina2026"}, 422).text
    assert "Use 12 characters or more" in page
    page = one.post("/account/password", {"password": PASSWORD, "new_password": "aminayusuf2026"}, 422).text
    assert "Choose something harder to guess" in page
