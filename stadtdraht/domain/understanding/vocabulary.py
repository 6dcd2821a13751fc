"""The words that words.py knows, by what they mean, as `plain` leaves them: lower case, umlauts spelt out, no accents.

German first, then the other languages of the conversation. Source: practice of towns (S2, S41, S54, S79).
"""

from collections.abc import Mapping

from stadtdraht.domain.town import Offer


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP = _words(
    "stop stopp stoppen abmelden abmeldung abbestellen abbestellung austragen kuendigen kuendigung unsubscribe quit "
    "dur durdur стоп стій зупинити зупиніть отписаться відписатися wypisz rezygnuje توقف الغاء ايقاف iptal "
    "durdurun zatrzymaj اوقف ende end beenden schluss cancel annuler arretez abbestelen apbestellen abbestelln abmeldn "
    "abmelde wypisuje отписка"
)
STOP_TYPED = _words(  # what a finger makes of "stop" and "stopp"
    "tsop sotp stpo stopo stob sstop dtop stp st0p st0pp stiop stoop sttop stoip"
)
STOP_SIGNS = frozenset("🛑⛔🚫✋")
STOP_PHRASES = _words("optout stopall revoke")
LOOKS_LIKE = str.maketrans("асеорхут", "aceopxyt")  # Cyrillic letters that only look Latin, in a word that is Latin
NO_MORE, NO_MORE_SURE = _words("kein keine keinen no"), _words("mehr more bitte please")
HOW_IT_STANDS = frozenset(
    ("wie ist der stand meiner meldung", "wie ist der stand", "was ist mit meiner meldung",
     "wie steht es um meine meldung", "was macht meine meldung")
)  # fmt: skip
POLITE = _words(
    "bitte danke jetzt sofort alles alle komplett ich will moechte mich mir das den die der dem des "
    "newsletter whatsapp "
    "nachrichten dienst und nur please now all hier doch mal endlich wieder von vom zum euch ihnen sie gerne "
    "gern lieber "
    "auch noch haben bekommen abonnieren fuer an a the me to i want would like "
    "thanks luetfen lutfen tesekkuerler tesekkurler aboneligi et "
    "будь ласка дякую пожалуйста спасибо prosze dziekuje mnie "
    "من فضلكم فضلك شكرا الاشتراك"
)
GREETING = _words(
    "mahlzeit hallo hi hey hello moin servus tach start anmelden anmeldung menue menu info los beginnen "
    "merhaba selam salam salut hola ciao привет здравствуйте привіт вітаю witam czesc مرحبا السلام اهلا старт "
    "guenaydin gunaydin basla baslat почати начать zacznij ابدا "
    "guten gruess gruesse"
)
GREETING_BEGUN = _words("guten gruess gruesse")  # say nothing alone
GREETING_REST = _words(
    "liebe lieber liebes stadt team zusammen rathaus buergermeister frau herr an das die der alle gott tag "
    "morgen abend "
    "ihr da und euch ihnen sie good dzien dobry gunaydin iyi gunler guenler guten nochmal wieder einmal"
)
GREETING_PHRASES = frozenset(
    ("guten morgen", "guten tag", "guten abend", "gruess gott", "good morning", "dzien dobry", "iyi gunler",
     "iyi guenler",
     "добрый день", "добрий день", "صباح الخير")
)  # fmt: skip
YES = _words("ja jo jawohl ok okay gern gerne klar yes einverstanden bestaetigen passt evet так да tak نعم oui")
NO = _words("nein ne nee nicht no abbrechen hayir нет ні nie لا")
THANKS = _words(
    "danke dankeschoen dank merci thanks thank tesekkuer tesekkur "
    "tesekkuerler tesekkurler super prima toll спасибо дякую dziekuje شكرا "
    "vielen herzlichen besten lieben"
)
POLITE_END = _words(  # what may stand behind a STOP and changes nothing
    "bitte danke dankeschoen dank merci thanks thank you schoen sehr vielen herzlichen besten lieben ihnen euch dir "
    "fuer alles nochmal trotzdem vorab im voraus please gruss gruesse lg mfg vg sofort jetzt mich"
)
THANKS_SIGNS = frozenset("👍👌🙏👏💪🤝❤♥💚💙🧡💛💜🩷😊🙂😀😃😄😁🥰😍🤗🎉🌷🌹💐🍀")  # said with nothing else
THANKS_REST = _words(
    "dir ihnen euch nochmal schoen schnelle gute tolle liebe nette muehe arbeit rueckmeldung nachricht bearbeitung "
    "unterstuetzung reaktion erledigung "
    "fuer die das den ihre deine eure antwort hilfe info infos information auskunft sehr you und ederim bardzo جزيلا"
)
SUBSCRIBE = _words("abonnieren abonniere bestellen bestelle beziehen erhalten kriegen buchen aktivieren")
BOTH = _words(
    "beides beide beiden zwoa zwei allem komplettpaket komplett programm jedno الاثنين بالاثنين التنتين "
    "alles alle both everything ikisi hepsi oba obie wszystko оба обидва все усе كلاهما الكل "
)
OFFERS: Mapping[Offer, frozenset[str]] = {
    Offer.NEWS: _words(
        "news neuigkeiten infos nachrichten newsletter neues haberler новини новости aktualnosci اخبار الاخبار"
    ),
    Offer.CHAT: _words("chat gespraech chatten buergermeister sprechstunde"),
    Offer.REPORTS: _words("melder meldungen meldung melden maengelmelder anliegen"),
    Offer.CRISIS: _words(
        "warnung warnungen krise krisenmeldungen krisenmeldung krisenwarnung krisenwarnungen katastrophenwarnung "
        "katastrophenwarnungen warnmeldung warnmeldungen gefahrenwarnung gefahrenwarnungen alarm warnings alerts "
        "uyarilar попередження предупреждения ostrzezenia تحذيرات التحذيرات"
    ),
}
COMMANDS: Mapping[str, frozenset[str]] = {
    "privacy": frozenset(("datenschutz", "privacy", "dsgvo", "gizlilik", "конфіденційність", "конфиденциальность")),
    "imprint": frozenset(("impressum", "imprint")),
    "help": frozenset(
        ("hilfe", "help", "befehle", "yardim", "pomoc", "допомога", "помощь", "مساعدة", "المساعدة",
         "was kannst du", "menue hilfe")
    ),
    "my_data": frozenset(
        (
            "auskunft", "meine daten", "auskunft bitte", "datenauskunft", "was habt ihr ueber mich gespeichert",
            "was haben sie ueber mich gespeichert", "was wisst ihr ueber mich", "was wissen sie ueber mich", "my data",
            "verilerim", "moje dane", "мої дані", "мои данные", "بياناتي", "welche daten habt ihr von mir",
            "welche daten haben sie von mir", "selbstauskunft", "was speichert ihr ueber mich",
            "was speichern sie ueber mich", "datenauskunft nach dsgvo", "dsgvo auskunft", "auskunft nach dsgvo",
        )
    ),
    "erase": frozenset(
        (
            "loeschen", "alles loeschen", "meine daten loeschen", "daten loeschen", "loescht meine daten",
            "loeschen sie meine daten", "bitte loeschen sie meine daten", "bitte meine daten loeschen",
            "bitte alles loeschen", "loescht alles", "loesche meine daten", "bitte loescht meine daten", "delete",
            "delete my data", "delete everything", "verilerimi sil", "usun moje dane", "видалити мої дані",
            "удалить мои данные", "احذف بياناتي", "konto loeschen", "mein profil loeschen",
            "loesch mich", "loescht mich", "loeschen sie mich", "meine nummer loeschen", "loeschen sie meine nummer",
            "loescht meine nummer", "loesch meine nummer", "mich loeschen",
        )
    ),
    "topics": frozenset(("themen", "topics", "thema", "themen waehlen", "themen aendern", "konular",
                   "tematy", "теми", "темы")),
    "district": frozenset(
        ("stadtteil", "ortsteil", "stadtteile", "ortsteile", "bezirk", "district", "wohnort", "mahalle", "dzielnica")
    ),
    "language": frozenset(
        ("sprache", "sprachen", "language", "languages", "sprache aendern", "change language", "dil", "jezyk", "мова",
         "язык", "اللغة", "لغة")
    ),
}  # fmt: skip
LANGUAGE_WORDS: Mapping[str, frozenset[str]] = {
    "de-easy": frozenset(
        (
            "leichte sprache",
            "einfache sprache",
            "einfaches deutsch",
            "easy german",
            "leichter sprache",
            "einfacher sprache",
            "leichtem deutsch",
            "einfachem deutsch",
            "einfach deutsch",
            "einfacher",
            "leicht schreiben",
            "schwere woerter",
            "zu schwer",
        )
    ),
    "de": _words("deutsch german almanca niemiecki німецька немецкий"),
    "en": _words("english englisch ingilizce англійською английском angielsku inglizi"),
    "tr": _words("tuerkisch turkish turkce tuerkce"),
    "uk": _words("ukrainskoyu ukrainisch ukrainian українська українською"),
    "ar": _words("3arabi arabi arabisch arabic بالعربيه بالعربي عربي العربية عربية"),
    "pl": _words("polnisch polish polski polsku"),
    "ru": _words("по-русски russki russisch russian русский русски русском"),
}
LANGUAGE_REST = _words(
    "auf in bitte please sprechen antworten antworten schreiben sie po по speak i do you ich moechte sprache "
    "dil dili jezyk мова язык لغة اللغة"
)
LIVES = frozenset(("ich wohne in", "ich wohne im", "wohne in", "ich komme aus", "ich lebe in", "mein stadtteil ist",
                   "mein ortsteil ist", "ortsteil", "stadtteil", "wohnort", "i live in"))  # fmt: skip
TOPIC_REST = _words(
    "thema themen und bitte auch noch nur ueber zu zum zur fuer ich moechte will nachrichten infos news haben bekommen "
    "and about abonnieren waehlen"
)
