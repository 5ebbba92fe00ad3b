"""The words round a name: what makes it likely, and what says that it is not somebody after all."""

from webapp.pii.word_list import listed

RELATIONS = listed(
    """
    son daughter husband wife partner mum mam mom mother dad father sister brother aunt aunty auntie uncle
    nephew niece cousin grandson granddaughter grandad granddad grandfather grandmother grandma gran nan nana
    nanna grandpa stepson stepdaughter stepdad stepmum stepfather stepmother boyfriend girlfriend fiance fiancé
    fiancée ex widow widower twin spouse child baby kid boy girl lad lass daughter-in-law son-in-law
    mother-in-law father-in-law sister-in-law brother-in-law godson goddaughter godmother sibling grandchild
    great-grandson foster-son hubby missus
    """,
)
PEOPLE = RELATIONS | listed(
    """
    neighbour neighbor friend carer caregiver client citizen resident patient tenant customer gentleman gent
    lady man woman chap bloke guy fella person somebody someone user pensioner widow student volunteer colleague
    worker nurse doctor landlord landlady advocate assessor manager befriender housemate flatmate roommate mate
    keyworker cleaner pa dog-walker youth teenager service-user individual member referrer practitioner warden
    caretaker physio driver adult elder
    """,
)
THINGS = listed(
    """
    group club cafe café service app programme program project scheme course charity shop centre center place
    house home session sessions day tool toolkit form team company organisation organization band choir dog cat
    pet device system website page site app game book film song show event festival campaign church mosque pub
    hub class classes workshop model theory approach framework document report guide leaflet newsletter magazine
    channel podcast video training street road park village town area estate building ward unit library hall
    something it thing that what which network forum meeting drop-in lunch breakfast initiative pilot prototype
    product condition syndrome illness disease medicine medication tablet tablets drug language dish food bus
    tram line provider agency hospice hospital surgery clinic school college university pantry larder shed
    allotment garden walk run league partnership alliance collective trust fund exercise exercises therapy dance
    art activity technique method scale law act rule policy process role post fish bird parrot budgie horse
    rabbit hamster robot speaker assistant outfit gang movement cooperative co-op
    """,
)
# A relation or a person says "my Denise"; so do these, with somebody after them.
SPEECH = listed(
    """
    met rang phoned called telephoned visited saw seen texted emailed e-mailed messaged asked helped supported
    told thanked introduced assessed reviewed interviewed contacted ring phone text email contact ask tell thank
    meet see visit helping supporting visiting seeing meeting calling ringing knows knew know know remember
    invited invite collect collected drove accompanied matched allocated encouraged taught reminded take took
    taking bring brought discharged discharging escorted transferred weighed bathed washed dressed hoisted fed
    diagnosed prescribed rehoused evicted sectioned signposted referred refer reassessed shadowed chased
    """,
)
SPEECH_WITH = listed(
    """
    spoke spoken speak speaking talked talking talk chatted chatting listened met meeting introduced
    """,
)
TO_WITH = listed("to with")
BEFORE_SMALL = listed(
    """
    for with to from about by and or see help like ask tell met when where while because if so that then says
    said as
    """,
)
# What people do, and groups, months and bills do not.
DOES = listed(
    """
    lives lived says said told tells loves loved likes liked wants wanted asked asks moved walks walked
    struggles struggled feels felt enjoys enjoyed hates hated misses missed lost thinks thought knows knew
    remembers forgot forgets sleeps slept eats ate cries cried fell falls worries worried died refuses refused
    declined prefers preferred hopes wishes misses uses used wears wore drinks smokes smoked hears sees cooks
    cooked speaks spoke talks talked explained mentioned rang phoned texted agreed agrees replied became got
    gets went goes wakes woke retired married attends attended visits visited sits sat stays stayed keeps kept
    needs needed cares cared had has is was can can't cannot couldn't could would didn't doesn't won't isn't
    wasn't hasn't hadn't wouldn't never always just really came comes paints knits gardens sings
    finds found takes took tries tried makes made gives gave copes
    manages suffers relies owes plays reads writes works worked still also hasn't
    """,
)
# The surest of them: nothing but somebody lives alone, says, or walks with a stick.
SURELY_DOES = listed(
    """
    lives lived says said told tells loves loved likes liked wants wanted asked moved struggles feels felt
    enjoys enjoyed hates misses lost thinks thought remembers forgets sleeps cries cried fell worries died
    refuses refused declined prefers cooks cooked explained mentioned rang phoned texted agreed replied married
    walks walked uses goes went attends attended visits can't couldn't doesn't didn't hasn't isn't wears smokes
    drinks stays
    """,
)
HAS = listed(
    """
    flat house home bungalow room bedroom kitchen bathroom garden door doorstep carer carers care package plan
    needs assessment review family gp doctor medication tablets meds bed chair wheelchair hip knee legs leg
    hands eyes hearing health mobility tenancy benefits pension keysafe key dog cat birthday money bank case
    file record story strengths confidence wishes words life memory dementia diagnosis stroke fall falls pendant
    walker frame stick scooter shopping washing meals budget outcomes goals goal feedback view views experience
    situation social worker pa ot mental physical own love voice face neighbour neighbours friend friends sight
    loss anxiety depression bad good weekly daily direct personal support visit visits
    """,
)
POSSESSED = RELATIONS | HAS

# Capitals that no rule for unknown names may take for one.
NOT_NAMES = listed(
    """
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
    saturdays sundays january february march april may june july august september october november december
    spring summer autumn winter christmas easter eid diwali ramadan hanukkah vaisakhi holi lent advent pesach
    purim passover pentecost navratri nowruz halloween kwanzaa caribbean british english scottish welsh irish
    polish romanian somali pakistani indian bangladeshi chinese african jamaican nigerian ghanaian eritrean
    ethiopian sudanese iranian iraqi kurdish arabic arab turkish spanish french german italian portuguese
    ukrainian russian urdu punjabi gujarati bengali hindi sylheti tamil farsi persian pashto dari mandarin
    cantonese hakka vietnamese yoruba igbo hausa twi swahili amharic tigrinya lingala makaton bsl braille
    yiddish hebrew latin muslim christian jewish hindu sikh buddhist catholic anglican methodist quaker pagan
    baptist pentecostal orthodox rastafarian european asian american australian windrush traveller roma deaf
    blind autistic i he she they we you it who what when where why how this that these those there here the a an
    and or but if so as at by for from in into of off on onto out over to under up with without about after
    again all also although always am any anyone anything are around be because been before being below both can
    could did do does during each either else even every everyone everybody everything few first had has have
    having her hers him his however its just last least less let like many me might mine more most much must my
    neither never new next no nobody none nor not nothing now once one only other others our ours own people
    perhaps person please quite rather same several shall should since some somebody someone something sometimes
    soon still such than thank thanks their theirs them then though three through today tomorrow tonight too two
    until us very was were which while whoever whom whose will would yes yesterday yet your yours mum mam dad
    mother father nan nana gran grandad grandma granddad auntie aunty aunt uncle son daughter husband wife
    sister brother partner family carer carers client clients citizen citizens neighbour neighbours friend
    friends man woman men women lady ladies gentleman gentlemen resident residents patient patients tenant
    tenants member members staff worker workers social care support team teams service services adult adults
    children child god allah jesus lord sir nhs gp ot pa sw cqc mca dols la mlco bobl cop tec ai tv uk eu covid
    zoom whatsapp facebook google microsoft teams excel youtube alexa siri echo ring uber tesco asda aldi lidl
    morrisons sainsbury's boots argos ikea greggs b&m costa starbucks housing council careline hospital
    safeguarding reablement police ambulance pharmacy duty access home homes day community national local north
    south east west central city royal public health mental capacity act section part ward unit age dr mr mrs ms
    miss prof rev english maths british gap learning log spotlight toolkit directory reference nobody's client's
    citizen's person's someone's everyone's today's tomorrow's year's week's month's people's children's women's
    men's mother's father's another one's carer's england scotland wales ireland britain manchester london
    europe africa asia america pakistan india bangladesh jamaica poland romania somalia china nigeria ghana iran
    iraq syria ukraine
    """,
)
ACRONYMS = listed(
    """
    A I OT SW GP PA LA UK EU US TV IT HR AI DP LD MH MS MP VR PC CV ED AE BP CO OK ID QR ML AD PD RA NI PR PE RE
    DJ CD DVD AM PM NW SW SE NE AA NA CP TA TC DN CM HB PT DR QA EV AC DC HQ OH OD LP PO RN SN SI UC ESA PIP DLA
    HMO UTI COPD AMHP BIA IMCA IMHA DST CHC MDT TEC COP CQC NHS NICE SEND EHCP ADHD ASD ASC LGBT BSL CAB DWP DIY
    FAQ GDPR INT PCN ICB VCSE MLCO BOBL RSPB WI YMCA ABCD SMART SBP DHSC SCIE ADASS LGA CIC KPI OK RNIB RNID
    MIND DBS ILS OTA SALT SLT CPN EMI EOL LPA POA DNR GCSE MBE OBE BBC ITV PDF USB SIM SMS GPS AED ICU HDU EPR
    TBC TBA FYI NB PS RE CC ETA B&B FAO C/O R&R TIA CVA MSA ALS MND HIV TB BMI BAME GMP TfGM GMCA MFT MCC ARMA
    BEM ADL TLC LAC YOT YP SU SUs QC KC BA MA BSC MSC SHO AFC GMC
    """,
)
