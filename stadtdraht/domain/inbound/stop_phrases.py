"""Whole sentences that mean STOP, in every language of the conversation; texts come as `words.plain` leaves them.

In the other languages a phrase has to be all that is said, so that a question about a stop is no stop.
"""

import re

_GERMAN = re.compile(
    r"\bkeine( weiteren?)? (nachrichten|infos|news|newsletter|mitteilungen|mails|werbung|whatsapps?)\b.*\bmehr\b.*"
    r"\b(schicken|senden|schreiben|bekommen|erhalten|haben)\b"
    r"|^(bitte )?(ich (will|moechte) )?keine (weiteren )?(nachrichten|infos|news|newsletter|mitteilungen|werbung)"
    r"( mehr)?( bitte| danke| schicken| senden)*$"
    r"|^(bitte )?(nichts|nix|nicht)( mehr| laenger)( bitte)? (schicken|senden|schreiben)( bitte)?$"
    r"|\b(schickt|schicken sie|sendet|senden sie|schreibt|schreiben sie) mir (bitte )?(nichts|nicht)( mehr)?\b"
    r"|\b(schickt|schicken sie|sendet|senden sie) mir (bitte )?keine (nachrichten|infos|news|newsletter|werbung)\b"
    r"|^(bitte )?(hiermit )?(ich )?meld(e|et|en sie)? (mich|ich mich) (bitte |hiermit )?ab( bitte)?$"
    r"|^melde mich( bitte)? ab$"
    r"|\b(nehmt|nehmen sie|entfernen sie|entfernt|loescht|streichen sie) mich (bitte )?(aus|raus)\b"
    r"|^(bitte )?aus dem verteiler( nehmen| loeschen| entfernen)?$|\blasst mich in ruhe\b"
    r"|^(bitte )?hoert? auf$|^aufhoeren$"
    r"|^(ich )?(will|moechte) (mich )?(bitte )?(abmelden|austragen)$|^ich (will|moechte) nichts mehr\b|^ich kuendige$"
    r"|\bwiderrufe (ich )?meine einwilligung\b|^bitte (um )?(abmeldung|abmelden|abbestellen|austragen)$"
    r"|^abo (beenden|kuendigen)$|^opt out$"
)
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
        r"(juz )?nie chce( juz| wiecej)*( (otrzymywac|dostawac))?( juz| wiecej)*"
        r" (wiadomosci|informacji|newslettera)( wiecej)?"
    ),
    r"(chce sie wypisac|mnie wypisac|wypiszcie mnie|rezygnuje z (wiadomosci|newslettera|subskrypcji))",
    # Arabic
    r"(لا|عدم) (ترسلوا|ترسل|ارسال)( لي| الي)?( المزيد من| اي)?( الرسايل| رسايل)?( بعد الان)?",
    r"لا (اريد|ارغب في) (تلقي |استلام )?(المزيد من |اي )?(الرسايل|رسايل|الاخبار)( بعد الان)?",
    r"(اريد )?(الغاء|وقف|ايقاف) (الاشتراك|اشتراكي|الرسايل)|لا تراسلوني|اوقفوا الرسايل",
)
_ALL_OF_IT = re.compile(rf"({_POLITE} )*(bitte )?({'|'.join(_ABROAD)})( {_POLITE})*")


def says_no_more(said: str) -> bool:
    """Whether somebody says in their own words that they want to be left alone."""
    return bool(_GERMAN.search(said) or _ALL_OF_IT.fullmatch(said))
