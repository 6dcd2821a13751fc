"""What places are called, as `plain` writes it: by endings, landmarks that a town has once, and the rest."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _ends(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _by_first(text: str) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by their first word, from "town hall | old mill"."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in text.split("|"):
        found.setdefault(phrase.split()[0], []).append(tuple(phrase.split()))
    return found


STREET_ENDS = _ends(
    "strasse strase strasze strazze str weg platz allee gasse ring ufer damm pfad markt wall hof stiege steig"
)
STREET_ENDS_SMALL = _ends("strasse strase strasze str weg allee gasse stiege wall")
STREET_ENDS_NEAR = _ends("platz damm ring markt ufer")  # also names in small letters
LEAST_STEM = 3  # letters before such an ending: "eschweg"
# What a way or square is, not what it is called. With a house number some of them are names ("Waldweg 12").
KINDS = _words(
    "gehweg radweg fussweg fahrradweg feldweg waldweg wanderweg schulweg heimweg rueckweg umweg hinweg ueberweg "
    "ausweg reitweg wirtschaftsweg rettungsweg privatweg arbeitsweg fluchtweg schleichweg trampelpfad lehrpfad geh "
    "rad keineswegs unterweg vorweg durchweg hinwegs wegs gartenweg schotterweg sandweg parkplatz spielplatz "
    "sportplatz bolzplatz stellplatz rastplatz grillplatz arbeitsplatz kitaplatz sitzplatz zeltplatz campingplatz "
    "fussballplatz schulplatz krippenplatz hortplatz ausbildungsplatz studienplatz pflegeplatz liegeplatz standplatz "
    "betreuungsplatz ganztagsplatz wendeplatz abstellplatz bauplatz heimplatz kindergartenplatz seitenstrasse "
    "einbahnstrasse nebenstrasse querstrasse durchgangsstrasse spielstrasse fahrradstrasse landstrasse bundesstrasse "
    "kreisstrasse landesstrasse zufahrtsstrasse wohnstrasse anliegerstrasse sackgasse seitengasse parallelstrasse "
    "nachbarstrasse lieblingsstrasse waschstrasse dorfgasse schulhof innenhof hinterhof pausenhof bauernhof reiterhof "
    "gerichtshof gasthof vorhof supermarkt baumarkt flohmarkt arbeitsmarkt wochenmarkt weihnachtsmarkt getraenkemarkt "
    "bauernmarkt troedelmarkt jahrmarkt stoppelmarkt ostermarkt adventsmarkt verbrauchermarkt wohnungsmarkt hering "
    "ehering schluesselring schwimmring rettungsring boxring finanzausgleich krawall bahndamm flussufer bachufer "
    "seeufer vorgehensweg buergersteig steig aufstieg abstieg bahnsteig ausstieg einstieg umstieg "
)
KIND_ENDS = _ends(
    "gehweg radweg fussweg schulweg parkplatz stellplatz spielplatz sitzplatz radweges umweg hinweg rueckweg "
    "nebenstrasse seitenstrasse hauptverkehrsstrasse bundesstrasse gebuehr "
)
NO_NAMES = _words(
    "der dieser jener jeder unser unserer ihrer seiner einer keiner meiner deiner welcher mancher aller hier unter "
    "hinter ueber aber immer wieder leider oder guter ganzer anderer "
)
ADJECTIVES = frozenset(
    f"{stem}{end}" for stem in _ends("alt neu gross klein lang breit hoh kurz") for end in ("e", "er", "en", "em")
)
BEFORE_A_NUMBER = frozenset(
    ("am", "an der", "an den", "im", "in der", "auf der", "auf dem", "zum", "zur", "alter", "alten", "alte", "grosser",
     "grossen", "grosse", "kleiner", "kleinen", "kleine", "up de", "up der", "op de")
)  # fmt: skip
DATES = _words(
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar maerz april mai juni juli "
    "august september oktober november dezember morgen mittag abend tag jahr monat fruehjahr sommer herbst winter "
    "wochenende "
)

# There is one of them, or people mean the one that everybody means.
UNIQUE = _words(
    "tiefgarage "
    "parkhaus "
    "autobahnbruecke "
    "eisenbahnbruecke "
    "rathaus rathauses rathausplatz buergerhaus bahnhof hauptbahnhof busbahnhof bushof zob friedhof waldfriedhof "
    "freibad hallenbad schwimmbad naturbad krankenhaus klinikum klinik spital sparkasse volksbank raiffeisen aldi "
    "lidl rewe edeka netto penny kaufland combi norma rossmann hagebau obi ikea mcdonalds markt marktplatz kirchplatz "
    "kirmesplatz festplatz schuetzenplatz kirchhof kirche stiftskirche pfarrkirche stadtkirche barockkirche kapelle "
    "pfarrhaus pfarrheim moschee synagoge gymnasium realschule hauptschule grundschule gesamtschule foerderschule "
    "berufskolleg berufsschule musikschule volkshochschule schulzentrum buecherei stadtbuecherei museum schloss burg "
    "stadtpark kurpark schlosspark bauhof feuerwehrhaus feuerwehrgeraetehaus geraetehaus feuerwache wertstoffhof "
    "recyclinghof klaeranlage klaerwerk pumpwerk wasserwerk stadthalle jugendheim jugendhaus jugendzentrum altenheim "
    "seniorenheim pflegeheim tierheim tierpark streichelzoo wildpark zoo eisdiele tankstelle polizeiwache finanzamt "
    "amtsgericht kreishaus fussgaengerzone stadion rundsporthalle sporthalle tennisplatz sportplatz skateplatz "
    "skatepark skaterpark containerplatz campingplatz flugplatz hafen schleuse muehle wassermuehle mariensaeule "
    "kriegerdenkmal denkmal wasserturm fernsehturm aussichtsturm schuetzenhalle schuetzenhaus heimathaus kulturhaus "
    "theater kino stadtmauer stadttor stadtgraben marktbrunnen badesee baggersee aasee stausee angelteich "
    "muehlenteich schlachthof gewerbegebiet industriegebiet neubaugebiet buergerbuero standesamt stadtarchiv "
    "stadtwerke lehrerparkplatz schwimmbadparkplatz bahnhofsvorplatz molkerei altstadt postamt tafel hospiz forsthaus "
    "ehrenmal aerztehaus apotheke optiker dorfladen doenerladen sekundarschule zollstation grenzuebergang ratshaus "
    "bhf hbf parkdeck kunstrasen skaterbahn skateanlage skaterplatz spielhaus hundefreilauf wehr brink moehl karkhoff "
    "kinderheim wohnmobilstellplatz busparkplatz dirtpark minigolfplatz sportzentrum reithalle fussballfeld "
    "heimatverein rueckhaltebecken regenrueckhaltebecken minigolf tanke bahndamm gracht "
    # English
    "cemetery library townhall hospital castle mosque station pharmacy "
    # Turkish, Polish, with the endings that they take there
    "piekarni piekarnia torami stawem szkole szkoly szkola kanalu mostu mostem bibliotece aptece ratusz ratuszu "
    "ratusza ratuszem dworcu dworca dworcem kosciele kosciola kosciolem szpitalu szpitala cmentarzu cmentarza rynku "
    # Arabic
    "المدرسة الجسر النادي الحديقة المشفى المستشفى الجامع المسجد البلدية المحطة الكنيسة المقبرة المسبح السوق الصيدلية "
    "القلعة البريد الملعب "
)
UNIQUE_BEGINS = _ends(
    "okul istasyon hastane belediye camii caminin mezarlik postane kutuphane kilise ратуш вокзал церкв лікарн больниц "
    "кладовищ кладбищ замк замок мечет стадіон стадион басейн бассейн бібліотек библиотек школ канал ставк озер "
)
UNIQUE_ENDS = _ends(
    "theater "
    "schule friedhof bahnhof kirche kapelle kloster gymnasium realschule grundschule hauptschule marktplatz "
    "kirchplatz stift park museum sparkasse muehle rathaus stadion freibad moschee "
)
# Begin a word for something at one of them: "Friedhofstreppe", "Berkelradweg".
UNIQUE_IN_WORDS = _ends(
    "friedhof rathaus bahnhof schwimmbad freibad schloss museum krankenhaus kirch sparkassen turnhallen berkel donau "
    "ruhr "
)
PARTS = _ends(
    "treppe turm wall weg ufer mauer eingang vorplatz brunnen garten tor wand toilette insel steg bruecke allee"
)
# With a name behind them they are a place: "Firma Laudert", "Haus Berkelaue", "Praxis Dr. Nienhaus".
NAMED = _words(
    "firma fa haus hof hotel cafe gasthaus gasthof gaststaette restaurant pizzeria imbiss praxis zahnarzt arzt kiosk "
    "laden fahrradladen blumen bauer landwirt dachdecker baeckerei metzgerei friseur schreinerei autohaus moebel "
    "kapelle hofladen kita kindergarten kindergaerten schule grundschule bolzplatz spielplatz parkplatz kreisel "
    "kreisverkehr kreuzung haltestelle bushaltestelle haltestele bushaeuschen wartehuette turnhalle sporthalle "
    "schulhof kirche siedlung abzweig bruecke parkhaus freibad bauerschaft ortsteil ortschaft dorf wegekreuz "
    "regenrueckhaltebecken rueckhaltebecken pumpwerk zebrastreifen unterfuehrung radweg feldweg spielhaus bhf bahnhof "
    "containern container zufahrt ausfahrt ortsdurchfahrt weg strasse umlaufsperre sinkkasten schild strassenschild "
    "laterne bushaltestellen майданчику остановка зупинці зупинка durak "
)
# What is broken or lies there: no name of it ("Spielplatz Schaukel kaputt").
THINGS = _words(
    "scheibe scheiben schaukel rutsche wippe bank baenke licht lampe lampen laterne laternen muell muelleimer abfall "
    "scherben glas loch dach zaun tor kette sand sandkasten karussell klettergeruest netz korb tuer fenster schild "
    "schilder schranke automat parkautomat baum baeume ast aeste hecke laub schnee eis wasser pfuetze oel oelspur "
    "hundekot hundehaufen ratten ratte wespen wespennest kippen graffiti boden pflaster platte platten gehwegplatten "
    "bordstein gully gulli kanaldeckel deckel poller pfosten gelaender fahrplan aufgang aufzug gestank laerm voll "
    "kaputt defekt dreckig herr frau hallo guten bitte danke viele vielen gruss gruesse mfg lg mit seit ist sind wird "
    "wurde hat und oder am im an in auf bei vor hinter der die das ein eine heute gestern morgen montag dienstag "
    "mittwoch donnerstag freitag samstag sonntag kinder autos auto fahrraeder roller drei zwei vier schlagloch "
    "schlagloecher risse riss tische tisch papierkorb muellsaecke sperrmuell strom beleuchtung ampel kreuz unkraut "
    "gras wiese tote toter totes alte alter altes neue neuer stinkt steht liegt fehlt quillt ich wir sie es man da "
    "dort schon wieder immer noch nicht kein keine keiner komplett total ganz sehr ueberall dunkel glatt nass "
    "gesperrt sturm regen anwohner nachbarn leute jugendliche lkw busse bus stunden wochen tage monate jahr jahre "
    "nummer nr pfuetzen spritzen taubenkot dornen brennnesseln altkleider sofa matratze matratzen kuehlschrank reifen "
    "bauschutt "
)
LAMPS = _words("laterne laternen strassenlaterne strassenlampe leuchte lampe mast laternenmast lichtmast")
TELLS_WHO = _words("schreibt schreib ist bin heisse heiss gruss gruesse frau herr name familie hier von lg mfg")
# A capital on a small word within a sentence begins a name: "die Sackgasse Am Pastorenbusch", "Zur Alten Ziegelei".
NAME_BEGINS = _words("am im zum zur an auf in up op uppe achtern hinter unter vor")
LOW_GERMAN = frozenset(("up de", "up der", "up den", "up n", "upn", "op de", "upp n"))
TOWN_ENDS = _ends("ingen hausen heim weiler dorf stadt burg kirchen hofen beuren ausen loh lohe loe rode ried")
PHRASES = _by_first(
    "town hall | train station | bus station | post office | market square | swimming pool | mill pond | old mill "
    "| k k | k und k | dm markt | sports hall | sports field | kleine mast | alte post | alten post | altes "
    "rathaus | alten rathaus "
)
# A town has many of them: a place only with a nearer word ("Spielplatz Hasenkamp", "Kreisel bei Lidl").
GENERIC = _words(
    "spielplatz bolzplatz parkplatz turnhalle schule kita kindergarten kindergartens schulhof "
    "haltestelle haltestele bushaltestelle bushaeuschen wartehaeuschen wartehuette busbucht unterfuehrung "
    "ueberfuehrung kreisel kreisverkehr kreuzung ampelkreuzung einmuendung abzweig abzweigung ausfahrt einfahrt "
    "zufahrt auffahrt bruecke bruecken fussgaengerbruecke radbruecke ruhrbruecke "
    "treppe rampe wiese waldrand ortsrand ortseingang ortsausgang ortsmitte ortsdurchfahrt siedlung sackgasse "
    "zebrastreifen bahnuebergang glascontainer container altkleidercontainer rastplatz wanderparkplatz "
    "mitfahrerparkplatz supermarkt discounter toilette fahrstuhl aufzug park teich weiher bach graben strassengraben "
    "steg hundewiese liegewiese gehweg radweg fussweg feldweg waldweg wanderweg buergersteig weg strasse durchlass "
    "durchgang feldkreuz unterstand pavillon eckhaus mehrfamilienhaus hochhaus wohnblock baustelle eingang "
    "haupteingang seiteneingang hintereingang vorplatz schleichweg wald wartebereich playground przystanku placu "
    "zabaw parku зупинці остановке парку майданчику durak duragi "
)
WEAK = _words(
    "gehweg radweg fussweg feldweg buergersteig weg strasse container eingang baustelle einfahrt graben teich bach "
    "wald glascontainer wiese treppe sackgasse park ausfahrt siedlung toilette ampelkreuzung kreuzung zebrastreifen "
)
# What a name of a place may end with, when it begins with a capital and a preposition stands before it.
PROPER_ENDS = _ends(
    "route dyk diek "
    "see bach busch holz heide kamp esch venn moor brook hain feld berg burg horst tor turm bruecke steg siedlung "
    "viertel garten gasse tal schlucht becken kanal aue marsch deich park wiesen eck winkel mast wick bookholt stegge "
    "schule stift platz anger freiheit "
)
NO_PROPER = _words(
    "abholz brennholz jagdgebusch feierabend berg tal feld kanal turm park schule garten schulgarten vorgarten "
    "kindergarten heide holz see bach platz viertel siedlung tor bruecke steg becken busch esel schuleinstieg "
    "fahrschule baumschule umfeld abwasserkanal blumenbeet spielfeld sandkastenturm waschbecken planschbecken "
    "ticketschalter auswege kletterturm eck tanzschule hochschule mullberg muellberg schuldenberg kellertor "
    "garagentor eingangstor hoftor fussballtor rueckhaltebecken regenrueckhaltebecken biergarten kleingarten "
    "wintergarten gegentor schutzschule abendschule nachbargarten schrebergarten kalender arbeitsfeld kampf "
    "haendlersiedlung krampf dampf zoll vollrausch bereich seniorenpark fuhrpark automat besuch gebusch gebuesch "
    "rathausturm traumberg versuch buch "
)
LANDS = _words(
    "venn see wald park heide feld bruch moor dyk diek damm esch berg busch tor muehle schleuse"
)  # "Zwillbrocker Venn"
RIVERS = _words("berkel ruhr donau bocholter aa iller issel roehr moehne lippe ems rhein dinkel schlinge")

PREPOSITIONS = _words(
    "am an im in auf aufm vor vorm hinter hinterm hintern bei beim neben nebenm gegenueber naehe hoehe zwischen unter "
    "unterm ueber ueberm zum zur zu vom von um entlang richtung ecke kreuzung ab nach nao bis an'n in'n bim uffm uff "
    "ufm vorem hinterem inne aufe anner inner innem at by near behind on opposite front of next to between around "
    "outside біля на за навпроти перед коло у в возле около напротив рядом с под między przy na obok za w koło "
    "naprzeciwko kolo عند قدام جنب ورا خلف امام بجانب في janb "
)
ARTICLES = _words(
    "der die das dem den des de da dr 'm m n the a el and und alten neuen grossen kleinen neue alte grosse kleine "
    "alter staedtischen katholischen evangelischen unteren oberen nr "
)
CORNERS = _words("ecke kreuzung hoehe naehe zwischen gegenueber abzweig einmuendung richtung kurz")
NO_DISTRICTS = _words(
    "ordnung zukunft kuerze eile rente fetzen deutschland europa bayern nordrhein westfalen sachen betrieb richtung "
    "wirklichkeit zeiten not gefahr fahrt sicht sicherheit urlaub mode frage ruhe frieden planung arbeit summe panik "
    "anspruch verbindung kontakt leichter einfacher deutsch englisch tuerkisch form farbe teilen stuecken massen "
    "hoehe zusammenarbeit gedenken erinnerung vertretung anbetracht bezug hinblick vergleich verzug vorbereitung "
    "stein stufen gesundheit "
)
