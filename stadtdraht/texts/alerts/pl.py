"""Alerts in Polish. What each field is for stands in stadtdraht/texts/alerts/words.py."""

from stadtdraht.texts.alerts.words import Words

WORDS = Words(
    whole_town="{town}, całe miasto",
    until="%d.%m.%Y, %H:%M",
    scenarios={
        "fire": (
            "duży pożar z gęstym dymem",
            "Proszę wejść do budynku. Zamknąć okna i drzwi. Wyłączyć wentylację i klimatyzację.",
        ),
        "bomb": (
            "znaleziono bombę z czasów drugiej wojny światowej, trzeba ją rozbroić",
            "Proszę opuścić wskazany teren. Zabrać dokumenty i leki. Stosować się do poleceń służb.",
        ),
        "flood": (
            "powódź, woda się podnosi",
            "Proszę unikać brzegów, piwnic i przejść podziemnych. Przejść na wyższe piętra i pomóc w tym innym.",
        ),
        "heavy-rain": (
            "ulewny deszcz, woda zalewa ulice i piwnice",
            "Proszę pozostać w budynku. Nie wchodzić do piwnic i przejść podziemnych. Nie wjeżdżać w wodę.",
        ),
        "boil-water": (
            "zanieczyszczenie wody pitnej",
            "Proszę przegotować wodę z kranu przed piciem, gotowaniem i myciem zębów. Powiadomić sąsiadów.",
        ),
        "power-cut": (
            "duża awaria prądu",
            "Proszę wyłączyć kuchenkę i grzejniki. Telefonować tylko w nagłym wypadku. Pomóc osobom, które są same.",
        ),
        "gas": (
            "wyciek gazu",
            "Proszę nie używać ognia, nie dotykać wyłączników ani dzwonków. Opuścić budynek. Na zewnątrz zadzwonić pod 112.",
        ),
        "storm": (
            "silna wichura, spadają gałęzie i części budynków",
            "Proszę pozostać w budynku. Unikać lasu, parków i rusztowań. Luźne przedmioty zabezpieczać tylko wtedy, gdy jest to bezpieczne.",
        ),
        "heat": (
            "ekstremalny upał",
            "Proszę pić dużo wody. Przebywać w cieniu. Zajrzeć do osób starszych i chorych.",
        ),
        "ice": (
            "niebezpieczna gołoledź",
            "Proszę w miarę możliwości zostać w domu. Nie korzystać z samochodu. Unikać mostów i schodów.",
        ),
        "missing-person": (
            "poszukiwanie zaginionej osoby",
            "Proszę rozglądać się wokół. Zwrócić się do tej osoby życzliwie. Jeśli coś Państwo wiedzą, zadzwonić pod 110.",
        ),
        "school-closed": (
            "zajęcia w szkołach są odwołane",
            "Proszę zostawić dzieci w domu. Zorganizowano opiekę zastępczą; informacji udziela szkoła.",
        ),
        "emergency-call-down": (
            "numer alarmowy 112 nie działa",
            "W nagłym wypadku proszę dzwonić pod 110. Jeśli i to się nie uda, iść do najbliższej straży pożarnej lub na policję.",
        ),
        "evacuation": (
            "zagrożenie, które wymaga ewakuacji",
            "Proszę natychmiast opuścić teren. Zabrać dokumenty i leki. Pomóc osobom, które potrzebują pomocy.",
        ),
        "shelter": (
            "otwarto punkt zbiórki dla poszkodowanych",
            "Proszę tam przyjść, jeśli potrzebują Państwo pomocy lub schronienia. Zabrać leki i koce.",
        ),
        "animal": (
            "uciekło niebezpieczne zwierzę",
            "Proszę wejść do budynku i zabrać do środka dzieci i zwierzęta domowe. Nie zbliżać się do zwierzęcia. Zadzwonić pod 110.",
        ),
        "chemical": (
            "wyciek substancji o silnym zapachu",
            "Proszę wejść do budynku. Zamknąć okna i drzwi. W razie podrażnienia oddychać przez wilgotną tkaninę.",
        ),
        "bridge": (
            "most zamknięty z powodu zagrożenia",
            "Proszę omijać most i teren pod nim. Korzystać z objazdu.",
        ),
        "water-point": (
            "awaria wodociągu; wydawana jest woda pitna",
            "Proszę nabierać wodę do czystych pojemników. Przynieść wodę sąsiadom, którzy nie mogą przyjść.",
        ),
    },
)
