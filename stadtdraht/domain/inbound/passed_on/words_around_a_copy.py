"""Words that people put around a warning which they pass on, and that change nothing of what it says.

As `plain` leaves them. What is not here counts as a change of the warning, so nothing is here that tells anybody what
is so, where, when or what to do; and no "not".
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HARMLESS = _words(
    # greeting, asking, thanking
    "hallo hi hey moin servus guten zusammen gruess gott liebe lieber liebes stadt rathaus team leute ihr "
    "sie euch ihnen bitte danke dank vielen sehr geehrte geehrten damen herren herr frau lg vg mfg gruss "
    "gruesse viele freundliche freundlichen mit mal kurze kurz frage fragen wollte will moechte bin "
    "wissen sagen koennen koennt koennten pruefen bestaetigen antworten antwort hilfe eilt dringend "
    "wichtig achtung info infos zur kenntnis stimmt stimmts stimmen ist isses is das dat des dies diese "
    "dieser dieses so jetzt wirklich tatsaechlich echt echte echten echtes real fake falsch wahr richtig "
    "richtige serioes oder und auch hier da denn ja na hm oh aha puh ernst gemeint amtlich amtliche "
    "offiziell offizielle von vom der die dem den ein eine einer einem eurer ihrer ihre eure uns unserer "
    "unsere unserem meiner meine meinem mein ich mir mich wir man kommt kam stammt was haltet halten "
    "davon dazu glauben glaube trauen verunsichert unsicher angst mache sorgen schaut schau seht sehen "
    "lest lesen gelesen gesehen gefunden wer weiss "
    # how it reached them
    "habe hab haben hat habs gerade grad eben heute gestern soeben vorhin bekommen gekriegt erhalten "
    "geschickt schickt schickte schrieb schreibt gesendet gesandt weitergeleitet weitergeleitete "
    "weitergesagt geteilt gepostet kopiert kopie zugeschickt rumgeschickt reingestellt ueber per whatsapp "
    "facebook sms mail aus in im bei nachricht meldung text warnung folgende folgendes folgender "
    "unten oben angehaengt tante onkel oma opa mutter mama mutti vater papa schwester bruder tochter sohn "
    "nichte neffe cousine cousin nachbar nachbarn nachbarin freund freundin freunde kollege kollegin "
    "kollegen bekannte bekannter bekannten schwager schwaegerin schwiegermutter enkel enkelin chef chefin "
    "vermieter familie eltern jemand einige mehrere alle allen macht geht rum runde rund kursiert rein "
    "ganz aufgeregt aufgeloest wegen ob muss muesste gestellt "
    # passing it on
    "teilen teilt teile weiterleiten leitet leite leiten weiter weitersagen sagt sag weitergeben gebt "
    "verbreiten verteilen an anderen kontakte gruppe gruppen "
    # the line's own words, and what marks a quotation or a cut
    "abbestellen stop jederzeit zitat original anfang ende mehr weiterlesen anzeigen notfall 112 110 "
    # other languages
    "hello dear town city it this that true please thanks thank you share forward forwarded from my "
    "sister brother mother father friend neighbour neighbor got received sent me a the i just can confirm "
    "merhaba lutfen bu gercek mi dogru mu acaba tesekkurler tesekkuer paylasin luetfen dogrumu gercekmi "
    "bana geldi dzien dobry czy to prawda prawdziwe prosze dziekuje przeslano udostepnij od mojej mojego "
    "siostry dostalam dostalem добрий день чи це правда справжнє прошу дякую будь ласка поширте переслано "
    "від мені надіслали отримала отримав здравствуйте это настоящее пожалуйста спасибо поделитесь от мне "
    "прислали получила получил ли مرحبا هل هذا صحيح حقيقي من فضلكم شكرا وصلني انشروا"
)
HARMLESS_ENDINGS = ("gruppe", "chat", "kanal", "status", "club", "verein")
BEFORE_A_NAME = _words(
    "von vom mir tante onkel oma opa frau herr schwester bruder nachbarin nachbar freundin freund "
    "kollegin kollege lg gruss gruesse from by od від от"
)
AFTER_A_NAME = _words("hat schickt schickte schrieb schreibt sent")
FRAMES = (  # beside those of the town's own templates
    "Amtliche Warnung", "Betroffen ist", "Betroffen", "Gebiet", "Die Warnung gilt bis", "Gültig bis",
    "Gilt bis", "Es warnt", "Herausgeber", "Was ist passiert", "Was sollen Sie tun",
    "Was Sie jetzt tun sollten", "Bitte tun Sie jetzt dies", "Das sollen Sie jetzt tun",
    "Ob diese Warnung echt ist, sehen Sie", "Ob diese Warnung echt ist, sehen Sie hier", "sehen Sie unter",
    "Ob diese Warnung echt ist, sehen Sie unter", "im Internet", "Mehr dazu", "Uhr",
    "Im Notfall wählen Sie 112 oder 110. Abbestellen jederzeit mit STOP.", "Guten Tag", "Guten Morgen",
    "Guten Abend", "Schönen Tag noch", "Liebe Stadt", "good morning", "good evening", "Gilt das noch",
    "Gilt die noch", "Gilt sie noch", "Gilt die Warnung noch", "Ist die Warnung noch gültig",
    "Ist das noch aktuell", "Ist die noch aktuell", "Ist das noch gültig", "oder nicht", "Wie lange gilt das",
    "Wann ist das vorbei", "Ist das schon vorbei", "Ist das von der Feuerwehr", "Kommt das von der Feuerwehr",
    "Ist das von der Polizei", "Kommt das von der Polizei", "Official warning", "Area", "Valid until",
    "This warning holds until", "What you should do now", "Please do this now", "Issued by",
    "Check that this warning is real at", "on the web", "In an emergency call 112 or 110.",
)  # fmt: skip
NO_NAMES = _words("sofort schnell alle raus weg nur neu jetzt auch nun bitte achtung")
OF_A_FRAME = _words("was wo wann bis tun wer mehr betroffen gebiet achtung amtliche warnung")
NEGATIONS = _words(
    "nicht nichts kein keine keinen keinem keiner keinerlei nie niemals ohne not no never dont don "
    "without yok degil zadnych bez не ни нет без ні немає لا بدون دون غير"
)
ASKS_WHETHER_REAL = (
    "stimmt das", "stimmt dies", "stimmt es", "ist das echt", "ist dies echt", "ist die echt", "ist das wahr",
    "ist das von euch", "ist das von ihnen", "ist das richtig", "ist das real", "ist das fake", "ist das ein fake",
    "ist das serioes", "echt oder fake", "is this real", "is this true", "is it true", "is that true", "dogru mu",
    "gercek mi", "czy to prawda", "это правда", "чи це правда", "هل هذا صحيح", "هل هذا حقيقي",
)  # fmt: skip
