"""What words say that an address must stay secret, and what only sounds like it."""

import pytest

from webapp.library.confidential import records

PLACE = {"name": "House", "addresses": [{"address_1": "5 Sample Close", "postal_code": "M22 9ZD"}]}
LIBRARY = {"name": "Central Library", "addresses": [{"address_1": "St Peter's Square", "postal_code": "M22 9ZD"}]}


def why(place: dict[str, object] | None = None, **said: object) -> str:
    """Why the address of a service that says this is hidden; empty where it is not."""
    where = dict(place or PLACE)
    record = {"name": "Tea and talk", "description": "Tea and cake on Tuesdays.", "locations": [where], **said}
    return records.read(record).hides(where)


REFUGES = [
    "Two women's refuges in the north of the city.",
    "A refuge for families.",
    "Refuge spaces for LGBT+ people",
    "We run a safe house for victims of modern slavery.",
    "Safe-houses and outreach",
    "Safe accommodation and support for survivors",
    "Second stage accommodation",
    "Emergency accommodation for women fleeing domestic abuse. Ring any time.",
    "Homes for women who leave violence, for as long as they need them.",
    "Somewhere safe to stay for anyone escaping an abusive partner",
    "Temporary flats for men and children affected by domestic and sexual violence",
    "A hostel for girls at risk of forced marriage",
    "Rooms for women and their children leaving violent relationships",
    "A bed, a key and a place to live for women who have fled violence",
    "Self-contained flats for people who have been trafficked",
    "Women&rsquo;s ref<b>uge</b> for anyone who has lived with abuse",
    "Women's ref\u200buge",
    "A home for women\nwho have fled violence",
    "Women seeking refuge can ring any time.",
    "A wildlife garden and a women's refuge",
    "Safe, secure housing for male victims of domestic abuse",
    "Emergency accommodation. We work with anybody who has met domestic abuse.",
    "Residential project for women who have experienced abuse",
    "We house women who are running from violent partners.",
    "Women and children can live here safely, away from their abuser.",
    "Respite rooms for victims of domestic abuse who sleep rough",
    "Lloches i fenywod a phlant",
    "Llety diogel i oroeswyr cam-drin domestig",
]


@pytest.mark.parametrize("said", REFUGES)
def test_a_refuge_is_known_by_its_words(said: str) -> None:
    assert why(description=said)


@pytest.mark.parametrize("said", REFUGES[:4])
@pytest.mark.parametrize("field", ["name", "summary", "alternate_name", "alert", "application_process", "fees"])
def test_in_whichever_field_they_stand(field: str, said: str) -> None:
    assert why(**{field: said})


@pytest.mark.parametrize(
    "said",
    [
        "Our address is kept confidential.",
        "The address is withheld.",
        "Address: not disclosed",
        "Our address, 5 Sample Close, is confidential.",
        "The address isn't published for the safety of those who live there.",
        "We do not publish our address.",
        "We can't share where we are.",
        "Please never tell anyone where we are",
        "The location of the house must not be shared.",
        "The whereabouts of the house are never disclosed.",
        "For security reasons we give the full address once you have booked.",
        "The venue is given on booking.",
        "Address supplied upon referral.",
        "Address available on request",
        "An undisclosed location in the north of the city",
        "Ring us for the address.",
        "The address is not for publication.",
        "Our venue isn't advertised.",
        "Location: secret",
        "The location of our houses is kept secret.",
        "For the safety of our residents, our address is not available to the public.",
        "Details of the venue will be shared once you have registered.",
        "The address is only given to referring agencies.",
        "The address will be given to you when a space is confirmed.",
        "Only professionals are told where the house is.",
        "Due to the nature of our work we do not advertise our address.",
        "We keep our location private to protect the people who live here.",
        "Mae'r cyfeiriad yn gyfrinachol",
    ],
)
def test_a_statement_that_the_address_is_kept_back_is_obeyed_even_in_a_library(said: str) -> None:
    assert why(description=said)
    assert why(LIBRARY, description=said)


@pytest.mark.parametrize(
    "said",
    [
        "A wildlife refuge with a café. The refuge is open daily.",
        "Hedgehog refuge run by volunteers. Visit the refuge.",
        "A refuge for donkeys and ponies",
        "Refuse collection on Tuesdays",
        "We support refugees and asylum seekers with English classes.",
        "Community café. Everyone is welcome; we support refugees.",
        "People seeking refuge from war find friends here. Refugees welcome.",
        "A quiet refuge from the bustle of the city",
        "God is our refuge and strength. Services on Sunday.",
        "There are fire refuge points on each floor.",
        "Meet at the traffic refuge on Refuge Street.",
        "Free and confidential advice on debt",
        "A safe, confidential space to talk",
        "Your email address will be kept confidential.",
        "We never share your address with anybody.",
        "Names and addresses are confidential.",
        "We address loneliness in a confidential setting.",
        "The venue is not accessible on Mondays.",
        "The hall is available for hire on request.",
        "The venue has private parking.",
        "Bring proof of your address.",
        "The church is a place of refuge and prayer for all.",
        "We can signpost you to refuges, food banks and advice.",
        "Legal advice on family law, domestic abuse and divorce",
        "A safe haven for anyone who is cold or lonely",
        "Counselling for survivors of sexual violence",
        "Our venue is hidden away behind the church.",
        "Please do not display posters at the premises.",
        "For your safety, cameras are in use at our premises.",
        "Sheltered housing for older people",
        "A hostel for people recovering from alcohol abuse",
        "A care home for people with dementia. We protect residents from abuse.",
        "A 12 week course for women who want to know more about domestic abuse",
        "Advice on benefits, work, debt, housing, accommodation, domestic abuse and more",
        "Bus shelter murals painted by young people",
        "Cymorth i geiswyr lloches",
    ],
)
def test_what_only_sounds_like_it_is_not_hidden(said: str) -> None:
    assert why(description=said) == ""
    assert why(summary=said) == ""


@pytest.mark.parametrize(
    "name", ["Sample Refuge Charity", "Northtown Women's Refuges Ltd", "Safe House Trust", "Northtown Women's Aid"]
)
def test_an_organisation_is_known_by_its_name(name: str) -> None:
    assert why(organization={"name": name})
    assert why(organisation={"name": name})


def test_a_web_address_tells_whose_it_is_too() -> None:
    assert why(url="https://www.northtownrefuge.example/about")
    assert why(email="help@womensaid-north.example")
    assert not why(url="https://refugees-welcome.example")


def test_a_charity_for_women_that_meets_in_a_library_gives_nobody_away() -> None:
    coffee = {"name": "Coffee morning", "organization": {"name": "Women's Aid", "description": "We run refuges."}}
    assert why(**coffee)
    assert why(LIBRARY, **coffee) == ""


def test_also_where_only_its_words_say_that_it_meets_there() -> None:
    said = "Coffee in the Northtown library. Everybody is welcome."
    assert why(organization={"name": "Women's Aid"}, description=said) == ""


@pytest.mark.parametrize("name", ["Library Road", "The Old Library", "Church House", "5 School Lane"])
def test_a_house_named_after_a_public_building_is_none(name: str) -> None:
    assert why({"name": name}, organization={"name": "Northtown Women's Aid"})


def test_a_refuge_by_its_own_name_is_hidden_wherever_it_says_it_is() -> None:
    assert why(LIBRARY, name="Northtown women's refuge")


@pytest.mark.parametrize("name", ["Advice line", "Café", "Library tour"])
def test_a_service_that_points_to_refuges_from_a_public_building_is_not_hidden(name: str) -> None:
    assert why(LIBRARY, name=name, description="We can refer you to a refuge or a food bank.") == ""


def test_a_report_says_what_was_seen_and_where_and_never_the_address() -> None:
    assert why(name="Two women's refuges") == "“refuges” in its name"
    assert why(description="Our address, 5 Sample Close, is confidential.") == (
        "it says that the address is kept back, in its description"
    )
