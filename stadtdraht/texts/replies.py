"""Every sentence of a conversation, by language and name. German always; what a language lacks is said in German.

A town may override any of them in its file, under [texts.de]. Names in braces are filled in `stadtdraht.usecases.word_reply`.
"""

from collections.abc import Mapping

from stadtdraht.domain.town import Town

DE: Mapping[str, str] = {
    "greeting": "{greeting}\n\nWas möchten Sie bekommen?\n{offers}\n\nWas mit Ihren Daten geschieht: {privacy_url}",
    "greeting_default": "Guten Tag und willkommen bei *{service_name}*!",
    "greeting_received": "Danke, Ihre Nachricht ist bei der Stadt {town} angekommen. {answered_when}\n\n{offers_line}\n{offers}\n\nWas mit Ihren Daten geschieht: {privacy_url}",
    "offers_line": "Außerdem können Sie hier bekommen:",
    "offer_line": "• *{label}*: {description}",
    "both": "Beides",
    "all": "Alles",
    "choose_button": "Auswählen",
    "ask_name": "Gern! Wie ist Ihr Vor- und Nachname? Die Stadt {town} möchte wissen, mit wem sie spricht. Schreiben Sie einfach Ihren Namen.",
    "ask_consent": "{address}Möchten Sie *{offers_named}* von der Stadt {town} auf WhatsApp bekommen?\n\nMit „Ja“ willigen Sie ein, dass die Stadt Ihnen dafür schreibt. Das gilt, bis Sie *STOP* schreiben. Datenschutz: {privacy_url}",
    "yes": "Ja, bitte",
    "no": "Nein, danke",
    "address": "Danke, {name}. ",
    "welcome": "Vielen Dank{comma_name}! Ab jetzt bekommen Sie *{offers_named}*.\n\nAbbestellen können Sie jederzeit mit *STOP*, einzelne Angebote zum Beispiel mit „nur {first_offer} abbestellen“.",
    "has_it": "*{offers_named}* bekommen Sie schon. Mit *STOP* können Sie sich jederzeit abmelden.",
    "not_now": "In Ordnung, es ändert sich nichts. Schreiben Sie „Hallo“, wenn Sie es sich anders überlegen.",
    "goodbye": "Sie sind abgemeldet und bekommen keine Nachrichten mehr von uns. Wenn Sie der Stadt schreiben, antworten wir Ihnen natürlich. Mit „Start“ können Sie sich wieder anmelden.",
    "left": "Von *{offers_named}* sind Sie abgemeldet. Ihre anderen Angebote bleiben bestehen.",
    "emergency": "*Im Notfall wählen Sie bitte sofort 112 (Feuerwehr, Rettungsdienst) oder 110 (Polizei).*\n\nÜber WhatsApp kann niemand Hilfe schicken.",
    "courtesy": "Danke für Ihre Nachricht. Über *{service_name}* informiert Sie die Stadt {town}; Nachrichten werden hier nicht regelmäßig gelesen. Mit einem Anliegen erreichen Sie uns unter {phone} oder {email}.",
    "received": "Danke, Ihre Nachricht ist bei der Stadt {town} angekommen. {answered_when}",
    "answered_when": "Wir melden uns so bald wie möglich.",
    "answered_when_reports": "Eine erste Rückmeldung bekommen Sie innerhalb von {feedback_days} Arbeitstagen.",
    "not_readable": "Diese Art von Nachricht können wir hier leider nicht lesen. Bitte schreiben Sie uns einen Text oder schicken Sie ein Foto.",
    "thanks": "Gern geschehen!",
    "privacy": "So geht die Stadt {town} mit Ihren Daten um: {privacy_url}",
    "imprint": "Impressum von *{service_name}*: {imprint_url}",
    "help": "So geht es:\n• „Hallo“ zeigt alle Angebote.\n• „STOP“ meldet Sie von allem ab.\n• „nur {first_offer} abbestellen“ beendet ein einzelnes Angebot.\n• „Datenschutz“ und „Impressum“ führen zu den Seiten der Stadt.\n\nIm Notfall wählen Sie 112 oder 110.",
    "and": " und ",
}
EN: Mapping[str, str] = {
    "greeting": "{greeting}\n\nWhat would you like to receive?\n{offers}\n\nWhat happens with your data: {privacy_url}",
    "greeting_received": "Thank you, your message has reached the town of {town}. {answered_when}\n\n{offers_line}\n{offers}\n\nWhat happens with your data: {privacy_url}",
    "offers_line": "You can also receive here:",
    "both": "Both",
    "all": "Everything",
    "choose_button": "Choose",
    "ask_name": "With pleasure! What is your first and last name? The town of {town} would like to know whom it is talking to.",
    "ask_consent": "{address}Would you like to receive *{offers_named}* from the town of {town} on WhatsApp?\n\nBy “Yes” you agree that the town writes to you for this, until you write *STOP*. Privacy: {privacy_url}",
    "yes": "Yes, please",
    "no": "No, thanks",
    "address": "Thank you, {name}. ",
    "welcome": "Thank you{comma_name}! From now on you receive *{offers_named}*.\n\nYou can unsubscribe at any time with *STOP*.",
    "has_it": "You receive *{offers_named}* already. You can unsubscribe at any time with *STOP*.",
    "not_now": "All right, nothing changes. Write “Hallo” if you change your mind.",
    "goodbye": "You are unsubscribed (abgemeldet) and receive no more messages from us. If you write to the town, we will of course answer. Write “Start” to come back.",
    "left": "You are unsubscribed from *{offers_named}*. Your other choices stay.",
    "emergency": "*In an emergency call 112 (fire, ambulance) or 110 (police) at once.*\n\nNobody can send help through WhatsApp.",
    "courtesy": "Thank you for your message. With *{service_name}* the town of {town} informs you; messages are not read here regularly. Please reach us at {phone} or {email}.",
    "received": "Thank you, your message has reached the town of {town}. {answered_when}",
    "answered_when": "We will get back to you as soon as we can.",
    "answered_when_reports": "You will hear from us within {feedback_days} working days.",
    "not_readable": "We cannot read this kind of message here. Please write a text or send a photo.",
    "thanks": "You are welcome!",
    "privacy": "How the town of {town} treats your data: {privacy_url}",
    "imprint": "Legal notice of *{service_name}*: {imprint_url}",
    "help": "How it works:\n• “Hallo” shows all offers.\n• “STOP” ends everything.\n\nIn an emergency call 112 or 110.",
    "and": " and ",
}
BY_LANGUAGE: Mapping[str, Mapping[str, str]] = {"de": DE, "en": EN}


def text(town: Town, language: str, name: str) -> str:
    """The town's own wording in the language, else ours, else the town's German, else ours in German."""
    own = {(lang, of): wording for lang, of, wording in town.texts}
    for lang in (language, "de"):
        if (wording := own.get((lang, name)) or BY_LANGUAGE.get(lang, {}).get(name)) is not None:
            return wording
    raise KeyError(name)
