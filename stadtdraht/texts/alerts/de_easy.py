"""Alerts in easy German: short sentences, one thought each. What each field is for stands in stadtdraht/texts/alerts/words.py."""

from stadtdraht.texts.alerts.words import Words

WORDS = Words(
    whole_town="{town}, in der ganzen Stadt",
    until="%d.%m.%Y, %H:%M Uhr",
    scenarios={
        "fire": (
            "Großer Brand mit viel Rauch",
            "Gehen Sie ins Haus. Machen Sie alle Fenster zu. Machen Sie alle Türen zu. Machen Sie Lüftung und Klima-Anlage aus.",
        ),
        "bomb": (
            "Eine alte Bombe aus dem Krieg ist gefunden. Fach-Leute machen sie unschädlich",
            "Gehen Sie aus dem Gebiet weg. Nehmen Sie Ihren Ausweis mit. Nehmen Sie Ihre Medikamente mit. Tun Sie, was die Helfer sagen.",
        ),
        "flood": (
            "Hoch-Wasser. Das Wasser steigt",
            "Gehen Sie nicht ans Ufer. Gehen Sie nicht in Keller. Gehen Sie nicht in Unter-Führungen. Gehen Sie nach oben. Helfen Sie auch anderen Menschen nach oben.",
        ),
        "heavy-rain": (
            "Sehr starker Regen. Straßen und Keller laufen voll",
            "Bleiben Sie im Haus. Gehen Sie nicht in Keller. Gehen Sie nicht in Unter-Führungen. Fahren Sie nicht durch Wasser.",
        ),
        "boil-water": (
            "Das Trink-Wasser ist nicht sauber",
            "Kochen Sie Wasser aus der Leitung immer ab. Erst dann können Sie es trinken. Das gilt auch für Kochen und Zähne-Putzen. Sagen Sie es Ihren Nachbarn.",
        ),
        "power-cut": (
            "Der Strom ist an vielen Orten weg",
            "Machen Sie den Herd aus. Machen Sie Heiz-Geräte aus. Telefonieren Sie nur im Notfall. Helfen Sie Menschen, die allein sind.",
        ),
        "gas": (
            "Gas tritt aus",
            "Machen Sie kein Feuer. Drücken Sie keinen Schalter. Drücken Sie keine Klingel. Gehen Sie aus dem Haus. Rufen Sie draußen die 112 an.",
        ),
        "storm": (
            "Schwerer Sturm. Äste und Teile von Häusern fallen",
            "Bleiben Sie im Haus. Gehen Sie nicht in den Wald. Gehen Sie nicht in Parks. Gehen Sie nicht zu Gerüsten. Liegen draußen lose Dinge? Machen Sie sie nur fest, wenn es nicht gefährlich ist.",
        ),
        "heat": (
            "Sehr große Hitze",
            "Trinken Sie viel Wasser. Bleiben Sie im Schatten. Sehen Sie nach alten und kranken Menschen. Helfen Sie ihnen.",
        ),
        "ice": (
            "Straßen und Wege sind gefährlich glatt",
            "Bleiben Sie am besten zu Hause. Fahren Sie nicht mit dem Auto. Gehen Sie nicht über Brücken und Treppen.",
        ),
        "missing-person": (
            "Wir suchen einen vermissten Menschen",
            "Schauen Sie sich um. Sprechen Sie den Menschen freundlich an. Wissen Sie etwas? Dann rufen Sie die 110 an.",
        ),
        "school-closed": (
            "Die Schule fällt aus",
            "Lassen Sie Ihre Kinder zu Hause. Geht das nicht? Es gibt eine Not-Betreuung. Fragen Sie Ihre Schule.",
        ),
        "emergency-call-down": (
            "Der Notruf 112 geht nicht",
            "Rufen Sie im Notfall die 110 an. Geht die 110 auch nicht? Dann gehen Sie zur nächsten Feuer-Wache oder zur Polizei.",
        ),
        "evacuation": (
            "Gefahr. Alle müssen das Gebiet verlassen",
            "Gehen Sie sofort aus dem Gebiet weg. Nehmen Sie Ihren Ausweis mit. Nehmen Sie Ihre Medikamente mit. Helfen Sie Menschen, die Hilfe brauchen.",
        ),
        "shelter": (
            "Es gibt jetzt einen Ort, an dem Sie Hilfe bekommen",
            "Brauchen Sie Hilfe? Brauchen Sie einen Platz zum Schlafen? Dann kommen Sie dorthin. Bringen Sie Medikamente und Decken mit.",
        ),
        "animal": (
            "Ein gefährliches Tier läuft frei herum",
            "Gehen Sie ins Haus. Holen Sie Kinder und Haus-Tiere ins Haus. Gehen Sie nicht zu dem Tier hin. Rufen Sie die 110 an.",
        ),
        "chemical": (
            "Ein Stoff mit starkem Geruch ist in der Luft",
            "Gehen Sie ins Haus. Machen Sie alle Fenster zu. Machen Sie alle Türen zu. Brennt es im Hals oder in der Nase? Dann atmen Sie durch ein feuchtes Tuch.",
        ),
        "bridge": (
            "Eine Brücke ist gesperrt. Dort ist Gefahr",
            "Bleiben Sie von der Brücke weg. Bleiben Sie auch unter der Brücke weg. Folgen Sie den Schildern zum Umweg.",
        ),
        "water-point": (
            "Es kommt kein Wasser aus der Leitung. Die Stadt gibt Trink-Wasser aus",
            "Holen Sie Wasser. Nehmen Sie dafür saubere Flaschen oder Eimer mit. Können Nachbarn nicht kommen? Bringen Sie ihnen Wasser mit.",
        ),
    },
)
