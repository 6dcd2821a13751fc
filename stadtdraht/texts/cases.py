"""What a person hears about their report, by language and name. A town may override any of it under [texts.de].

Buttons: 20 characters. {said} are the town's own words, or nothing; they are never translated.
"""

from collections.abc import Mapping

from stadtdraht.domain.cases.case import Case, CaseState
from stadtdraht.domain.town import Town
from stadtdraht.texts.wording import worded

DE: Mapping[str, str] = {
    "case_in_work": "Gute Nachricht zu Ihrer Meldung *{number}*: Wir kümmern uns darum.{said}",
    "case_forwarded": "Ihre Meldung *{number}* ist jetzt bei der zuständigen Stelle: {department}.{said}",
    "case_answered": "Antwort auf Ihre Meldung *{number}*:{said}",
    "case_closed": "Ihre Meldung *{number}* ist abgeschlossen.{said}\n\nVielen Dank, dass Sie mithelfen!",
    "case_merged": "Danke für Ihre Meldung *{number}*! Dasselbe hat uns schon jemand gemeldet. Wir bearbeiten beides zusammen und sagen Ihnen Bescheid.{said}",
    "case_said": "Zu Ihrer Meldung *{number}*:{said}",
    "case_rate": "Sind Sie zufrieden damit, wie wir Ihre Meldung *{number}* bearbeitet haben?",
    "case_rate_1": "Nicht zufrieden",
    "case_rate_2": "Geht so",
    "case_rate_3": "Zufrieden",
    "case_rated": "Vielen Dank für Ihre Rückmeldung!",
    "case_state_new": "angekommen",
    "case_state_in_work": "in Bearbeitung",
    "case_state_forwarded": "weitergeleitet",
    "case_state_answered": "beantwortet",
    "case_state_closed": "abgeschlossen",
}
DE_EASY: Mapping[str, str] = {
    "case_in_work": "Sie haben uns etwas gemeldet.\nIhre Nummer ist: *{number}*.\nWir arbeiten jetzt daran.{said}",
    "case_forwarded": "Sie haben uns etwas gemeldet.\nIhre Nummer ist: *{number}*.\nJetzt arbeitet diese Stelle daran: {department}.{said}",
    "case_answered": "Sie haben uns etwas gemeldet.\nIhre Nummer ist: *{number}*.\nDas ist unsere Antwort:{said}",
    "case_closed": "Sie haben uns etwas gemeldet.\nIhre Nummer ist: *{number}*.\nWir sind jetzt fertig damit.{said}\n\nDanke für Ihre Hilfe!",
    "case_merged": "Danke für Ihre Nachricht.\nIhre Nummer ist: *{number}*.\nEine andere Person hat uns das auch gemeldet.\nWir arbeiten daran. Dann schreiben wir Ihnen.{said}",
    "case_said": "Es geht um Ihre Nummer *{number}*:{said}",
    "case_rate": "Es geht um Ihre Nummer *{number}*.\nSind Sie zufrieden mit unserer Arbeit?",
    "case_rate_1": "Nein",
    "case_rate_2": "Geht so",
    "case_rate_3": "Ja",
    "case_rated": "Danke für Ihre Antwort!",
    "case_state_new": "angekommen",
    "case_state_in_work": "Wir arbeiten daran",
    "case_state_forwarded": "Eine andere Stelle arbeitet daran",
    "case_state_answered": "Wir haben geantwortet",
    "case_state_closed": "fertig",
}
EN: Mapping[str, str] = {
    "case_in_work": "Good news about your report *{number}*: we are working on it.{said}",
    "case_forwarded": "Your report *{number}* is now with those responsible: {department}.{said}",
    "case_answered": "Answer to your report *{number}*:{said}",
    "case_closed": "Your report *{number}* is closed.{said}\n\nThank you for helping!",
    "case_merged": "Thank you for your report *{number}*! Somebody has told us the same already. We work on both together and will let you know.{said}",
    "case_said": "About your report *{number}*:{said}",
    "case_rate": "Are you happy with how we dealt with your report *{number}*?",
    "case_rate_1": "Not happy",
    "case_rate_2": "So-so",
    "case_rate_3": "Happy",
    "case_rated": "Thank you for your feedback!",
    "case_state_new": "received",
    "case_state_in_work": "being worked on",
    "case_state_forwarded": "forwarded",
    "case_state_answered": "answered",
    "case_state_closed": "closed",
}
TR: Mapping[str, str] = {
    "case_in_work": "*{number}* numaralı bildiriminizle ilgileniyoruz.{said}",
    "case_forwarded": "*{number}* numaralı bildiriminiz artık yetkili birimde: {department}.{said}",
    "case_answered": "*{number}* numaralı bildiriminize yanıt:{said}",
    "case_closed": "*{number}* numaralı bildiriminiz tamamlandı.{said}\n\nYardımınız için teşekkürler!",
    "case_merged": "*{number}* numaralı bildiriminiz için teşekkürler! Aynı konu bize daha önce bildirildi. İkisini birlikte ele alıyoruz ve size haber vereceğiz.{said}",
    "case_said": "*{number}* numaralı bildiriminiz hakkında:{said}",
    "case_rate": "*{number}* numaralı bildiriminizle ilgilenme şeklimizden memnun musunuz?",
    "case_rate_1": "Memnun değilim",
    "case_rate_2": "Orta",
    "case_rate_3": "Memnunum",
    "case_rated": "Geri bildiriminiz için teşekkürler!",
    "case_state_new": "ulaştı",
    "case_state_in_work": "işlemde",
    "case_state_forwarded": "iletildi",
    "case_state_answered": "yanıtlandı",
    "case_state_closed": "tamamlandı",
}
UK: Mapping[str, str] = {
    "case_in_work": "Ми вже займаємося вашим повідомленням *{number}*.{said}",
    "case_forwarded": "Ваше повідомлення *{number}* передано відповідальному підрозділу: {department}.{said}",
    "case_answered": "Відповідь на ваше повідомлення *{number}*:{said}",
    "case_closed": "Роботу над вашим повідомленням *{number}* завершено.{said}\n\nДякуємо за допомогу!",
    "case_merged": "Дякуємо за повідомлення *{number}*! Нам уже повідомили про те саме. Ми працюємо над обома разом і дамо вам знати.{said}",
    "case_said": "Щодо вашого повідомлення *{number}*:{said}",
    "case_rate": "Чи задоволені ви тим, як ми опрацювали ваше повідомлення *{number}*?",
    "case_rate_1": "Не задоволений(-а)",
    "case_rate_2": "Частково",
    "case_rate_3": "Задоволений(-а)",
    "case_rated": "Дякуємо за ваш відгук!",
    "case_state_new": "отримано",
    "case_state_in_work": "в роботі",
    "case_state_forwarded": "передано",
    "case_state_answered": "надано відповідь",
    "case_state_closed": "завершено",
}
AR: Mapping[str, str] = {
    "case_in_work": "نحن نعمل الآن على بلاغك رقم *{number}*.{said}",
    "case_forwarded": "بلاغك رقم *{number}* أصبح الآن لدى الجهة المختصة: {department}.{said}",
    "case_answered": "الرد على بلاغك رقم *{number}*:{said}",
    "case_closed": "انتهى العمل على بلاغك رقم *{number}*.{said}\n\nشكرًا على مساعدتك!",
    "case_merged": "شكرًا على بلاغك رقم *{number}*! وصلنا الأمر نفسه من شخص آخر. نعمل على البلاغين معًا وسنخبرك بالنتيجة.{said}",
    "case_said": "بخصوص بلاغك رقم *{number}*:{said}",
    "case_rate": "هل أنت راضٍ عن طريقة تعاملنا مع بلاغك رقم *{number}*؟",
    "case_rate_1": "غير راضٍ",
    "case_rate_2": "إلى حد ما",
    "case_rate_3": "راضٍ",
    "case_rated": "شكرًا على رأيك!",
    "case_state_new": "تم الاستلام",
    "case_state_in_work": "قيد المعالجة",
    "case_state_forwarded": "تمت الإحالة",
    "case_state_answered": "تم الرد",
    "case_state_closed": "منتهٍ",
}
PL: Mapping[str, str] = {
    "case_in_work": "Zajmujemy się Państwa zgłoszeniem *{number}*.{said}",
    "case_forwarded": "Państwa zgłoszenie *{number}* trafiło do właściwej jednostki: {department}.{said}",
    "case_answered": "Odpowiedź na Państwa zgłoszenie *{number}*:{said}",
    "case_closed": "Państwa zgłoszenie *{number}* jest zakończone.{said}\n\nDziękujemy za pomoc!",
    "case_merged": "Dziękujemy za zgłoszenie *{number}*! Ktoś zgłosił nam już to samo. Zajmujemy się obiema sprawami razem i damy Państwu znać.{said}",
    "case_said": "W sprawie Państwa zgłoszenia *{number}*:{said}",
    "case_rate": "Czy są Państwo zadowoleni z tego, jak zajęliśmy się zgłoszeniem *{number}*?",
    "case_rate_1": "Nie",
    "case_rate_2": "Częściowo",
    "case_rate_3": "Tak",
    "case_rated": "Dziękujemy za opinię!",
    "case_state_new": "przyjęte",
    "case_state_in_work": "w toku",
    "case_state_forwarded": "przekazane",
    "case_state_answered": "udzielono odpowiedzi",
    "case_state_closed": "zakończone",
}
RU: Mapping[str, str] = {
    "case_in_work": "Мы уже занимаемся вашим обращением *{number}*.{said}",
    "case_forwarded": "Ваше обращение *{number}* передано в ответственное подразделение: {department}.{said}",
    "case_answered": "Ответ на ваше обращение *{number}*:{said}",
    "case_closed": "Работа по вашему обращению *{number}* завершена.{said}\n\nСпасибо за помощь!",
    "case_merged": "Спасибо за обращение *{number}*! Нам уже сообщили о том же. Мы работаем над обоими вместе и сообщим вам.{said}",
    "case_said": "По вашему обращению *{number}*:{said}",
    "case_rate": "Довольны ли вы тем, как мы обработали ваше обращение *{number}*?",
    "case_rate_1": "Недоволен(-льна)",
    "case_rate_2": "Частично",
    "case_rate_3": "Доволен(-льна)",
    "case_rated": "Спасибо за ваш отзыв!",
    "case_state_new": "получено",
    "case_state_in_work": "в работе",
    "case_state_forwarded": "передано",
    "case_state_answered": "дан ответ",
    "case_state_closed": "завершено",
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
BY_STATE = {
    CaseState.IN_WORK: "case_in_work",
    CaseState.FORWARDED: "case_forwarded",
    CaseState.ANSWERED: "case_answered",
    CaseState.CLOSED: "case_closed",
}


def word_case(name: str, case: Case, town: Town, language: str, *, said: str = "") -> str:
    """One of the texts above, filled in. `said`: the town's own words, which follow in a paragraph of their own."""
    labels = {it.id: it.label for it in town.departments}
    return _wording(town, language, name).format(
        number=case.number,
        department=labels.get(case.department, town.name),
        said=f"\n\n{said}" if said else "",
    )


def word_state(state: CaseState, town: Town, language: str) -> str:
    """How a state is called: "in Bearbeitung"."""
    return _wording(town, language, f"case_state_{state}")


def _wording(town: Town, language: str, name: str) -> str:
    return worded(town, language, name, BY_LANGUAGE)
