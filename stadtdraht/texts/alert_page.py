"""What the public page of an alert says first, in every language but German, which the page itself speaks."""

from collections.abc import Mapping
from types import MappingProxyType

from stadtdraht.domain.crisis.alert import AlertValidity

_VALID = {
    "de-easy": "Diese Warnung ist echt. Sie gilt bis {until}.",
    "en": "This warning is real. It holds until {until}.",
    "tr": "Bu uyarı gerçek. Geçerlilik sonu: {until}.",
    "uk": "Це попередження справжнє. Воно діє до: {until}.",
    "ar": "هذا التحذير حقيقي. يسري حتى: {until}.",
    "pl": "To ostrzeżenie jest prawdziwe. Obowiązuje do: {until}.",
    "ru": "Это предупреждение настоящее. Оно действует до: {until}.",
}
_OVER = {
    "de-easy": "Diese Warnung war echt. Sie gilt nicht mehr. Bitte schicken Sie sie nicht weiter.",
    "en": "This warning was real. It no longer holds. Please do not pass it on.",
    "tr": "Bu uyarı gerçekti. Artık geçerli değil. Lütfen paylaşmayın.",
    "uk": "Це попередження було справжнім. Воно вже не діє. Будь ласка, не пересилайте його.",
    "ar": "كان هذا التحذير حقيقيًا. لم يعد ساريًا. يُرجى عدم إعادة إرساله.",
    "pl": "To ostrzeżenie było prawdziwe. Już nie obowiązuje. Prosimy nie przesyłać go dalej.",
    "ru": "Это предупреждение было настоящим. Оно больше не действует. Пожалуйста, не пересылайте его.",
}
_ALL_CLEAR = {
    "de-easy": "Diese Entwarnung ist echt. Die Gefahr ist vorbei. Sie müssen nichts mehr tun.",
    "en": "This all-clear is real. The danger is over. You need not do anything any more.",
    "tr": "Bu mesaj gerçek. Tehlike geçti. Artık bir şey yapmanız gerekmiyor.",
    "uk": "Цей відбій справжній. Небезпека минула. Більше нічого робити не потрібно.",
    "ar": "هذا الإعلان عن زوال الخطر حقيقي. انتهى الخطر. لا حاجة إلى فعل أي شيء بعد الآن.",
    "pl": "To odwołanie alarmu jest prawdziwe. Zagrożenie minęło. Nie trzeba już nic robić.",
    "ru": "Этот отбой настоящий. Опасность миновала. Больше ничего делать не нужно.",
}
_FALSE_ALARM = {
    "de-easy": "Diese Nachricht ist echt. Es war ein Fehlalarm. Es gab keine Gefahr.",
    "en": "This message is real. It was a false alarm. There was no danger.",
    "tr": "Bu mesaj gerçek. Yanlış alarmdı. Tehlike yoktu.",
    "uk": "Це повідомлення справжнє. Тривога була хибною. Небезпеки не було.",
    "ar": "هذه الرسالة حقيقية. كان الإنذار كاذبًا. لم يكن هناك خطر.",
    "pl": "Ta wiadomość jest prawdziwa. Alarm był fałszywy. Nie było zagrożenia.",
    "ru": "Это сообщение настоящее. Тревога была ложной. Опасности не было.",
}
_DRILL = {
    "de-easy": "Das ist nur eine Übung. Es gibt keine Gefahr.",
    "en": "This is a drill. There is no danger.",
    "tr": "Bu bir tatbikattır. Tehlike yok.",
    "uk": "Це навчання. Небезпеки немає.",
    "ar": "هذا تدريب فقط. لا يوجد خطر.",
    "pl": "To są ćwiczenia. Nie ma zagrożenia.",
    "ru": "Это учения. Опасности нет.",
}
SAID: Mapping[AlertValidity, Mapping[str, str]] = MappingProxyType(
    {
        AlertValidity.VALID: _VALID,
        AlertValidity.OVER: _OVER,
        AlertValidity.ALL_CLEAR: _ALL_CLEAR,
        AlertValidity.FALSE_ALARM: _FALSE_ALARM,
        AlertValidity.DRILL: _DRILL,
    }
)
