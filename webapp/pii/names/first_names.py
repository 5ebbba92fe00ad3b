"""First names heard in British towns, in two lists. Written from general knowledge; a list is never complete.

`SURE` names are seldom anything else when they begin with a capital. `ALSO_WORDS` are words, months, places or
products as well, and count only where the sentence speaks of a person. Rules that need no list (`names`) find
many of the names that stand in neither.
"""

from webapp.pii.word_list import listed

SURE = listed(
    # British and Irish, older and younger
    """
    aaron abbie abby abigail ada adam adele adrian agnes aidan aileen ailsa aimee alan alana alasdair alastair
    albie alec alex alexander alf alfie alfred alice alicia alison alistair allan allison alun alys alyson
    amanda amelia amy andrea andrew andy angela angie angus anita ann anna annabel anne annette annie anthony
    antoinette antonia antony arabella archie arlene arnold arthur aubrey audrey avril barbara barney barry
    bartholomew beatrice becca becky belinda ben benedict benjamin bernadette bernard bernice bernie bertha
    beryl bess bessie beth bethany betsy bettie betty bev beverley billie billy blanche bob bobby brenda brendan
    brian bridget bridie bronagh bronwen bruce bryan bryony caitlin callum calum cameron carl carla carole
    caroline carolyn carys catherine cathy catriona cecil cecilia cedric celia ceri charles charlie charlotte
    cheryl chloe chris chrissie christina christine christopher ciara ciaran cindy claire clara clare clarice
    clarissa claude claudia clement clifford clive clodagh cody colette colin colleen connie connor conor cora
    coral corinne craig crispin cynthia cyril damian damien daniel danielle danny daphne darcy darren darryl
    dave david davina deanna deb debbie deborah debra declan deidre deirdre delia denis denise dennis derek
    dermot derrick desmond diana diane dianne dilys dinah dolores dominic donal donald donna donovan dora doreen
    dorothy dottie doug dougie douglas duncan dylan eamon eamonn eddie edgar edie edith edmund edna edward edwin
    eileen eilidh eilis elaine eleanor elena eli elijah elisabeth eliza elizabeth ellen ellie elliot elliott
    elsie elspeth emily emlyn emma enid enya eoin eric erica erin ernest ernie esme esther ethan ethel euan
    eugene eunice eva evan evelyn evie ewan felicity fergus finlay finn finola fiona fionnuala flo frances
    francesca francis frankie fraser fred freda freddie frederick freya gail gareth garry gary gavin gemma geoff
    geoffrey george georgie georgina gerald geraldine gerard gerry gethin gilbert gillian gina gladys glen
    glenda glenn glenys gloria glyn glynis godfrey gordon graeme graham grainne greg gregory greta gwen
    gwendoline gwyneth gwynneth hamish hannah harold harriet harry harvey hattie hayley hector heidi helen
    helena henrietta henry herbert hetty hilary hilda horace howard hubert hughie hugo humphrey ian ida imelda
    imogen ina ines ingrid iona irene irvine isaac isabel isabella isabelle isla isobel ivan ivor jackie jacob
    jacqueline jacqui jake james jamie jane janet janette janice janine jared jasmin jason jayden jayne jeanette
    jeannie jeff jeffrey jemima jemma jen jenna jennie jennifer jenny jeremy jermaine jerome jerry jess jessica
    jessie jill jillian jim jimmy joan joann joanna joanne jocelyn jodie joe joel john johnny jon jonathan jonny
    joseph josephine josh joshua josie joyce jude judith judy julia julian julie juliet juliette justin justine
    kaitlyn karen karl karla kate katherine kathleen kathryn kathy katie katrina katy kayleigh keeley keira
    keiran keith kelly kelvin kenneth kenny keri kerry kevin kieran kieron kimberley kirsten kirsty kris
    kristina kyle kylie lara laura lauren laurence lawrence leah leanne lena lenny leon leonard leonora lesley
    leslie lewis liam libby lilian lillian linda lindsay lindsey lionel lisa liz liza lizzie llewellyn logan
    lois lola lorna louis louisa louise luca lucinda lucy luke lydia lyn lynda lynne lynsey mabel maddie
    madeleine madge maeve maggie mairead maisie malachy malcolm mandy marcella marcia marcus margaret margery
    margo margot maria marian marianne marie marilyn marion marjorie marlene martha martin martine marvin mary
    mathew matilda matthew matty maud maude maura maureen maurice mavis maxine maxwell meg megan melanie melissa
    melvyn mervyn mia michael michaela michelle mick mickey mike mildred millicent millie mimi minnie miranda
    miriam mitchell moira mollie molly monica morag morgan moya muriel murray myra nadine nancy naomi natalie
    natasha nathan nathaniel ned neil nellie nerys neville niall nicholas nicky nicola nicole nigel nina noah
    noelle nora norah noreen norma norman nuala oisin olga oliver olivia ollie olwen oonagh orla oscar osian
    oswald owen paddy pamela pandora patricia patrick patsy patti pattie paul paula paulette pauline peggy
    penelope percival percy perry pete peter petra phil philip philippa phillip philomena phoebe phyllis pippa
    quentin rachael rachel ralph ramona raquel raymond reece reg reggie reginald renee reuben rhian rhiannon
    rhoda rhona rhys richard rick ricky riley robbie robert roberta robyn roderick rodney roisin roland rolf
    ronald ronan ronnie rory rosaleen rosalie rosalind rosamund roseanne rosemarie rosie rosina ross rowena
    ruben rufus rupert russell ruth ryan sadie sally samantha samuel sandra saoirse sarah scarlett scott seamus
    sebastian selina shane shannon sharon shaun shauna sheila shelagh shelley shirley sian sid simon simone
    sinead siobhan sonia sonya sophia sophie stacey stella stephanie stephen steve steven stevie stuart susan
    susanna susannah susie suzanne suzie sybil sylvia tabitha tamara tamsin tania tanya tara teddy tegan terence
    teresa teri terri tess tessa thelma theo theodore theresa thomas tiffany tilly timmy timothy tina toby tommy
    tracey trevor tricia trina trish trisha tristan trudy tyler tyrone ursula valerie vanessa vaughan velma vera
    vernon veronica vicki vickie vicky victor vincent vinnie vivien vivienne wallace walter wanda warren wayne
    wendy wes wesley wilf wilfred wilhelmina willie wilma winifred winnie winston yasmin yvette yvonne zac zach
    zachary zara zoe
    """,
    # (also short forms and those of several lands)
    """
    ade albert alexandra ali ama amal asante ato awa ayo bailey bert bola bonnie brandon carol clementine dan
    dolly efe ella ellis esi florence hala hana hawa hugh ife iman isa jack jasmine jean ken kim lea lee len leo
    levi lexi lottie lou lynn mackenzie madison mai matt maya mona nat nell nevaeh nick noor oba obi paige pam
    piers pip polly quinn rana rita rob roger ron rosa roy sal sam sean shan sidney sofia sonny stan
    stanley ted terry tim tom toni tony tracy troy val vic yaw
    """,
    # South Asian
    """
    aadil aaliyah aamir aarav aarti aasiya abdul abdullah abdur abid abida adeel adil adnan afia afsana afsheen
    aftab ahmad ahmed ahsan aisha aishah ajay ajit akash akbar akhtar akram alia aliya alka amar amara amarjit
    ameena ameer amina aminah amir amira amit amjad amrit amrita anand ananya aneesa anika anil anisa anish
    anjali anjum ansar anwar anwara aoife arif arjun armaan arshad arun aruna asad asha ashfaq ashish ashok
    ashraf asif asim asma asmat atif atiya attiya avinash avtar ayaan ayesha ayisha azad azhar aziz aziza azra
    babar babul balbir baldev baljit balraj balwinder basheer bashir baz bhavesh bhavna bhupinder bilal bilkis
    bilqees bina bren bushra chandra chandrika charanjit daljit darshan davinder daz deepa deepak deepika devi
    devika dhiren dilip dilshad dinesh divya ehsan fahad faheem fahim faisal faiza farah faraz fareed farhan
    farhana farida faridah farooq farrukh farzana fatema fatima fatimah fauzia fawzia firdous firoza furqan
    ganesh gaurav gaz geeta ghulam gita gopal govind gulzar gurdeep gurdip gurjit gurmeet gurpreet gurvinder
    habib habiba hafiz hafsa haleema halima hamid hamida hamza hanif harbhajan hari harish harjinder harjit
    haroon harpreet harsha harvinder hasan hasina hassan hemant hina humaira humayun hussain hussein iftikhar
    ijaz ikram imran imtiaz inder inderjit indira iqbal iqra irfan irshad ishaan ishaq ishrat ismail ismat isra
    jabbar jagdish jagjit jahanara jasbir jaspal jaswant jaswinder jatinder javed jaya jayesh jayshree jignesh
    jitendra junaid jyoti kabir kailash kalpana kamal kamala kamaljit kamran kanta karan karim kashif kavita kev
    khadija khadijah khalid khalida khurram kiran kirit kishore komal kuldip kulwant kulwinder kumar kusum
    lalita lata laxmi lubna lyndsey madhu mags mahesh mahmood mahmud maliha manish manisha manjit manju manjula
    manoj maqsood maryam masood maz meena meenakshi meera mehmood mehreen mehwish minal mo mohamed mohammad
    mohammed mohan mohinder mohsin monika monira mubarak mudassar muhammad mukesh mukhtar mumtaz munir munira
    musa mushtaq mustafa nabeel nabila nadeem nadia nadim naeem nafisa nagina naheed nahid naila naina naresh
    nargis narinder naseem nasim nasir nasira nasreen nasrin naveed navin nawaz nazia nazim nazir nazma nazmin
    neelam neeraj neeta neha nev niaz nighat nikhil nilesh nirmala nisha nishat nita nitin noshin nusrat omar
    osman padma parveen parvez parvin pinky piyush poonam prabha pradeep prakash pramod pranav prashant pratima
    praveen preeti prem priya priyanka pushpa qasim rabia rachna radha rafiq rafiqul raghav raheem rahela rahim
    rahima rahul raj rajan rajesh rajinder rajiv rajni rakesh raman ramesh ramila ramzan rani ranjit rasheed
    rashid rashida rashmi ravi raz raza razia reena rehana rehman rekha renu reshma riaz rifat rina rishi ritu
    riya riyaz rizwan rizwana robina rohan rohit rokeya roshan rubina rukhsana rukia rupa saad saadia saba sabah
    sabeena sabina sabir sabira sabrina sadaf sadia sadiq safia safiya sahar sahil saif saima saira sajid sajida
    sajjad sakina saleem saleema salim salima salma salman sameena sameer samia samina samir samira sana sandeep
    sandip sangeeta sanjay sanjeev santosh saqib sara sarfraz sarita sarwar satish satnam satwant savita sayeed
    seema shabana shabir shabnam shafiq shagufta shaheen shahid shahida shahnaz shahzad shaista shakeel shakila
    shameem shamim shamima shamsul shanaz shanta shanti shaukat shaz shazia sheetal shehnaz shilpa shireen
    shivani shoaib shobha shyam siddique smita sneha sohail sonal sonali sufia sughra sukhdev sukhjit sukhwinder
    sulaiman suleman sultana sumaira suman sumita sunil sunita suraj surendra suresh surinder surjit sushil
    sushila swati tabassum tahir tahira tahmina talat talha tanveer tanvir tariq tasleem taslima tasneem tayyab
    tayyaba tehmina tejal tommo trev uday ujjal uma umar umesh urmila usha usman uzma vandana vanita varsha
    veena vijay vikas vikram vimal vimla vinay vinod vipul vishal waheed waheeda wahid wajid wali waqar waqas
    waseem wasim wullie yaqoob yaqub yasin yasir yasmeen younis yousaf yousef yousuf yunus yusuf zafar zaheer
    zahid zahida zahir zahra zaid zainab zaira zakia zakir zaman zareena zarina zeenat zeeshan zia zohra zubaida
    zubair zubeda zulekha zulfiqar
    """,
    # Forms heard at home, and more of the same towns
    """
    aiden aled amos angharad babs bairre bazza beattie blodwen briony caoimhe cath cerys chaz cheryll christy
    courtney dafydd darrell davey debs delroy denny dez dodie doris eddy effie eirlys emrys ern eryl
    fliss florrie fran frannie gazza ger gertie gertrude ginny gwenda hettie hils ieuan iain ifor iolo issac izzy jacko
    jackson jacky jacq janey jaxon jayde jez jimbo joanie joannie joey jules kath kaz kayden kev kez kyra
    lachlan landon lez lorcan lorenza lucas madison manny marg margie marnie micky morwenna moz
    myfanwy nance nesta niamh nige nola olly orla owain oz ozzie padraig paddie phyl rafe rebecca
    rebekah rhian ros roz ruairi ruthie sammy senga sharron shaz sheree shirl sorcha spence ste stu suze tamsin
    tayo tegan tegwen terence ulrika vonnie wilma wyn yvie zac zack zeb zena
    abdulaziz adaora afzal bano cawil fartun fatuma guled habiba hafsa huma inaya lakhbir mahad nimco nirmal
    ola pritam saeed saeeda sikandar sobia talib wale xawa zamzam zubeyda
    """,
    # More of every age and land
    """
    marjory nobuhle zuleika bronagh bertie keziah jacinta marlena ottoline alec algernon ambrose anthea antoinette
    arjan averil avis barrie benita bernadine bertha birgit bobbie bryony caleb camille carina carmelo cassie celia
    cerise cheryl clara clarice claudette cleo corinne cory damien daphne davina delphine delyth desdemona devlin
    donal dougal dudley edmund edna edwina eira elaine eleanor elias elijah eliot elodie eluned emile emlyn emmeline
    enid enoch enzo erica esmeralda estelle esther ethan eugene evangeline evelyn ezekiel fabian faisal felicity
    fidel fitzroy flavia floyd frederica gaia garfield gavin genevieve geraint gilbert gina gladwin gloria godfrey
    greta gunilla gwilym hanif harriet harriett hayden heidi helena henrietta hilary hildegard ianthe ibby ines ioan
    iolanthe ishbel ivor jacinth jared jarrod jeannie jeff jenna jeremy jerome jethro joelle jolene jonah jonas joss
    juliette kadeem kareem katrina kelvin keren kristina kurt laurence laverne leandra lenora leona lesley leticia
    lindsey linford lionel lisette loretta lowri lucille lyndon lynette mabel maggie malachi marcia margo marianne
    marion marisol marlowe maud maxwell melvin merlene merrick michaela mikey milly mirabel muireann myra nadine
    nanette nehemiah nikita noeleen octavius odell orson otto percival phineas phylis raheem ramona reuben rhea
    rhonda roddy rolland romesh ronnie rosanna roxy rudy sabine sacheverell salome sebastien selwyn shaquille
    sharlene shirleen simeon sybille tamika tanwen terrance thea theresia titus trixie tyra tyson ulric velda verna
    vincente violette winifrid wyatt yola yvon zack zandra zena zoltan gus dwight glenroy darnell finley corey larry
    charmaine andriy pavlo petro ferdie ebenezer yewande bilqis fazal sukhi balwant priti hetal hua linh mohamud
    tesfay haben bereket rahwa dulcie ffion gretchen hermione lacey ottilie romy saskia xanthe digby felix jarvis
    lester magnus otis silas tobias uriah wilbur xander yorick dexter alastair alistair annabel arabella araminta
    barnaby benedict bettina bronwyn cassandra celestine clarissa cordelia cosmo cressida deirdre dermot desiree
    dilys dorothea drusilla eamonn elspeth ernestine eunice fenella finola fionnuala gaynor gerard ghislaine giles
    gladstone glenys gwyneth hamza hedley herbert hester horatio ingrid isadora ishmael isobel jemima jeremiah
    johanna josiah kaitlyn karina keira kimberley kirsten kyra lavinia leonora leopold lilian lorna lucinda luther
    marcella marcia marguerite marlene maximilian merle mervyn mildred monty morag muhammed nerissa nicolette
    octavia oliwia ophelia oran orlando osbert paddy pascal pearline persephone petronella philomena prunella quincy
    ramon randolph roxanne sacha seraphina sharmaine sheldon sherelle shirin sidonie thaddeus thora tonya torquil
    trinny ulysses umberto ursula vernice vincenza vivian wilhelm winnifred yasmina yolanda zachariah zubeida
    afsaneh amrik arzu baran behzad cemal dilan dilara elham elnaz emina esra farzad fereydoun gizem goran gulsen
    hivda jasmina kawa kemal merve mirela nasrin nermin nevin ozan parvin rebin selma senada serhat sherzad shilan
    soraya tamer vesna zlatan zoran anh chau giang khanh nhi phuoc thuan eszter gyorgy ildiko istvan janos katalin
    laszlo zsofia zsuzsanna gintaras jurgita mindaugas vytautas janis ivars bozhidar desislava plamen rumen
    tsvetelina zdravko jaroslav lubos milos vaclav zdenka kateryna yevhen yuliia olha solomiya taras tetiana
    """,
    # African, Caribbean, Arabic, Kurdish, Persian, Somali
    """
    abayomi abbas abdel abdelrahman abdi abdirahman abdulkadir abdullahi abeba abebe abeer abena abimbola abiodun
    abiola abraham achieng adaeze adanna adaobi adebayo adebola adeola adesola adetola adewale adnane adunni adwoa
    afaf afua ahlam akello akin akosua akua akwasi alaa alaeddin alemayehu alireza amaka amare aminata aminullah
    amma amr anahita anan anayo arash areej aref arezoo ashanti ashkan asmaa asmara aveen awat ayodele ayomide ayse
    azadeh azar azeb babajide babatunde bahar bahman bahram bashar basma bassam bayan bayo behnaz behrouz bijan
    biniam bisi bolanle bukola bunmi cedella chantelle chiamaka chibuzo chidera chidi chidinma chijioke chika chike
    chinedu chinelo chinwe chinyere chioma chipo chukwudi chukwuemeka clovis cuthbert dahir dara dariush darya
    delroy denzel deqa desta dina diyar dwayne ebele ebo efua ejike ekene ekow eldrina elif emad emeka emine
    emmanuel emre enitan errol eskinder esmail eyob ezekiel ezra ezzat faduma fadumo faezeh farai fardowsa farhad
    fariba farideh farrokh farshid fatemeh fatma fatou fatoumata fela femi fereshteh fikru filsan fisayo fitsum
    folake folasade fouad frehiwot fumilayo funmi funmilayo getachew ghada ghassan ghazal gifty girma gloriana
    godwin golnaz habtom hadiza hafeez haidar haider haile hakan hakim hamdi hamed hanan haneen hani hassanein hatem
    hatice haval haya heba hediyeh hibo hodan hossein huda huseyin hussam hyacinth ibrahim ibrahima ibtisam idris
    ifeanyi ifeoma ifrah iftin ignatius ijeoma ikechukwu ikenna ilham inas ireti isatou isioma issa jabari jaber
    jafar jalal jama jamal jamila jelani jide jihan jomo jumoke jwan kadiatou kamau kamyar karwan kaveh kehinde
    keisha kelechi kemi kenyatta khadra khaled khalil kidane kobina kofi kojo kolawole kourosh kwabena kwaku kwame
    kwasi kwesi ladan lamia lamin latoya layla leila lekan leroy leyla liban lina lloyd loubna lul lungile maha
    mahdi mahin mahmoud mahnaz majid makeda malak malek mamadou mamoud manal mariam mariama marlon marva marwa
    marwan maryana mazin mehari mehdi mehmet mehrdad mekonnen mensah merhawi mohsen mouna mousa muayad mulu muna
    munther murat mustapha mwangi nada nadege nader nadir najat naji najwa nanre narges nasra nawal nazanin ndidi
    nezar ngozi nihad nima nizar njeri nkechi nkem nnamdi nneka nokuthula nomsa nosipho noura ntombi nyasha obinna
    odette ofori oge olabisi olamide olanrewaju olu oluchi olufemi olumide oluwaseun omid omolara omotola onyeka
    opeyemi orhan osagie osama ousmane ozlem palesa parisa parviz payam philbert pius rafat raghad rahel rahma
    ramatu rami ranya rasha rashad rashed rawan razan reem reza riad rima robel rola ronke rosetta rotimi roya
    ruvimbo sabri sade sadiya safaa sagal sahra salah salamatu saleh salwa saman samar samih samson samuela sanaa
    sani sarmad sawsan sefton segun sekou selam selin semhar senait sepideh serkan seun shadi shahram shaima shaka
    shanice shanique shano sharif shereen shilan shirin shirwan shukri siamak sibusiso sipho sirwan sisay solomon
    soran sorour suad suha tafari taha taiwo tanisha tarek tariro tatenda tawanda tekle temi temitope tendai tesfaye
    thabo thaer thandi thandiwe themba theophilus thulani tigist tobi tola tolu tonye toyin tsegay tunde tunji uche
    uchenna ugo vusi wael wafaa walid wangari wanjiru warsame wilhemina winsome wissam wole xolani yaa yahya yakubu
    yara yared yasser yemi yetunde yildiz yohannes yonas younes yusra zahraa zainabu zakaria zaki zanele zawadi
    zeinab zeinabu zerihun zewdi zeynep ziad zodwa zuberi zuhair
    """,
    # Polish, Romanian, Ukrainian and other European; Chinese, Vietnamese, Filipino, Japanese, Korean; Jewish
    """
    agata agnieszka akiko aleksander aleksandr aleksandra alessandro alicja alina alojzy analyn anastasia anatol
    andreas andrei andrii andrzej aneta ania antanas antoni antonio arkadiusz artur arvin avi avraham bartek bartosz
    batsheva bayani beata bianca bich binh bogdan bogdana boguslaw bohdan boleslaw boris bozena bracha bronislawa
    bruno carlos carmela carmelita carmen caterina cezary chaim chana chaya chiara chun chunhua claudio concetta
    consuelo corazon cristina cuong czeslaw czeslawa dagmara danilo danuta dao daria dariusz dawid devorah diego
    dimitri dimitrios dmitri dmytro domenico dominik dorota dovid duc dung edyta efraim efren ela eleni eliezer
    elisa elzbieta emilia enrico enzo erlinda esteban esty eugenia eugeniusz ewa ewelina fabio faiga federico feng
    ferdinand fernanda fernando filip filomena florin francisco franciszek franco francois franek gabriel gabriela
    galina genowefa gheorghe gianni giorgio giovanna giovanni giulia giuseppe golda gosia grazyna grzegorz guang
    gunther guo guoqiang hai haiyan halina hanna hans hao haruka haruto heinz helga helmut henrique henryk henryka
    hershel hien hiroshi hoa hoang huan hui huiling huong hymie ignacio igor ilaria ileana ilie ilona ioana ion
    ionut irena ireneusz iryna isabela iveta iwona izabela jacek jacques jadwiga jakub janina jarek jaroslaw javier
    jejomar jerzy jhun jia jiahui jian jiang jianguo jiaqi jie jin jing jingyi jinhua jisoo joao joaquim jolanta
    jorge jose jozef jozefa juanita julita jun junjie jurgen justyna kacper kamil kamila karol karolina kasia
    katarzyna katya kazimiera kazimierz kenji kinga klaudia klaus konrad kornelia kostas krystian krystyna krzysztof
    ksenia kwok lars lech leokadia leszek lien lihua lijuan liliana liping loan lorenzo lucia lucjan lucyna ludmila
    luigi luis luisa lukasz luminita luzviminda lyudmila maciej magda magdalena maja makoto malgorzata malka manuel
    manuela marcel marcin marco marek margarida mariana maricica mario mariola marites mariusz marivic marta mateja
    mateo mateusz matteo mei meifang meiling menachem mendel michal mieczyslaw miguel mihaela mihai mikael milagros
    milena minh minjun miroslaw miroslawa moishe mordechai moshe mykola nadezhda naftali naoko natalia nataliya
    natalya nenita nga ngan ngoc nguyet nhung nicolae nicolo nikolai nikos nuno oksana oleh oleksandr olena olivier
    ondrej pablo paolo patryk paulina paulo pavel pawel pedro perlita philippe phuong pierre pilar pinchas piotr
    przemyslaw qiang qing quan quang quynh radoslaw radu rafael rafal raluca raul regina renata reynaldo ricardo
    rivka rivky robertas roberto rocco rodel rodrigo roksana rolando romana rong rosalinda ruchel rui ryszard
    salvatore sandor satoshi sergei sergio sergiu serhiy shaindy shimon shira shlomo shmuel shmuli shoshana shu
    shufen siew sik silvia siu slawek slawomir stanislaw stanislawa stefan stefania stefanie suet sunhee sven
    svetlana sylwia szymon tadeusz takashi tamas tao taras tatiana tatyana teodor teofilo teresinha thanh thao thi
    thuy tiago tien ting tomasz tova trang trinh tuan tuyet tzvi urszula vadim valentina vasile vasilis vasyl viktor
    viktoria vincenzo vito vladimir volodymyr waclaw wai wei weiming wen wenjing weronika wieslaw wieslawa wiktor
    wiktoria wioletta witold wladyslaw wlodzimierz wojciech wojtek wolfgang xavier xiang xiao xiaoli xiaoling
    xiaoming xin xinyi xiu xiuying xuan yaakov yan yana yannis yanping yee yehuda yehudis yevgeny yi yifan yin ying
    yitzchok yiu yoko yong yosef yossi yuan yue yuen yuet yuk yuki yuko yulia yun yuri yuxin zbigniew zdzislaw zelda
    zenon zev zhen zheng zhi zhiwei zofia zoltan zosia zuzanna zygmunt
    """,
)

ALSO_WORDS = listed(
    """
    abel aja alexa alma amber amin angel april art ash ashton august aurora austin autumn ava
    baron basil bay beau bella belle berry bill bishop blake blessing blossom blue bo bradley brandy brittany
    brook brooke brooklyn buddy buster cain candy carey carmel carter chad chance charity chase
    chelsea cherry chester chi chuck ciel clay cliff clover comfort constance cooper crystal daisy
    dale dallas dawn deacon dean dee deen delight dell denver destiny devon diamond dick din dixie don
    dot drew duke earl ebony echo eden edison ember emerald eve fa faith fay fern fisher fleur flora forest
    forrest fortune frank fu gale gay gene genesis georgia gift gill ginger goodness grace grant guy hal hang
    happy harley harmony harper haven hazel heath heather heaven herb ho holly honey hong honour hooper
    hope hung hunter ike india iris israel ivory ivy jade jan jasper jay jesus jewel
    jo jock jordan josey joy juan june justice kai kam kaur kay kent kerr kin kit kitty krishna kwan lai
    lakshmi lam lan lance lane lau laurel lavender leigh li liberty lily lincoln linden ling long lorn lorraine
    lourdes love lu luna ma major man marigold marina mark marshall mason master mat mauve max may mayer
    mercedes mercy merit merry mi miles miller milo min mina mo mohawk montana moon morning morris mu
    myrtle na nam nan nana natal nelson nene ng nia noble noel norm normandy nour nova oak ocean olive opal pa
    page paris parker pat patience paz peace pearl penny pepper pierce ping po pope poppy praise precious
    preston prince princess promise prosper prudence qi queenie rae rain rainbow raja ram rama raven ray
    red reed reef regent rex rich ridley river robin rock rocky rod roman rose rosemary rowan royal ruby rum
    rusty saffron sage said saint salam salem sami san sand santiago savannah scout see serenity shah shay sher
    sherry sherwood shiv shona shun sienna sing singh sita sky skye soon spencer spike star stone storm su
    sue summer sun sunday sung sunny sunshine sydney tad tai tan tanner taylor teal temperance tiger tong town
    trinity trust tung una unity vale van venus verity victoria viola violet virginia viv wade wally wan wang
    ward wilder will willow wing winter wisdom wolf wong wood woody wren wu xu ya yang yeung yip yu zen zion
    clarence carlton coral junior morris pansy phoenix sorrel leighton honor moses cyrus sherman rasa dace bao barb
    demi des mags moll pooja primrose shell trace sandy
    """,
)

# Typed small, these are words as often as names ("a teddy bear", "jack plug"): "for" or "with" before them says little.
SMALL_WORDS = listed(
    """
    jack rob harry jasmine sandy tom alan molly polly bobby teddy jimmy dolly billy charlie tommy toby victor
    pat bob nick terry tony carol jan jean ken kit levi max mo roger ron sal sonny ted tim val vic wally basil
    ben bert carl chase dan dean don gene ginny heath jake jay jo josh kelly kim lance lee len leo matt mona nan
    nat neville pam peg penny pip raj ram ravi reg rita rod rosa sally sam sana sari sean shan sid sol stan
    sunny tad tara tess tina toni viola vera warren wei will amal noor iman islam said salam sultan rani raja
    maya mina mai min may june april august raz maz baz daz ade obi ama ato awa oba yaw nia nana mama papa baba
    anita ali isa musa dora flora ada eve angel zen zia zara tia frank grant art hope joy faith grace rose dawn
    ray sue mark bill asia india brook ivy hazel heather daisy lily poppy
    """,
)
