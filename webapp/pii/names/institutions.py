"""Names that are nobody in particular: houses, charities, ideas, and people whom everybody knows."""

from webapp.pii.word_list import listed

# Capitals that end an institution's name: "Mary Seacole House", "Andy's Man Club".
INSTITUTION = listed(
    """
    chambers house houses centre center club clubs group groups society trust park road street hospice hospital church
    chapel mosque temple gurdwara synagogue school schools college academy university hall halls court lodge
    garden gardens library surgery practice clinic ward unit foundation charity association project projects
    service services team network forum partnership company ltd limited cafe café caff kitchen bakery pantry
    larder shop market day days week month festival fair award awards law act rule protocol training programme
    program model cycle theory hierarchy framework method approach scale index test tool toolkit score bank
    building buildings square avenue lane drive close crescent grove place way walk terrace bridge tower towers
    mill mills wood woods field fields farm green common meadow meadows station stop line arms inn pub hotel
    cottage cottages villas estate town city village north south east west choir band orchestra singers ladies
    women men friends nursery pharmacy chemist homes home care support housing community neighbourhood baths
    leisure arena stadium theatre gallery museum cathedral crew collective circle table room rooms space hub
    shed sheds allotment allotments fund report review inquiry commission institute gang palace zoo street's
    tearoom tearooms tea-room coffee tea breakfast lunch bar bistro deli diner stores supermarket bingo centre's
    press books award lecture scholarship prize college's convent priory abbey infirmary retirement extra
    sheltered court's campus suite wing corner gate cross heath island islands valley hill hills river canal
    lake beach pride carnival parade mela run challenge appeal helpline app line radio tv fm news aid uk
    international stars rangers rovers united athletic fc cc rufc players dancers drummers ramblers walkers
    knitters strollers gardeners scouts guides brownies rainbows cubs pavilion studio studios workshop workshops
    works depot yard docks wharf quay quays lido pool gym sports sport fitness yoga dance drama art arts music
    film cinema reading book writers poetry history heritage archive games rides riders cyclists cycles
    transport travel taxis cars garage motors plumbing opticians dental dentist law's solicitors advocacy advice
    bureau union mission ministry ministries fellowship parish diocese congregation bread nurses nurse nursing
    technique therapy syndrome disease palsy test's sign day's eve night memorial cenotaph statue
    """,
)
THEORY = listed(
    """
    cycle theory theories model hierarchy framework ladder taxonomy law rule protocol triangle typology
    """,
)
# People known to everybody, whose names stand for an idea or a charity.
PUBLIC = frozenset(
    tuple(name.split())
    for name in [
        "abraham moss",
        "jasmine tea",
        "jasmine rice",
        "carol singing",
        "carol singers",
        "carol concert",
        "carol service",
        "\n    carl rogers",
        " abraham maslow",
        " david kolb",
        " lev vygotsky",
        " dennis saleebey",
        " albert bandura",
        " paulo freire",
        " donald\n    schön",
        " john bowlby",
        " mary ainsworth",
        " erik erikson",
        " jean piaget",
        " john dewey",
        " gerard egan",
        " martin seligman",
        " tom\n    kitwood",
        " kurt lewin",
        " erving goffman",
        " felix biestek",
        " stephen brookfield",
        " david boud",
        " jack mezirow",
        " jean lave",
        "\n    etienne wenger",
        " eileen munro",
        " insoo kim",
        " john mcknight",
        " jody kretzmann",
        " cormac russell",
        " wolf wolfensberger",
        "\n    helen sanderson",
        " tom shakespeare",
        " peter beresford",
        " hilary cottam",
        " joseph rowntree",
        " seebohm rowntree",
        " william\n    beveridge",
        " charles rapp",
        " richard goscha",
        " ann weick",
        " nigel parton",
        " harry ferguson",
        " brid featherstone",
        " lord\n    laming",
        " alex ruck",
        " lady hale",
        " brenda hale",
        " florence nightingale",
        " marie curie",
        " mary seacole",
        " martin luther",
        "\n    emmeline pankhurst",
        " alan turing",
        " marcus rashford",
        " sue ryder",
        " leonard cheshire",
        " jo cox",
        " john lewis",
        " jack\n    wills",
        " nelson mandela",
        " helen keller",
        " louis braille",
        " william morris",
        " oliver mcgowan",
        " stephen lawrence",
        " robert\n    putnam",
        " michael marmot",
        " atul gawande",
        " brené brown",
        " daniel kahneman",
        " edgar cahn",
        " elinor ostrom",
        " john rawls",
        "\n    amartya sen",
        " martha nussbaum",
        " victor frankl",
        " viktor frankl",
        " carol dweck",
        " peter senge",
        " donald winnicott",
        "\n    melanie klein",
        " sigmund freud",
        " carl jung",
        " ivan pavlov",
        " aaron beck",
        " john kotter",
        " edgar schein",
        " jane jacobs",
        "\n    octavia hill",
        " jane addams",
        " eglantyne jebb",
        " thomas barnardo",
        " elizabeth gaskell",
        " karl marx",
        " friedrich engels",
        "\n    bob marley",
        " john lennon",
        " paul mccartney",
        " elvis presley",
        " vera lynn",
        " cliff richard",
        " charles dickens",
        " jane\n    austen",
        " william shakespeare",
        " george orwell",
        " agatha christie",
        " maya angelou",
        " zadie smith",
        " jamie oliver",
        " mary\n    berry",
        " joe wicks",
        " david attenborough",
        " rosa parks",
        " barack obama",
        " greta thunberg",
        " ella baker",
        " mother teresa",
        "\n    mahatma gandhi",
        " virgin mary",
        " harry potter",
        " winston churchill",
        " elsie inglis",
        " dorothy hodgkin",
        " edith cavell",
        "\n    ernest rutherford",
        " james watt",
        " john dalton",
        " charles rolls",
        " terry wogan",
        " captain tom",
        " mo farah",
        " jack daniels",
        "\n    laura ashley",
        " peter pan",
        " mickey mouse",
        " peppa pig",
        " postman pat",
        " thomas cook",
        " ronald mcdonald",
        " john ambulance",
        "\n    andy burnham",
        " tony blair",
        " margaret thatcher",
        " jack of",
        " jack russell",
        " tom dick",
        " union jack",
        " bloody mary",
        "\n    vincent de",
        " de paul",
        " brian clough",
        " martin lewis",
        " john soane",
        " ben jerry",
        " samuel beckett",
        " dylan thomas",
        " mary\n    poppins",
        " billy elliot",
        " grant thornton\n    ",
    ]
)
THEORISTS = listed(
    """
    kolb vygotsky maslow saleebey rogers bandura bronfenbrenner freire schön schon gibbs bowlby ainsworth
    erikson piaget dewey egan seligman antonovsky kitwood lewin goffman foucault biestek driscoll johns
    brookfield boud mezirow lave wenger munro turnell shazer kretzmann mcknight wolfensberger sanderson cottam
    rowntree beveridge kahneman rapp goscha weick laming marmot who barnardo banardo martens bach kershaw seuss
    bean hyde jekyll freud jung frankl dweck rashford right motivator whippy men tumble blobby kipling muscle
    tuckman belbin prochaska diclemente rolfe karpman johari arnstein winnicott mumford borton betari kretzmann's
    beresford duffy's oetker pepper beat strange bike sheen brown's potato doubtfire tiggywinkle beeton
    """,
)
# Before a first name, these make it a place, a saint or a monarch.
HOLY = listed(
    """
    st saint saints santa san royal queen king prince princess duke duchess lord sir dame pope emperor hms mt mount
    lake port fort storm hurricane cyclone operation
    """,
)
