"""What is said when an alert is updated, over, or was wrong, in every language of the conversation.

{was} is what the alert was about, as its own wording says it. `tun` None: as the scenario says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from stadtdraht.domain.crisis.alert import AlertKind


@dataclass(frozen=True, slots=True)
class FollowUp:
    """was: with {was} in it. tun: what to do now, None for what the scenario says."""

    was: str
    tun: str | None = None


_UPDATE = {
    "de": FollowUp("Aktualisierung – {was}"),
    "de-easy": FollowUp("Neue Information – {was}"),
    "en": FollowUp("update – {was}"),
    "tr": FollowUp("güncelleme – {was}"),
    "uk": FollowUp("оновлення – {was}"),
    "ar": FollowUp("تحديث – {was}"),
    "pl": FollowUp("aktualizacja – {was}"),
    "ru": FollowUp("обновление – {was}"),
}
_ALL_CLEAR = {
    "de": FollowUp("Entwarnung – {was}", "Die Gefahr ist vorbei. Sie müssen nichts mehr tun. Danke für Ihre Mithilfe."),
    "de-easy": FollowUp("Entwarnung – {was}", "Die Gefahr ist vorbei. Sie müssen nichts mehr tun. Vielen Dank."),
    "en": FollowUp(
        "all clear – {was}", "The danger is over. You need not do anything any more. Thank you for your help."
    ),
    "tr": FollowUp("tehlike geçti – {was}", "Tehlike sona erdi. Artık bir şey yapmanız gerekmiyor. Teşekkür ederiz."),
    "uk": FollowUp("відбій – {was}", "Небезпека минула. Більше нічого робити не потрібно. Дякуємо за допомогу."),
    "ar": FollowUp("زوال الخطر – {was}", "انتهى الخطر. لا حاجة إلى فعل أي شيء بعد الآن. شكرًا لتعاونكم."),
    "pl": FollowUp("odwołanie alarmu – {was}", "Zagrożenie minęło. Nie trzeba już nic robić. Dziękujemy za pomoc."),
    "ru": FollowUp("отбой – {was}", "Опасность миновала. Больше ничего делать не нужно. Спасибо за помощь."),
}
_FALSE_ALARM = {
    "de": FollowUp(
        "Fehlalarm – {was}",
        "Es bestand keine Gefahr. Bitte sagen Sie es allen, denen Sie die Warnung geschickt haben. Wir bitten um Entschuldigung.",
    ),
    "de-easy": FollowUp(
        "Fehlalarm – {was}",
        "Es gab keine Gefahr. Haben Sie die Warnung weitergeschickt? Dann sagen Sie es diesen Menschen. Entschuldigung.",
    ),
    "en": FollowUp(
        "false alarm – {was}",
        "There was no danger. Please tell everyone to whom you passed the warning on. We apologise.",
    ),
    "tr": FollowUp(
        "yanlış alarm – {was}",
        "Tehlike yoktu. Lütfen uyarıyı gönderdiğiniz herkese bunu söyleyin. Özür dileriz.",
    ),
    "uk": FollowUp(
        "хибна тривога – {was}",
        "Небезпеки не було. Будь ласка, скажіть про це всім, кому ви переслали попередження. Просимо вибачення.",
    ),
    "ar": FollowUp(
        "إنذار كاذب – {was}",
        "لم يكن هناك خطر. يُرجى إبلاغ كل من أرسلتم إليه التحذير. نعتذر عن ذلك.",
    ),
    "pl": FollowUp(
        "fałszywy alarm – {was}",
        "Nie było zagrożenia. Prosimy powiadomić wszystkich, którym przesłali Państwo ostrzeżenie. Przepraszamy.",
    ),
    "ru": FollowUp(
        "ложная тревога – {was}",
        "Опасности не было. Пожалуйста, сообщите об этом всем, кому вы переслали предупреждение. Приносим извинения.",
    ),
}
_REPEAT = {language: FollowUp("{was}") for language in _UPDATE}
FOLLOW_UPS: Mapping[AlertKind, Mapping[str, FollowUp]] = MappingProxyType(
    {
        AlertKind.UPDATE: _UPDATE,
        AlertKind.ALL_CLEAR: _ALL_CLEAR,
        AlertKind.FALSE_ALARM: _FALSE_ALARM,
        AlertKind.REPEAT: _REPEAT,
    }
)
LABELS = MappingProxyType(
    {
        AlertKind.UPDATE: "Aktualisierung",
        AlertKind.ALL_CLEAR: "Entwarnung",
        AlertKind.FALSE_ALARM: "Fehlalarm",
        AlertKind.REPEAT: "Wiederholung",
    }
)
"""For staff and for the public page, in German."""
