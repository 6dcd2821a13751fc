"""Alerts in German. What each field is for stands in stadtdraht/texts/alerts/words.py."""

from stadtdraht.texts.alerts.words import Words

WORDS = Words(
    whole_town="{town}, ganzes Stadtgebiet",
    until="%d.%m.%Y, %H:%M Uhr",
    scenarios={
        "fire": (
            "Großbrand mit starkem Rauch",
            "Gehen Sie ins Haus. Schließen Sie Fenster und Türen. Schalten Sie Lüftung und Klimaanlage aus.",
        ),
        "bomb": (
            "Fund einer Weltkriegsbombe, die entschärft werden muss",
            "Verlassen Sie das genannte Gebiet. Nehmen Sie Ausweis und Medikamente mit. Folgen Sie den Einsatzkräften.",
        ),
        "flood": (
            "Hochwasser, das Wasser steigt",
            "Meiden Sie Ufer, Keller und Unterführungen. Bringen Sie sich und andere in höhere Stockwerke.",
        ),
        "heavy-rain": (
            "Starkregen mit Überflutung von Straßen und Kellern",
            "Bleiben Sie im Haus. Betreten Sie keine Keller und Unterführungen. Fahren Sie nicht durch Wasser.",
        ),
        "boil-water": (
            "Verunreinigung des Trinkwassers",
            "Kochen Sie Leitungswasser vor dem Trinken, Kochen und Zähneputzen ab. Informieren Sie Ihre Nachbarn.",
        ),
        "power-cut": (
            "größerer Stromausfall",
            "Schalten Sie Herd und Heizgeräte aus. Nutzen Sie das Telefon nur im Notfall. Helfen Sie Menschen, die allein sind.",
        ),
        "gas": (
            "Austritt von Gas",
            "Kein offenes Feuer, keine Schalter, keine Klingel betätigen. Verlassen Sie das Gebäude. Rufen Sie draußen die 112.",
        ),
        "storm": (
            "schwerer Sturm mit fallenden Ästen und Bauteilen",
            "Bleiben Sie im Haus. Meiden Sie Wald, Parks und Gerüste. Sichern Sie lose Gegenstände nur, wenn es ohne Gefahr geht.",
        ),
        "heat": (
            "extreme Hitze",
            "Trinken Sie viel Wasser. Bleiben Sie im Schatten. Sehen Sie nach älteren und kranken Menschen.",
        ),
        "ice": (
            "gefährliches Glatteis",
            "Bleiben Sie möglichst zu Hause. Lassen Sie das Auto stehen. Meiden Sie Brücken und Treppen.",
        ),
        "missing-person": (
            "Suche nach einer vermissten Person",
            "Achten Sie auf Ihre Umgebung. Sprechen Sie die Person freundlich an. Rufen Sie bei Hinweisen die 110.",
        ),
        "school-closed": (
            "Ausfall des Unterrichts",
            "Lassen Sie Ihre Kinder zu Hause. Eine Notbetreuung ist eingerichtet; Ihre Schule gibt Auskunft.",
        ),
        "emergency-call-down": (
            "Störung des Notrufs 112",
            "Wählen Sie im Notfall die 110. Geht auch das nicht, gehen Sie zur nächsten Feuer- oder Polizeiwache.",
        ),
        "evacuation": (
            "Gefahr, die eine Räumung nötig macht",
            "Verlassen Sie das Gebiet sofort. Nehmen Sie Ausweis und Medikamente mit. Helfen Sie Menschen, die Hilfe brauchen.",
        ),
        "shelter": (
            "Öffnung einer Sammelstelle für Betroffene",
            "Kommen Sie dorthin, wenn Sie Hilfe oder Unterkunft brauchen. Bringen Sie Medikamente und Decken mit.",
        ),
        "animal": (
            "ein gefährliches Tier ist entlaufen",
            "Gehen Sie ins Haus und holen Sie Kinder und Haustiere herein. Nähern Sie sich dem Tier nicht. Rufen Sie die 110.",
        ),
        "chemical": (
            "Austritt eines Stoffes mit starkem Geruch",
            "Gehen Sie ins Haus. Schließen Sie Fenster und Türen. Atmen Sie bei Reizung durch ein feuchtes Tuch.",
        ),
        "bridge": (
            "Sperrung einer Brücke wegen Gefahr",
            "Meiden Sie die Brücke und den Bereich darunter. Folgen Sie der Umleitung.",
        ),
        "water-point": (
            "Ausfall der Wasserversorgung; Trinkwasser wird ausgegeben",
            "Holen Sie Wasser in sauberen Behältern. Bringen Sie Nachbarn Wasser mit, die nicht kommen können.",
        ),
    },
)
