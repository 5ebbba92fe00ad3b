"""Surnames that are seldom ordinary words. With a first name or an initial before them, they name somebody."""

from webapp.pii.word_list import listed

SURNAMES = listed(
    """
    abbott abdi abdullah abdullahi abebe abubakar adams addo adebayo adeleke adeyemi afolabi afzal agarwal
    agyeman ahmadi ahmed ahmad akhtar akintola akram alam alexander ali allen amin amponsah anderson andrews
    andrzejewski anwar appiah arif armstrong arnold arshad asante ashworth aslam atkinson ayodele aziz babatunde
    badger bajwa banerjee banks baptiste barlow barnes barrett bartlett bashir bates baxter begum bello bennett
    bentley bhatt bhatti bibi birtwistle boateng booth bowen bradshaw brennan brierley brooks brown browne
    bryant burke butler byrne cameron campbell carpenter carroll carter chadwick chan chapman chatterjee
    chaudhry chaudhary chen cheng cheung chopra choudhury chowdhury chukwu clark clarke coleman collins connolly
    connor conway cooper cox crompton cunningham dang daniels das dasgupta davidson davies davis dawson deane
    delaney dembele desai dhillon diallo dias dixon dlamini dobson doherty donnelly douglas doyle dube duffy
    dziedzic ebanks edwards egan ellis eze evans fairhurst farah farooq farrell farrow fashola fernandes
    fernandez fielding finch finnegan fitzgerald fletcher flynn foley forbes foster fraser friedman gallagher
    garcia gardner gebre ghosh gibbs gibson gill goldberg goldstein gomez gonzalez goodwin gordon graham
    greenhalgh greenwood gregory griffin griffiths grimshaw gunaratne gupta gurung guzman habib haider haile
    hall hamid hamilton hampson hanif haque hardman hargreaves harris harrison hartley harvey hashmi hassan
    hayes healy heaton henderson henry herbert hernandez heywood hibbert higgins hindle hirst ho hobbs hodgson
    hoffman holden holland holmes holt hopkins horrocks houghton howard howarth howe hudson hughes hurst hussain
    hussein huynh hyland ibrahim idowu ikram iqbal islam ismail iyer jackson jacobs jain jama jamal james
    jankowski janowski javed jenkins jennings jimenez johal johnson johnston jones jordan joshi joyce kaczmarek
    kamara kamau kamran kang kapoor karim kaminski kaur kavanagh kay keane kearney keita kelly kelsall kennedy
    kenny kenyon kerr kershaw khalid khalil khan khanna khatun khatoon kiely kirkham kovac kowalczyk kowalska
    kowalski kozlowski krawczyk kumar kwiatkowski kwarteng lam lambert lau lawal lawrence lawson lees leung levy
    lewandowski lewis li liu livesey lloyd lomax lopez lowe lucas lynch macdonald macintosh mackay mackenzie
    maclean mahmood mahmoud mahoney malik malhotra mann marsden marshall martin martinez mason mathews matthews
    mazur mbeki mcallister mcarthur mccabe mccann mccarthy mccormack mcdermott mcdonald mcdonnell mcgee mcgrath
    mcgregor mcguinness mcguire mcintyre mckay mckenna mckenzie mclaughlin mclean mcloughlin mcmahon mcnally
    mcnamara mehta mendes mensah miah michalski mistry mitchell moffat mohamed mohammed mohamud mohan molloy
    moloney moore moran moreno morgan morris morrison moss moyo mubarak mukherjee mulligan munro murphy murray
    musa mustafa mutasa naik nair nasir naylor ncube ndlovu nelson nguyen nichols nicholson nkosi nolan norris
    nowak nowakowski nunes nuttall nwosu obi obrien ochieng oconnor odonnell odriscoll ogden ogunleye oj oji ojo
    okafor okeke okeefe okonkwo okoro okoye oladipo olaleye oliveira oneill onyango oreilly ormerod osborne osei
    osman ossai osullivan othman otoole owen owens owusu oyelaran palmer parekh parkinson parsons parveen patel
    paterson pearson pereira perera perez petrov petrova pham phelan phillips pickering pillai pilkington
    popescu powell prasad prescott preston price pritchard pugh qadir qasim quinlan quinn quraishi qureshi
    rafferty rafiq rahman raja ramos ramsay ramsbottom rana rao rashid rasheed raza reddy rehman reid reilly
    reyes reynolds richards richardson riley roberts robertson robinson rodrigues rodriguez rogers rosenberg
    rosen ross rothwell rowland roy russell rutherford ryan sadiq saeed said saleem saleh salim sanchez sanders
    sanderson santos sarkar saunders savage schofield scott seddon sesay shah shaikh sharif sharma sharples shaw
    sheikh shepherd sheridan siddiqui silva sikorski simmons simpson sinclair singh sinha slater smith smyth
    sokolowski soto spencer stephens stephenson stevens stevenson stewart stuart suleiman sultana sutcliffe
    sutherland swift szymanski tadesse tahir tanaka tang tattersall taylor tesfaye thakur thapa thomas thomason
    thompson thomson thornley tierney timms tobin toure tran traore tsang turner tyldesley uddin usman vaughan
    verma virk wahid walker wallace walsh walton wang warburton ward waring warsame waters watkins watson watts
    webb webster weinberg weiss welsh west whalley wheeler whitaker whitehead whittaker whitworth wilkinson
    williams williamson willis wilson winstanley wisniewska wisniewski wojcik wojciechowski wong woodward
    worrall wright wrobel wu xu yamamoto yang yeboah yeung yilmaz yip younis yousaf yusuf zaman zhang zhao zheng
    zhou zielinski zulu
    samuels wilkes prudhoe ferguson daly entwistle wolstenholme cunliffe yates bardsley buckley butterworth clegg
    mirza ofori nkrumah camara bangura rossi sidebotham winterbottom daley grizzle blackwood arkwright bagshaw
    birtles bradshaw brierley broadbent brocklehurst butterfield cartledge critchley dawber duckworth eckersley
    fairclough featherstone gaskill gleave goodier grundy halliwell hampson hartley hesketh higginbottom hindley
    hodgkiss horrocks houghton isherwood jagger kenworthy leatherbarrow lockett maddocks mcandrew melling
    mottershead nettleton newsome ollerenshaw ormerod postlethwaite ramsden redfern riddell roebuck rushworth
    satterthwaite scholes shuttleworth sowerbutts stansfield stott threlfall tomlinson tunnicliffe turnbull walmsley
    wigglesworth wilcock woodhead wrigglesworth gbadamosi olatunji babatunde oyelaran nwosu obiora anyanwu mutasa
    chikwanha banda phiri tembo gebremedhin woldemariam haile jaziri benali haddad khoury nasser barzani ahmadi
    hosseini karimi rezaei stanikzai zadran popal kovacs nagy horvath novak svoboda petrov ivanov dimitrov kozlov
    shevchenko bondarenko papadopoulos ferreira oliveira pickup lightfoot white green wood king baker parker bell
    young miller gray knight barker fisher hunt black grant berry hardy cross dyson bailey
    """,
)

# A surname typed small is believed only where it can hardly be anything else.
ALSO_WORDS = listed(
    """
    badger banks barrett booth brooks brown burke butler carpenter carter clark cook cooper cox das dang
    fielding finch fletcher foster gardner gill graham hall hamilton hardman harvey hayes henry herbert hirst ho
    holland holt howe hurst islam jackson james jordan joyce kay kenny kerr lam lau lawrence lees lewis li lynch
    lowe lucas mann marshall martin mason mohan moore morgan moss musa nelson nichols oj obi palmer parkinson
    parsons patel price raja rana ramsay reid rosen ross roy ryan said savage scott shah shaw shepherd slater
    smith soto spencer stuart swift tang taylor thomas toure turner virk walker wang ward waring waters watts
    webb webster welsh west wheeler winstanley wright wu xu yang yip zulu preston heaton ogden heywood bentley
    pickup lightfoot white green wood king baker parker bell young miller gray knight barker fisher hunt black grant
    berry hardy cross dyson bailey featherstone houghton halliwell hindley hartley grundy
    haile turnbull butterfield woodhead banda nagy bradshaw jagger scholes melling redfern
    ashworth kent alexander gordon owen whalley crompton prescott walton marsden healy chadwick hulme bolton
    """,
) - {"patel", "shah", "lewis", "thomas", "smith", "taylor", "jackson", "henry", "ryan"}

BEGINNINGS = ("o'", "mc", "mac", "fitz", "d'")
ENDINGS = ("ski", "ska", "czyk", "wicz", "enko", "escu", "oglu", "yan", "jee", "kowski", "ovic", "opoulos")


def is_surname(word: str) -> bool:
    """Whether `word` (small letters) looks like a surname."""
    if word in SURNAMES or word.replace("'", "") in SURNAMES:
        return True
    if "-" in word:
        return all(is_surname(part) for part in word.split("-") if part)
    if word.startswith(BEGINNINGS) and len(word) > 5:
        return word not in NOT_SURNAMES
    return word.endswith(ENDINGS) and len(word) > 6 and word not in NOT_SURNAMES


NOT_SURNAMES = listed("macaroni machine machines mackerel macmillan macro macular mace o'clock mcdonald's")
