"""What a person hears about a contest, by language and name. A town may override any of it under [texts.de].

Numbers stand beside their noun, never before it, so that no language has to bend the noun. Buttons: 20 characters.
"""

from collections.abc import Mapping

from stadtdraht.domain.contests.contest import Contest, ContestForm
from stadtdraht.domain.town import Town
from stadtdraht.texts.wording import worded

DE: Mapping[str, str] = {
    "call_terms": "Schön, dass Sie mitmachen: *{title}*!\n\nBitte lesen Sie zuerst die Teilnahmebedingungen: {terms_url}\n\n• Einsendeschluss: {deadline} Uhr\n• Einsendungen je Person: höchstens {most}\n• Alle Einsendungen löschen wir am {delete_on}.{guardian}\n\nSind Sie einverstanden?",
    "call_guardian": "\n• Sind Sie unter 18? Dann müssen Ihre Eltern oder Sorgeberechtigten zustimmen.",
    "call_yes": "Ja, einverstanden",
    "call_no": "Nein, danke",
    "call_entered": "Vielen Dank! Ihre Einsendung für *{title}* ist angekommen ({count} von {most}). Einsendeschluss ist am {deadline} Uhr.",
    "call_full": "Danke! Für *{title}* haben wir von Ihnen schon alle {most} Einsendungen bekommen; diese können wir nicht mehr dazunehmen.",
    "call_late": "Vielen Dank für Ihre Mühe! Leider ist *{title}* schon zu Ende: Einsendeschluss war am {deadline} Uhr. Deshalb kann Ihre Einsendung nicht mehr teilnehmen. Wir freuen uns, wenn Sie beim nächsten Mal dabei sind.",
    "call_declined": "In Ordnung, Ihre Einsendung nimmt nicht teil. Wenn Sie es sich anders überlegen, schicken Sie sie bis {deadline} Uhr einfach noch einmal.",
    "call_wrong_form": "Für *{title}* brauchen wir ein Foto. Bitte schicken Sie es hier als Bild (kein Video, keine Datei), gern mit dem Stichwort „{keyword}“ als Bildunterschrift.",
    "call_wrong_form_text": "Für *{title}* brauchen wir Ihre Antwort als Text. Bitte schreiben Sie sie zusammen mit dem Stichwort „{keyword}“ in eine Nachricht.",
    "call_reminder": "*{title}* endet bald: Einsendeschluss ist am {deadline} Uhr. Noch möglich: {left} von {most} Einsendungen. Wir freuen uns darauf!",
}
DE_EASY: Mapping[str, str] = {
    "call_terms": "Schön, dass Sie mitmachen!\nEs geht um: *{title}*.\n\nEs gibt Regeln für das Mitmachen.\nBitte lesen Sie die Regeln hier: {terms_url}\n\n• Das Ende ist am {deadline} Uhr.\n• So viel dürfen Sie höchstens schicken: {most}.\n• Wir löschen alles am {delete_on}.{guardian}\n\nSind Sie mit den Regeln einverstanden?",
    "call_guardian": "\n• Sind Sie jünger als 18 Jahre? Dann müssen Ihre Eltern Ja sagen.",
    "call_yes": "Ja, einverstanden",
    "call_no": "Nein, danke",
    "call_entered": "Danke! Ihre Nachricht für *{title}* ist da.\nDas ist Nummer {count} von {most}.\nDas Ende ist am {deadline} Uhr.",
    "call_full": "Danke!\nSie haben für *{title}* schon alles geschickt, was erlaubt ist: {most}.\nMehr geht leider nicht.",
    "call_late": "Danke für Ihre Mühe!\nAber *{title}* ist leider schon zu Ende.\nDas Ende war am {deadline} Uhr.\nIhre Nachricht kommt zu spät. Sie kann nicht mehr mitmachen.\nVielleicht machen Sie beim nächsten Mal mit. Das freut uns.",
    "call_declined": "In Ordnung. Sie machen nicht mit.\nSie möchten doch mitmachen? Dann schicken Sie Ihre Nachricht noch einmal. Das geht bis {deadline} Uhr.",
    "call_wrong_form": "Für *{title}* brauchen wir ein Foto.\nBitte schicken Sie das Foto als Bild. Kein Video. Keine Datei.\nSie können dieses Wort dazu schreiben: {keyword}",
    "call_wrong_form_text": "Für *{title}* brauchen wir einen Text.\nBitte schreiben Sie Ihre Antwort.\nSchreiben Sie dieses Wort dazu: {keyword}",
    "call_reminder": "*{title}* ist bald zu Ende.\nDas Ende ist am {deadline} Uhr.\nSie dürfen noch etwas schicken: {left} von {most}.",
}
EN: Mapping[str, str] = {
    "call_terms": "Great that you are taking part: *{title}*!\n\nPlease read the terms first: {terms_url}\n\n• Deadline: {deadline} (German time)\n• Entries per person: {most} at most\n• We delete all entries on {delete_on}.{guardian}\n\nDo you agree?",
    "call_guardian": "\n• Are you under 18? Then your parents or guardians have to agree.",
    "call_yes": "Yes, I agree",
    "call_no": "No, thanks",
    "call_entered": "Thank you! Your entry for *{title}* has arrived ({count} of {most}). The deadline is {deadline}.",
    "call_full": "Thank you! We already have all {most} entries from you for *{title}*, so this one cannot be added.",
    "call_late": "Thank you for your effort! Unfortunately *{title}* is over: the deadline was {deadline}, so your entry can no longer take part. We would be glad to see you next time.",
    "call_declined": "All right, your entry does not take part. If you change your mind, just send it again by {deadline}.",
    "call_wrong_form": "For *{title}* we need a photo. Please send it here as a picture (no video, no file), with the word “{keyword}” as its caption if you like.",
    "call_wrong_form_text": "For *{title}* we need your answer as text. Please write it together with the word “{keyword}” in one message.",
    "call_reminder": "*{title}* ends soon: the deadline is {deadline}. You can still send: {left} of {most} entries. We look forward to them!",
}
TR: Mapping[str, str] = {
    "call_terms": "Katıldığınız için teşekkürler: *{title}*!\n\nLütfen önce katılım koşullarını okuyun: {terms_url}\n\n• Son gönderim: {deadline} (Almanya saati)\n• Kişi başına gönderi: en fazla {most}\n• Tüm gönderileri şu tarihte sileriz: {delete_on}.{guardian}\n\nKabul ediyor musunuz?",
    "call_guardian": "\n• 18 yaşından küçük müsünüz? O zaman ebeveynlerinizin veya velinizin onayı gerekir.",
    "call_yes": "Evet, kabul",
    "call_no": "Hayır, teşekkürler",
    "call_entered": "Teşekkürler! *{title}* için gönderiniz ulaştı ({count}/{most}). Son gönderim: {deadline}.",
    "call_full": "Teşekkürler! *{title}* için gönderi sınırına ({most}) ulaştınız; bu gönderiyi ekleyemiyoruz.",
    "call_late": "Emeğiniz için teşekkürler! Ne yazık ki *{title}* sona erdi: son gönderim {deadline} idi. Gönderiniz artık katılamıyor. Bir dahaki sefere sizi aramızda görmekten mutluluk duyarız.",
    "call_declined": "Tamam, gönderiniz katılmıyor. Fikrinizi değiştirirseniz yeniden gönderin; son gönderim: {deadline}.",
    "call_wrong_form": "*{title}* için bir fotoğrafa ihtiyacımız var. Lütfen buraya resim olarak gönderin (video veya dosya değil); isterseniz açıklamasına „{keyword}“ yazın.",
    "call_wrong_form_text": "*{title}* için yanıtınızı metin olarak bekliyoruz. Lütfen „{keyword}“ kelimesiyle birlikte tek mesajda yazın.",
    "call_reminder": "*{title}* yakında bitiyor. Son gönderim: {deadline}. Kalan gönderi hakkınız: {left}/{most}.",
}
UK: Mapping[str, str] = {
    "call_terms": "Раді, що ви берете участь: *{title}*!\n\nСпочатку прочитайте, будь ласка, умови участі: {terms_url}\n\n• Кінцевий термін: {deadline} (час Німеччини)\n• Найбільша кількість робіт від однієї особи: {most}\n• Усі роботи ми видалимо: {delete_on}.{guardian}\n\nВи погоджуєтеся?",
    "call_guardian": "\n• Вам менше 18 років? Тоді потрібна згода батьків або опікунів.",
    "call_yes": "Так, погоджуюсь",
    "call_no": "Ні, дякую",
    "call_entered": "Дякуємо! Вашу роботу для *{title}* отримано ({count} з {most}). Кінцевий термін: {deadline}.",
    "call_full": "Дякуємо! Для *{title}* ви вже надіслали все, що можливо (робіт: {most}). Цю ми додати не можемо.",
    "call_late": "Дякуємо за ваші старання! На жаль, *{title}* вже завершено: кінцевий термін був {deadline}. Ваша робота вже не може брати участі. Будемо раді бачити вас наступного разу.",
    "call_declined": "Добре, ваша робота не бере участі. Якщо передумаєте, надішліть її ще раз. Кінцевий термін: {deadline}.",
    "call_wrong_form": "Для *{title}* потрібне фото. Надішліть його, будь ласка, сюди як зображення (не відео й не файл); за бажанням з підписом «{keyword}».",
    "call_wrong_form_text": "Для *{title}* потрібна ваша відповідь текстом. Напишіть її, будь ласка, разом зі словом «{keyword}» в одному повідомленні.",
    "call_reminder": "*{title}* скоро завершується. Кінцевий термін: {deadline}. Ще можна надіслати робіт: {left} з {most}.",
}
AR: Mapping[str, str] = {
    "call_terms": "يسعدنا أنك تشارك: *{title}*\n\nيرجى أولاً قراءة شروط المشاركة: {terms_url}\n\n• آخر موعد: {deadline} (بتوقيت ألمانيا)\n• الحد الأقصى للمشاركات لكل شخص: {most}\n• نحذف جميع المشاركات في {delete_on}.{guardian}\n\nهل توافق؟",
    "call_guardian": "\n• هل عمرك أقل من 18 عامًا؟ إذن يجب أن يوافق والداك أو ولي أمرك.",
    "call_yes": "نعم، أوافق",
    "call_no": "لا، شكرًا",
    "call_entered": "شكرًا! وصلت مشاركتك في *{title}* ({count} من {most}). آخر موعد: {deadline}.",
    "call_full": "شكرًا! وصلنا منك الحد الأقصى من المشاركات في *{title}*: {most}. لا يمكننا إضافة هذه المشاركة.",
    "call_late": "شكرًا على جهدك! للأسف انتهى *{title}*: كان آخر موعد {deadline}. لذلك لا يمكن لمشاركتك أن تدخل بعد الآن. يسعدنا أن تشارك في المرة القادمة.",
    "call_declined": "حسنًا، مشاركتك لن تدخل. إذا غيّرت رأيك فأرسلها مرة أخرى. آخر موعد: {deadline}.",
    "call_wrong_form": "نحتاج إلى صورة من أجل *{title}*. يرجى إرسالها هنا كصورة (وليس فيديو أو ملفًا)، ويمكنك كتابة الكلمة «{keyword}» تحتها.",
    "call_wrong_form_text": "نحتاج إلى إجابتك كنص من أجل *{title}*. يرجى كتابتها مع الكلمة «{keyword}» في رسالة واحدة.",
    "call_reminder": "ينتهي *{title}* قريبًا. آخر موعد: {deadline}. ما زال بإمكانك إرسال: {left} من {most}.",
}
PL: Mapping[str, str] = {
    "call_terms": "Cieszymy się z Państwa udziału: *{title}*!\n\nProsimy najpierw przeczytać warunki udziału: {terms_url}\n\n• Termin nadsyłania: {deadline} (czas niemiecki)\n• Liczba zgłoszeń na osobę: najwyżej {most}\n• Wszystkie zgłoszenia usuwamy: {delete_on}.{guardian}\n\nCzy wyrażają Państwo zgodę?",
    "call_guardian": "\n• Osoby poniżej 18 lat potrzebują zgody rodziców lub opiekunów.",
    "call_yes": "Tak, zgadzam się",
    "call_no": "Nie, dziękuję",
    "call_entered": "Dziękujemy! Zgłoszenie do *{title}* dotarło ({count} z {most}). Termin nadsyłania: {deadline}.",
    "call_full": "Dziękujemy! Do *{title}* mamy już od Państwa wszystkie możliwe zgłoszenia (liczba: {most}); tego nie możemy już dodać.",
    "call_late": "Dziękujemy za trud! Niestety *{title}* już się zakończyło: termin minął {deadline}. To zgłoszenie nie może już wziąć udziału. Zapraszamy następnym razem.",
    "call_declined": "Dobrze, zgłoszenie nie bierze udziału. W razie zmiany zdania prosimy przesłać je jeszcze raz. Termin: {deadline}.",
    "call_wrong_form": "Do *{title}* potrzebne jest zdjęcie. Prosimy przesłać je tutaj jako obraz (nie film i nie plik), można dodać podpis „{keyword}”.",
    "call_wrong_form_text": "Do *{title}* potrzebna jest odpowiedź jako tekst. Prosimy napisać ją razem ze słowem „{keyword}” w jednej wiadomości.",
    "call_reminder": "*{title}* wkrótce się kończy. Termin nadsyłania: {deadline}. Można jeszcze przesłać zgłoszeń: {left} z {most}.",
}
RU: Mapping[str, str] = {
    "call_terms": "Рады, что вы участвуете: *{title}*!\n\nСначала прочитайте, пожалуйста, условия участия: {terms_url}\n\n• Крайний срок: {deadline} (время Германии)\n• Наибольшее число работ от одного человека: {most}\n• Все работы мы удалим: {delete_on}.{guardian}\n\nВы согласны?",
    "call_guardian": "\n• Вам меньше 18 лет? Тогда нужно согласие родителей или опекунов.",
    "call_yes": "Да, согласен(на)",
    "call_no": "Нет, спасибо",
    "call_entered": "Спасибо! Ваша работа для *{title}* получена ({count} из {most}). Крайний срок: {deadline}.",
    "call_full": "Спасибо! Для *{title}* вы уже прислали всё, что можно (работ: {most}). Эту добавить нельзя.",
    "call_late": "Спасибо за ваши старания! К сожалению, *{title}* уже завершено: крайний срок был {deadline}. Ваша работа больше не может участвовать. Будем рады видеть вас в следующий раз.",
    "call_declined": "Хорошо, ваша работа не участвует. Если передумаете, пришлите её ещё раз. Крайний срок: {deadline}.",
    "call_wrong_form": "Для *{title}* нужна фотография. Пришлите её, пожалуйста, сюда как изображение (не видео и не файл); можно с подписью «{keyword}».",
    "call_wrong_form_text": "Для *{title}* нужен ваш ответ текстом. Напишите его, пожалуйста, вместе со словом «{keyword}» в одном сообщении.",
    "call_reminder": "*{title}* скоро заканчивается. Крайний срок: {deadline}. Ещё можно прислать работ: {left} из {most}.",
}
BY_LANGUAGE: Mapping[str, Mapping[str, str]] = {
    "de": DE,
    "de-easy": DE_EASY,
    "en": EN,
    "tr": TR,
    "uk": UK,
    "ar": AR,
    "pl": PL,
    "ru": RU,
}


def word_contest(name: str, contest: Contest, town: Town, language: str, *, count: int = 0) -> str:
    """One of the texts above, filled in. `count`: entries of this person that are in, the one just sent included."""
    if name == "call_wrong_form" and contest.form is ContestForm.TEXT:
        name = "call_wrong_form_text"
    return _wording(town, language, name).format(
        title=contest.title,
        terms_url=contest.terms_url,
        keyword=contest.keyword,
        deadline=f"{contest.ends_at.astimezone(town.zone):%d.%m.%Y, %H:%M}",
        delete_on=f"{contest.delete_at.astimezone(town.zone):%d.%m.%Y}",
        guardian=_wording(town, language, "call_guardian") if contest.guardian_note else "",
        most=contest.entries_per_person,
        count=count,
        left=contest.entries_per_person - count,
    )


def _wording(town: Town, language: str, name: str) -> str:
    return worded(town, language, name, BY_LANGUAGE)
