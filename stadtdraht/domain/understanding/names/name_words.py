"""Words around names, as `plain` leaves them: what introduces one, what may stand beside it, what is never a part."""

Phrases = tuple[tuple[str, ...], ...]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _ends(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> Phrases:
    """Words of each, from "ich heisse | my name is"."""
    return tuple(tuple(phrase.split()) for phrase in text.split("|"))


PARTICLES = _words(
    "von van vom zu zur zum der den de dem del della di da do dos du des la le les las los el al ibn bin bint abu ter "
    "ten auf auff an in im und y e mac ould ben sankt st op ab fon nic o dal degli "
)
SURNAME_ENDS = _ends(
    "mann ski cki zki ska cka ova eva enko czuk chuk uk icz wicz vic vich ovic oglu oğlu yan ian idis opoulos "
    "opoulou sen son stein berg bauer maier meier mayer meyer mueller hofer huber inger inski ченко енко енка ук юк "
    "чук ов ев ин ын ова ева ина ский ская ський ська цький цька ич ець ко ян дзе швили эр ер "
)
PARTICLE_BEGINS = _words("von van vom zu zur zum de del della di da dos du la le el al ibn bint abu ter ten auf st ")
PARTICLES_OF_PLACE = _words("vom zum im am beim an in auf auff ab op st u")
ARTICLES = _words("der dem den")
TITLES = {
    "dr": "Dr.", "prof": "Prof.", "professor": "Prof.", "doktor": "Dr.", "dipl": "Dipl.", "ing": "Ing.", "med": "med.",
    "phil": "phil.", "jur": "jur.", "pd": "PD", "mag": "Mag.", "rer": "rer.", "nat": "nat.", "pol": "pol.",
    "hc": "h.c.",
}  # fmt: skip
ADDRESSES = _words(
    "frau herr herrn hr fr fraeulein familie mr mrs ms miss mister sir lady madame madam pan pani panna bay bayan "
    "hanim bey господин госпожа пан пані السيد السيدة الاستاذ "
)

# --- phrases, in words
INTRODUCES = _phrases(
    "ich heisse | ich heise | ich heiss | ich hiesse | i hoiss | i hoass | i hass | i heiss | ik heet | ick heit | "
    "ik heit | ick heet | i heisse | heisse ich jetzt | heisse ich | heiss ich | heisse | heisst sie | heisst er | "
    "hoass i | hoiss i | sie heisst | er heisst | mein name ist | mein name is | mein name lautet | mein name waere "
    "| mein name | mein voller name ist | meine name ist | mei nam is | mei name isch | mei nama isch | mein nam is "
    "| mai name ist | min naam is | mien naam is | min name isch | der name ist | der name lautet | name ist | name "
    "is | name lautet | name | unter dem namen | auf den namen | auf den name | werde genannt | man nennt mich | "
    "nennen sie mich | vor und nachname | voller name | full name | tragen sie mich ein als | tragt mich ein als | "
    "eintragen als | eingetragen als | my name is | my names | my name | i am called | call me | the name is | "
    "names | benim adim | adim soyadim | adim | ismim | benim ismim | bana derler | мене звати | мене звуть | моє "
    "імя | мое имя | меня зовут | мене зовут | моє прізвище | моя фамилия | nazywam sie | mam na imie | imie i "
    "nazwisko | moje imie to | moje imie i nazwisko | moje nazwisko | اسمي هو | اسمي | انا اسمي | الاسم | اسم | je "
    "mappelle | mi chiamo | me llamo | mein namen ist | meine namen | meine name | mene zvaty | menya zovut | ma na "
    "imie | numele meu este | quhem | ime mi je | zovem se "
)  # fmt: skip
INTRODUCES_WEAKLY = _phrases(
    "ich bin | bin | i bin | ich bins | i bims | ik bin | ick bin | i am | im | this is | jestem | ja jestem | ben "
    "| я | انا | heisse | name | der name ist | es ist "
)  # fmt: skip
TELLS_UNASKED = _phrases(
    "ich heisse | mein name ist | mein name lautet | mein name | name ist | name lautet | name | my name is | benim "
    "adim | adim soyadim | adim | ismim | мене звати | моє імя | мое имя | меня зовут | nazywam sie | mam na imie | "
    "اسمي | i hoiss | i hoass | ik heet | unter dem namen | auf den namen "
)  # fmt: skip
INTRODUCES_BESIDE = _phrases("ich bin | i bin | i am | im")
# Without one of these letters in a row nobody tells a name or registers unasked; saves reading the words of the rest.
HINTS = _ends(
    "hei nam meld mell regist sign schreib trag kay rejestr реєст регистр تسجيل adım adim ismim i̇smim ism звати імя "
    "ім' імʼ ім’ имя зовут nazyw imi اسم hoi hoa heet"
)
BEHIND_INTRODUCTION = _words(
    "ist is isch lautet jetzt der die das da de also ja to hier halt uebrigens naemlich eigentlich waere es я "
)
LABELS_GIVEN = _words(
    "vorname vornamen rufname first given forename ismim ime imie імя ім имя первое الاسم prenom nome adim "
)
LABELS_FAMILY = _words(
    "nachname nachnamen familienname zuname last surname family soyadim soyisim soyismim nazwisko прізвище фамилия "
    "الكنية العايلة اللقب cognome "
)
LABEL_REST = _words("name names ist is lautet mein meine my und and ve sowie i та и to dazu der the")
REGISTERS = _words(
    "anmeldung anmelden anmelde angemeldet registrierung registrieren registriere registration register signup "
    "einschreiben eintragen kayit kaydim kayitol rejestracja rejestruje реєстрація регистрация зареєструйте "
    "зарегистрируйте تسجيل anmeldn omeldn amelde "
)
REGISTERS_REST = _words(
    "ich i mich mi sich hiermit melde meld an moechte wuerde gern gerne will bitte zur zum fuer den die das dienst "
    "service chat gespraech news newsletter nachrichten infos neuigkeiten warnungen hallo guten tag morgen abend "
    "gruess gott hi moin servus und please me up sign for the bei beim euch ihnen whatsapp meine my neue neuen danke "
)
CORRECTS = _words(
    "mit sorry vertippt verschrieben tippfehler korrektur richtig nein ne nee falsch entschuldigung entschuldigen "
    "meinte meine natuerlich pardon ups oops typo correction meant duezeltme yanlis помилка ошибка исправление "
    "pomylka ولكن خطا oh ach quatsch sondern nicht muss heissen muesste "
)
JOKES = _phrases(
    "donald duck | dagobert duck | daisy duck | micky maus | mickey mouse | minnie mouse | minni maus | super mario "
    "| james bond | darth vader | luke skywalker | han solo | harry potter | homer simpson | bart simpson | pippi "
    "langstrumpf | chuck norris | santa claus | bugs bunny | bruce wayne | clark kent | peter pan | angela merkel | "
    "olaf scholz | friedrich merz | donald trump | wladimir putin | vladimir putin | elon musk | elvis presley | "
    "michael jackson | spider man | iron man | bat man | bibi blocksberg | benjamin bluemchen | bob der baumeister "
    "| biene maja | kaiser franz | koenig ludwig | john doe | jane doe | graf dracula | sherlock holmes | lord "
    "voldemort | captain kirk | jack sparrow | helene fischer | dieter bohlen | thomas gottschalk | der papst | der "
    "nikolaus | der weihnachtsmann | osterhase | frau holle | max und moritz | asterix und obelix | meister yoda | "
    "mutter teresa | mutter theresa | jesus christus | julius caesar | albert einstein | tick trick | tim und "
    "struppi | otto normalverbraucher | lieschen mueller | hans wurst | rumpel stilzchen | hein bloed | karl der "
    "grosse | franz kafka | wolfgang amadeus mozart | niemand niemand "
)  # fmt: skip
LAUGHS = _words("haha hahaha hahahaha hihi hihihi hehe hoho hohoho lol rofl xd hoehoe spass scherz witz aetsch")
# May stand before a name that nothing introduces: "ja klar, Nadine Obst", "das schreibt der Lothar Ilg".
LEADS = _words(
    "sie euch gruezi "
    "ja klar gern gerne hallo hi hey moin servus guten guter tag morgen abend na gut gruess gott tach also ok okay "
    "gestatten natuerlich selbstverstaendlich freilich das des es schreibt schreiben man jetzt hier ist isch is der "
    "die da de sorry vertippt entschuldigung pardon ups halt bitte danke sehr vielen dank viele liebe schoene beste "
    "freundliche freundlichen mit gruesse gruessen gruss lg mfg vg namens jo joa jau jawohl dann wieder nochmal noch "
    "mal eben gleich korrektur richtig meinte wenns sein muss wenn yes sure hello good evening wie gesagt heissen tu "
    "ich of course здравствуйте добрый день доброго дня вітаю привіт привет это це добрий evet tabii tabi merhaba "
    "selam iyi guenler gunler tak dzien dobry prosze oczywiscie witam to مرحبا اهلا السلام عليكم نعم اكيد antwort ach "
    "so achso ah aha oh schon "
)
# May follow a name: what comes then is another matter.
CUTS = _words(
    "und u aber ich i ik mein meine mei aus geb geborene geborener geborn wohnhaft wohne wohn mit von bin hab habe "
    "danke bitte jahre jahrgang rentner rentnerin so das ist is des isch mfg lg vg gruss gruesse viele liebe beste "
    "freundliche schoene and from but my thanks please ve ama benim ale z jestem та але з і а но из и من و لكن heisse "
    "heiss werde wollte moechte steht schreibt halt hier wenn falls tel telefon anmeldung oder also sowie da "
    "schreiben geschrieben eintragen reicht genuegt langt vom beim "
)
CUTS_SURELY = _words("und aus mit geb geborene geborener aber ich mein meine danke bitte wohnhaft from and ve та и i ")
NEVER = _words(
    # German, standard and spoken
    "ich du er sie es wir ihr man mich dich sich uns euch mir dir ihm ihn ihnen mein meine meinen meinem meiner "
    "meines dein deine deinen sein seine ihre ihren eure unser unsere unseren die das des dieser diese dieses diesen "
    "jene ein eine einen einem einer eines kein keine keinen keiner keinem nicht nich nit net ned nie niemals niemand "
    "nix nichts noch schon mal einmal jetzt jetz iatz gerade grad gleich spaeter nachher bald heute gestern immer "
    "wieder oft selten nur auch aber oder denn weil dass ob wenn als wie wo wer was wann warum wieso weshalb wozu "
    "woher wohin welche welcher welches wieviel wia wos woas wofuer worum mit bei nach aus um bis ohne gegen durch "
    "wegen seit waehrend vor hinter unter ueber neben zwischen ja jo jau joa jap jep jup nein nee ne noe noi naa doch "
    "eben so ganz sehr zu mehr viel viele wenig etwas alles alle beide beides ist sind war waren bin bist seid wird "
    "werden wurde wuerde hat habe haben hab hatte hast habt kann kannst koennen koennte koennt muss musst muessen "
    "soll sollen sollte will willst wollen wollte moechte moechten mag magst mog darf duerfen lass lasst mach macht "
    "machen mache gemacht sag sage sagen sagt geh geht gehe gehen gehts kommt komme kommen woiss weis wissen verstehe "
    "versteh verstehen brauche brauch brauchen braucht gibt gibts geben finde finden steht stehe denke heisst heissen "
    "nennt warte warten moment sekunde minute augenblick bitte danke dank dankeschoen merci hallo hallochen hi hey "
    "moin servus tschuess ciao guten gute guter gutes gruess griass gruss gruesse lg mfg vg ok okay oki okidoki gern "
    "gerne lieber egal vielleicht bestimmt natuerlich freilich genau stimmt falsch super prima geil cool schlecht "
    "leider hilfe stop stopp abmelden abbestellen anmelden anmeldung weiter zurueck start menue ahnung interesse "
    "anonym geheim privat name namen vorname nachname wurscht wurst wurschd quatsch unsinn test testen hae haeh aeh "
    "aehm oehm hm hmm mhm tja naja sorry entschuldigung entschuldigen tut leid oma opa mama papa mutti vati mutter "
    "tochter sohn schwester tante onkel enkel enkelin kinder leute jemand neue neuen neues wichtig kaputt defekt "
    "dringend fragen antwort antworten thema datenschutz impressum auskunft loeschen status wohne wohnt lebe suche "
    "such hoere hoert sehe schaun schauen gucken guck melde meldet schreib schreibe schreibt schreiben mittag woche "
    "wochen monat jahr jahre stunden tage dienstag mittwoch donnerstag samstag sonnabend bisher hier dort da dran "
    "drin dabei dazu dafuer davon damit dann daheim zuhause weg raus rein rauf runter los erst zuerst zuletzt endlich "
    "ueberhaupt irgendwie irgendwas irgendwo irgendwann sonst trotzdem nochmal ebenso bissl bissle bisschen a an am "
    "im in ins vom zum zur beim fuers aufs ums i mi di ma mia iwo ois oans koa koan koi koin nimmer nimma liaber gell "
    "woll wohl jawohl nope nada niente passt pass angeht nixx schicken schick schickt senden sende bekomme bekommen "
    "kriege krieg kriegt lese liest loswerden sterben tot leben brennt brannte brennen brent riecht stinkt liegt "
    "laeuft fehlt tropft leckt klemmt wackelt flackert ueberfahren schlaegt blutet atmet gestuerzt verletzt ertrinkt "
    "eingeklemmt verschwunden umgefallen bewusstlos nervt nerven reicht stoert lebt bleib bleibe bleibt bleiben "
    "dasselbe derselbe steck stecken hoer auf vergiss vergessen verrate verraten geheimnis verklickt deutsch englisch "
    "tuerkisch "
    # English
    "the you he she it we they me him her us them my your his its our their is are were be been do does did not no "
    "yes yeah yep dont don t why what when where who how which please thanks thank hello good morning evening night "
    "sure maybe later now never need want have has had can could would should must know tell say give get got help "
    "none nothing nobody of for to from with at on about this that these those there here and or but if because just "
    "like really honestly wait "
    # Turkish
    "evet hayir yok var bir bu su nasil neden nicin kim nerede icin ile ama veya ve degil istemiyorum istiyorum "
    "soylemem lutfen luetfen tesekkurler tesekkuerler tesekkur merhaba selam gunaydin iyi aksamlar gunler guenler "
    "tamam olur isim adim adimi benim sizin size bana sana bilmiyorum soruyorsunuz gerek "
    # Polish
    "tak po co wam ty ona wy oni jest sa byl nazwisko imie prosze dziekuje dobry dzien wieczor czesc witam jak kto "
    "gdzie kiedy dlaczego moje moj chce musze moge wiem powiem podam ten ta te dla z ze w na od bez oraz ale lub czy "
    "juz jeszcze dobrze pozniej "
    # transliterated
    "ya mozhu hochu shcho scho chto znayu dobryi den privet "
    # Ukrainian and Russian
    "я ти ты він она вона он ми мы ви вы вони они мене меня мені мне тебе вам вас нам нас це это що что як как де где "
    "коли когда чому почему навіщо зачем хто кто не ні нет так да дякую спасибо будь ласка пожалуйста добрий доброго "
    "дня день вечір вечер добрый привіт привет здравствуйте и і й та або или але но а у в на з с до от для про о об "
    "без уже вже ще еще тут там все усе весь скажу хочу можу могу знаю имя ім імя прізвище фамилия треба надо "
    "нужно нема есть є был була было больше надоело сейчас зараз потом потім ок добре хорошо "
    # Arabic
    "انا انت هو هي نحن انتم هم لا نعم ما ماذا لماذا ليش ليه كيف وين اين متى من هل مين شو بدي بدكم اريد لن لم ليس في "
    "على عن الى مع هذا هذه ذلك اسمي اسم شكرا مرحبا اهلا السلام عليكم صباح مساء الخير يا و او لكن لان اذا كل بعد قبل "
    "الان موافق تمام طيب بقول رح مو مش حتى فضلك فضلكم لكم heisse heiss eintragen eintragt trage tragt tragen "
    "spricht sprechen rufe hiermit fuer sowas habs hats isses waer waere waeren wuer zwei drei vier fuenf sechs beste "
    "bester echte top bestens rundum besser bloss andere anderer anderes weder ueberall sondern also werde geworden "
    "gelesen gesagt gesehen gefunden gehabt enttaeuscht zufrieden unzufrieden vorbei drunter oefter je vergelts halts "
    "ende delete go all ki edin ediyorum etmiyorum silin iptal mnie niech bedzie mam wypisz извините вибачте стоп мою "
    "мій моя мої мои теж только тільки давайте пусть ее его ей ему им их sofort stoppen nehmt staendig hoehe since nr "
    "art whatsapp whatsup whatsnu laut guats guets "
)
# Words of the town's matters and of everyday life: surnames too, but only beside a given name.
SELDOM = _words(
    "ruf bock lust jugend saecke tierpark datenauskunft experiment weiss kater bruder gulli abo liebes liebe sepa alt "
    "neu gut kind toll klar sonntag montag freitag tag nacht heut morgen abend vater fertig schnell langsam schade "
    "richtig sicher lesen gast frage halt kurz schau hoff wetter uhr auto glaube strasse str weg platz gasse allee "
    "ring markt bahnhof bahnhofstrasse hauptstrasse kirche schule kita kindergarten rathaus spielplatz sportplatz "
    "friedhof freibad hallenbad bad bus zug ampel lampe laterne muell sperrmuell restmuell altpapier tonne biotonne "
    "container schlagloch gehweg radweg baum hecke hund hunde katze tier tiere ratten tauben baustelle parkplatz "
    "parken falschparker laerm ruhe feuer rauch notfall feuerwehr polizei krankenwagen notarzt unfall wasser strom "
    "gas warnung warnungen news newsletter nachrichten infos info chat gespraech melder meldung meldungen anliegen "
    "beschwerde lob idee ideen anregung kritik hinweis vorschlag termin termine ausweis personalausweis reisepass "
    "pass fuehrerschein antrag formular wohngeld kindergeld pflegegeld rente steuer hundesteuer grundsteuer gewerbe "
    "wahl wahlen briefwahl buergermeister buergermeisterin oberbuergermeisterin oberbuergermeister stadt stadtrat "
    "gemeinde verwaltung amt buergeramt buergerbuero ordnungsamt standesamt oeffnungszeiten oeffnungszeit "
    "sprechstunde buergersprechstunde ferien ferienprogramm stadtfest weihnachtsmarkt konzert theater museum "
    "bibliothek buecherei verein bauhof wertstoffhof recyclinghof abfall abfallkalender gruen gruenschnitt "
    "glasscherben scherben graffiti brunnen bank baenke bruecke fluss donau berkel ruhr see ufer wald park garten "
    "haus wohnung keller dach tuer fenster nachbar nachbarn nachbarin rentner rentnerin buerger buergerin einwohner "
    "besucher mann frau junge maedchen familie firma sparkasse volksbank aldi lidl rewe edeka penny netto apotheke "
    "arzt krankenhaus altenheim fahrrad rad roller ebike motorrad schulbus schueler lehrer eltern baby bayern hessen "
    "deutschland ulm weihnachtsmann nikolaus osterhase christkind albtraum maus schoen schoene schoener schoenes "
    "schoenen lieben lieber beste besten herzliche herzlichen freundliche freundlichen frohe frohes gruene gruener "
    "rote blaue kleine kleiner grosse grosser ganze viele vielen ersten sommer winter herbst fruehling januar februar "
    "maerz april mai juni juli august september oktober november dezember weihnachten ostern silvester geburtstag "
    "wochenende feierabend urlaub arbeit job beruf computer handy telefon nummer adresse email mail iban konto "
    "kontonummer kreditkarte passwort daten foto fotos bild bilder video fotowettbewerb wettbewerb gewinnspiel link "
    "fehler problem grund sache sachen ding dinge zeit leben tod kaffee bier pizza essen trinken fussball autos lkw "
    "verkehr blitzer tempo schild schilder zebrastreifen kreisverkehr kreuzung ecke eis schnee sturm regen hochwasser "
    "glatteis winterdienst streudienst strassenreinigung toilette wc internet glasfaser wlan handyempfang mobilfunk "
    "kirmes schuetzenfest karneval fasching fussgaengerzone innenstadt stadtmitte zentrum ortsteil stadtteil dorf "
    "kreis landkreis land bund kanzler politik verkehrswende demokratie deutsche deutscher tuerke pole syrer bot "
    "roboter mensch mitarbeiter chef kollege freund freundin wedding house fire smoke police ambulance street road "
    "light bin rubbish dog cat town council office birth certificate parking permit school water "
)
SELDOM_ENDS = _ends(
    "strasse str weg platz allee gasse ung ungen heit keit schaft tion tionen amt buero dienst termin termine "
    "schein ausweis pass karte karten schule kita garten haus halle bad markt muell tonne laterne lampe ampel lich "
    "liche lichen isch ische ischen los lose bar barer barkeit zeit zeiten geld steuer antrag formular verein wahl "
    "fest nummer adresse fehler problem frage fragen schild reinigung parkplatz spielplatz wagen zug bus bahn "
    "kasten stelle plan programm welle weise leitung loch "
)
STREET_ENDS = ("str", "strasse", "weg", "gasse", "allee", "platz")
ADJECTIVE_ENDS = _ends("es em en te ige liche ische elle bare lose iger er ")
KEYBOARD = (
    "qwertzuiopue",
    "qwertzuiop",
    "qwertyuiop",
    "asdfghjkloeae",
    "asdfghjkl",
    "yxcvbnm",
    "zxcvbnm",
    "poiuztrewq",
    "lkjhgfdsa",
    "mnbvcxy",
)
