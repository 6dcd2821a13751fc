"""Words that tell what goes round from list to list from what somebody wants of the town. As `plain` leaves them."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PASS_ON = (
    "schick", "send", "leit", "weiterleit", "verbreit", "verteil", "weiterverbreit", "weiterschick",
    "weitersend", "weitersag", "kopier", "verschick", "weiterreich", "weitergeb", "weitergib", "post",
    "einfueg", "fueg", "teil", "gib", "gebt", "reich", "stell", "wirf", "sag", "forward", "share", "paylas",
    "gonder", "przeslij", "udostepnij", "перешли", "надішли", "разошли", "انشر", "ارسل",
)  # fmt: skip
NOT_PASS_ON = _words(
    "teilnehmen teilnahme teilnehmer teilweise stelle stellen sagen sagte post postamt postplatz leitung "
    "teilhabe stellplatz stellt senden sie reicht leitungen sender"
)
MANY = _words(
    "kontakte kontakten freunde freunden freundinnen gruppen gruppe leute leuten personen menschen frauen "
    "maenner liebsten "
    "lieben chats adressbuch familien schwestern koeniginnen kontaktliste contacts friends people groups "
    "everyone kisiye "
    "arkadas osob znajomych kontaktow контактам друзьям людям контактів друзям людей"
)
NUMBERS = _words("zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf fuenfzehn zwanzig")
EVERYBODY = _words("alle allen jeden jede jedem euren deine deinen deine eure eurem eurer deinem deiner")
SHOUTED = (
    "alle teilen", "dringend teilen", "teilen teilen", "an alle weiterleiten", "weiterleiten an alle",
    "bitte an alle", "an alle eltern", "an alle gruppen", "in alle gruppen", "in jede gruppe", "verbreitet das",
    "verbreitet es", "verteilt das", "teilt es", "teilen rettet", "das muss jeder", "muss jeder wissen",
    "muss jeder lesen", "sagt es euren", "sagt allen", "schickt das rum", "schickt es rum", "weiterverbreiten",
    "kopiert das", "kopiere das", "kopier es", "kopiert und verteilt", "kopieren nicht teilen",
    "kopiert diesen text", "durch ganz deutschland", "leite nur weiter", "leite sie weiter",
    "schicke ihn weiter", "schick ihn weiter", "schicke ihn an", "gib ihn weiter", "und weiterschicken",
    "weiter an sechs", "weiter an alle", "so oft wie moeglich teilen", "in den status",
    "dieser mitteilung zu verbreiten", "diese mitteilung zu verbreiten", "an jeden im adressbuch",
    "den text verschickt", "nachrichten verschickt", "wirf zurueck", "weiterreicht", "weiterleitet hat",
    "bitte teilen ", "bitte weiterleiten ", "weitersagen ",
)  # fmt: skip
PROMISED = (
    "glueck", "pech", "wunsch", "wunder", "schutzengel", "engel", "einhorn", "geldengel", "kleeblatt",
    "kettenbrief", "kettenkuss", "kostenpflichtig", "whatsapp", "facebook", "geloescht", "gesperrt", "virus",
    "formatiert", "blutgruppe", "stammzell", "amen", "gebet", "heiligen", "lichterkette", "kerze",
    "schmetterling", "umarmung", "regierung", "impfung", "bargeld", "gangster", "gangs", "transporter",
    "rasierklinge", "kein fake", "kein witz", "kidnapp", "vergift", "strahlung", "belohnt", "gratis",
    "gutschein", "eilmeldung", "achtung", "schneeball", "rettung", "spritze", "intensivstation", "petition",
    "unterschreib", "namen unter die liste", "schwaegerin", "cousine", "profilbild", "richtlinien", "schweigen",
    "wer sie loescht", "wer die kette", "bekommst du", "wenn du sie", "wenn du es", "teilen teilen",
)  # fmt: skip
OFFERED = (
    "bitcoin", "krypto", "kredit", "darlehen", "zinsen", "schufa", "insolvenz", "gewonnen", "gewann", "lotter",
    "usd", "million", "mio", "vermoegen", "telegram", "vorkasse", "rabatt", "gratis", "gutschein", "sexy",
    "suesser", "chatten", "kostenlos", "registrieren", "verdien", "von zuhause", "am tag", "pro stunde",
    "fuers liken", "videos liken", "ausgewaehlt", "iphone", "daten eingeben", "bestaetige deine daten",
    "letzte mahnung", "inkasso", "soldat", "witwe", "vertraulich", "nette leute", "restbestand", "nur heute",
    "nur noch heute", "schreiben sie mir", "schreib mir", "konto wurde gesperrt", "lottery", "spendenaufruf",
    "euro am tag", "einfach ja antworten", "gewinnspiel", "klick hier", "klicke",
    "jetzt testen", "zahlen unter", "have won", "your number won", "to claim", "usd in", "number won",
)  # fmt: skip
OF_THE_TOWN = _words(
    "stadtverwaltung rathaus buergermeister buergermeisterin oberbuergermeister "
    "oberbuergermeisterin ordnungsamt "
    "bauhof bauamt jugendamt sozialamt standesamt tiefbauamt gruenflaechenamt "
    "friedhofsverwaltung "
    "zustaendig zustaendige zustaendigen zustaendigkeit kollegen kollegin kollege kolleginnen "
    "sachbearbeiter stadtwerke "
    "stadtrat ortsteil buergerbuero"
)
BROKEN = (
    "laterne", "lampe", "strassenlicht", "ampel", "schlagloch", "loch", "scherben", "muell", "sperrmuell",
    "tonne", "biotonne", "container", "spielplatz", "schaukel", "rutsche", "bank ", "gehweg", "radweg",
    "buergersteig", "kanal", "gully", "baum ", "ast ", "hecke", "schild", "falschpark", "geparkt", "graffiti",
    "schmierer", "kaputt", "defekt", "abgebrochen", "verstopft", "wochenmarkt", "schornsteinfeger", "bus ",
    "haltestelle", "gestreut", "baustelle",
)  # fmt: skip
BEGGED = (
    "an die stadt", "der stadt sagen", "der stadt melden", "von der stadt", "liebe stadt", "hallo stadt", "an das amt",
    "stadt gutschein", "an die gemeinde", "bei der stadt",
    "koennen sie", "koennten sie", "koennt ihr", "koenntet ihr", "darf ich", "duerfen wir", "leitet ihr",
    "leiten sie", "geben sie", "sagen sie", "teilt ihr", "verlost ihr", "habt ihr", "seid ihr", "steckt ihr",
    "wisst ihr", "warnt ihr", "machen sie", "muessen wir", "soll ich", "haben sie", "ist das genehmigt",
    "wuerde gern", "wuerden gern", "moechten gern",
)  # fmt: skip
