"""Whole sentences that mean STOP, in every language of the conversation; texts come as `plain` leaves them.

A phrase has to be all that is said, but for thanks and a signature: a complaint about missing news is no STOP, nor is a
question about one. In doubt nothing ends, and staff read the message.
"""

import re

_THINGS = r"(nachrichten|infos|news|newsletter|mitteilungen|mails|werbung|whatsapps?)"
_WANT = r"(will|moechte|wuensche|brauche)"
_FROM = r"( von (euch|ihnen|dir|der stadt|hier))?"
_LIST = r"(aus|von) ((dem|der|eurem|ihrem|eurer|ihrer) )?(verteiler|newsletter|verteilerliste|mailingliste|liste)"
_ME = r"(mich|(meine )?(handy|telefon|mobil)?nummer)"
_TAKE = r"(nehmt|nehmen sie|entfernt|entfernen sie|loescht|loeschen sie|streicht|streichen sie|tragt|tragen sie)"
_AT_HOME = (
    (
        rf"(ich {_WANT} )?keine( weiteren)? {_THINGS}( mehr)?{_FROM}( mehr)?"
        r"( (schicken|senden|schreiben|bekommen|erhalten|haben))?"
    ),
    (
        rf"(ich {_WANT} )?(nichts|nix|nicht)( mehr| laenger)( bitte)?{_FROM}"
        r" (schicken|senden|schreiben|anschreiben|kontaktieren)"
    ),
    (
        rf"(schickt|schicken sie|sendet|senden sie|schreibt|schreiben sie) mir (bitte )?"
        rf"(nichts|nicht|keine( weiteren)? {_THINGS})( mehr)?{_FROM}"
    ),
    r"(ich )?meld(e|et|en sie)? (mich|ich mich)( bitte| hiermit)?( (vom|von dem) (newsletter|dienst))? ab",
    rf"{_TAKE} {_ME}( bitte)? ({_LIST}( raus| heraus| aus)?|raus|heraus|aus)",
    rf"(ich {_WANT} )?({_ME} )?(bitte )?{_LIST} (nehmen|loeschen|entfernen|streichen|austragen|raus)",
    r"aus dem verteiler|opt out|kein interesse mehr|ich kuendige|abo (beenden|kuendigen)",
    r"lasst mich( bitte)? in ruhe|aufhoeren|hoert? (bitte )?auf( mir)?( (nachrichten )?zu (schreiben|schicken))?",
    r"(ich )?(will|moechte) (mich )?(bitte )?(abmelden|austragen)|um (abmeldung|abmelden|abbestellen|austragen)",
    r"ich (will|moechte) nichts mehr von (euch|ihnen|der stadt)( hoeren| bekommen| lesen| erhalten)?",
    (
        r"(ich )?(moechte|will) (den|diesen|euren|ihren) (dienst|service|newsletter) nicht (mehr|laenger)"
        r" (nutzen|haben|bekommen|erhalten)"
    ),
    r"(ich )?widerrufe (ich )?(hiermit )?meine einwilligung( (zum|in den|fuer den) newsletter)?",
)
_FRAME = r"bitte|hiermit|ab sofort|sofort|danke"
_POLITE = r"(please|hello|luetfen|lutfen|artik|будь ласка|прошу|пожалуйста|prosze|من فضلكم|من فضلك|ارجو|الرجاء)"
_ABROAD = (
    # English
    r"(i )?(do not|don t|dont) want (any )?(more )?(messages|texts|news|newsletters?)( any ?more| from you)*",
    r"no (more )?(messages|texts|news|newsletters?)( any ?more| thanks)?",
    r"stop (sending|texting|messaging|writing)( to)?( me)?( any| more)*( messages| texts| news)?",
    (
        r"(do not|don t|dont) (text|message|contact|write|send)( to)? me"
        r"( any| more| messages| texts| news| again| anymore)*"
    ),
    r"(remove|take) me (from|off)( of)?( the| this| your)?( mailing)? list|unsubscribe me|leave me alone",
    # Turkish; with ö and ü as they are typed, too
    r"(bana )?(mesaj|haber|bildirim|bueltem|bulten)\w*( daha)? (g(oe|o)nder|yolla|at|yaz)m(e|a)(yin|yiniz)?",
    r"(bana )?(daha )?(mesaj|haber|bildirim)\w*( almak| okumak)? istemiyorum",
    r"(aboneligimi|uyeligimi|ueyeligimi) (iptal|sonlandir|sil)\w*( edin| et| ediyorum| etmek istiyorum)?",
    r"(beni )?listeden (cikar|sil)\w*( beni)?|ayrilmak istiyorum",
    # Ukrainian
    (
        r"((більше )?не|не треба) (надсилайте|надсилати|присилайте|пишіть|шліть)( мені)?( більше)?"
        r"( повідомлень| повідомлення| новин| новини)?( більше)?"
    ),
    r"(я )?(більше )?не хочу (більше )?((отримувати|одержувати) )?(повідомлень|повідомлення|новин|новини)( більше)?",
    r"(я )?хочу відписатися|відпишіть мене",
    # Russian
    (
        r"(больше )?не (надо )?(присылайте|присылать|пишите|писать|отправляйте|шлите)( мне)?( больше)?"
        r"( сообщений| сообщения| новости| новостей)?( больше)?"
    ),
    r"(я )?(больше )?не хочу (больше )?(получать )?(сообщений|сообщения|новости|новостей)( больше)?",
    r"(я )?хочу отписаться|отпишите меня",
    # Polish
    (
        r"nie (wysylaj\w*|wysylac|przysylaj\w*|przysylac|piszcie|pisac)( mi| do mnie)?( juz| wiecej)*"
        r"( zadnych)?( wiadomosci| informacji| newslettera)?( wiecej)?"
    ),
    (
        r"(juz )?nie chce( juz| wiecej){0,2}( (otrzymywac|dostawac))?( juz| wiecej){0,2}"
        r" (wiadomosci|informacji|newslettera)( wiecej)?"
    ),
    r"(chce sie wypisac|mnie wypisac|wypiszcie mnie|rezygnuje z (wiadomosci|newslettera|subskrypcji))",
    # Arabic
    r"(لا|عدم) (ترسلوا|ترسل|ارسال)( لي| الي)?( المزيد من| اي)?( الرسايل| رسايل)?( بعد الان)?",
    r"لا (اريد|ارغب في) (تلقي |استلام )?(المزيد من |اي )?(الرسايل|رسايل|الاخبار)( بعد الان)?",
    r"(اريد )?(الغاء|وقف|ايقاف) (الاشتراك|اشتراكي|الرسايل)|لا تراسلوني|اوقفوا الرسايل",
)
_ALL_OF_IT = re.compile(
    rf"(({_FRAME}) ){{0,3}}({'|'.join(_AT_HOME)})( ({_FRAME}|mehr)){{0,3}}"
    rf"|({_POLITE} ){{0,3}}(bitte )?({'|'.join(_ABROAD)})( {_POLITE}){{0,3}}"
)
_SIGNS = re.compile(
    r" (mit )?((freundliche|viele|liebe|beste|schoene)n? )?(gruss|gruesse|gruessen|lg|mfg|vg)( \w{1,40}){0,4}$"
)


def says_no_more(said: str) -> bool:
    """Whether somebody says in their own words that they want to be left alone."""
    return bool(_ALL_OF_IT.fullmatch(without_signature(said)))


def without_signature(said: str) -> str:
    """The text without a greeting formula at its end and up to four words of a name behind it."""
    return _SIGNS.sub("", said)
