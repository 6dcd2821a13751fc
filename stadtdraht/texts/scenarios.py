"""The phrase bank of alerts: what happened and what to do, worded in calm before anyone is in a hurry.

Practice: name the consequence, not the technical value; one sober instruction after the other; no abbreviations;
the same meaning in every language . `valid_for_min` is a proposal.
"""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Scenario:
    """One municipal case. `was` and `tun` by language; German always, English always."""

    id: str
    label: str
    was_de: str
    tun_de: str
    was_en: str
    tun_en: str
    valid_for_min: int = 180

    def was(self, language: str) -> str:
        return self.was_en if language == "en" else self.was_de

    def tun(self, language: str) -> str:
        return self.tun_en if language == "en" else self.tun_de


_BANK = (
    Scenario(
        "fire",
        "Großbrand, Rauch",
        "Großbrand mit starkem Rauch",
        "Gehen Sie ins Haus. Schließen Sie Fenster und Türen. Schalten Sie Lüftung und Klimaanlage aus.",
        "large fire with heavy smoke",
        "Go indoors. Close windows and doors. Switch off ventilation and air conditioning.",
    ),
    Scenario(
        "bomb",
        "Bomben\u00adentschärfung",  # soft hyphens: the choice must fit a narrow phone
        "Fund einer Weltkriegsbombe, die entschärft werden muss",
        "Verlassen Sie das genannte Gebiet. Nehmen Sie Ausweis und Medikamente mit. Folgen Sie den Einsatzkräften.",
        "a wartime bomb has been found and must be made safe",
        "Leave the area named. Take identity papers and medicine with you. Follow the emergency services.",
        480,
    ),
    Scenario(
        "flood",
        "Hochwasser",
        "Hochwasser, das Wasser steigt",
        "Meiden Sie Ufer, Keller und Unterführungen. Bringen Sie sich und andere in höhere Stockwerke.",
        "flooding, the water is rising",
        "Stay away from river banks, cellars and underpasses. Move yourself and others to upper floors.",
        720,
    ),
    Scenario(
        "heavy-rain",
        "Starkregen",
        "Starkregen mit Überflutung von Straßen und Kellern",
        "Bleiben Sie im Haus. Betreten Sie keine Keller und Unterführungen. Fahren Sie nicht durch Wasser.",
        "heavy rain flooding streets and cellars",
        "Stay indoors. Do not enter cellars or underpasses. Do not drive through water.",
    ),
    Scenario(
        "boil-water",
        "Trinkwasser abkochen",
        "Verunreinigung des Trinkwassers",
        "Kochen Sie Leitungswasser vor dem Trinken, Kochen und Zähneputzen ab. Informieren Sie Ihre Nachbarn.",
        "contamination of the drinking water",
        "Boil tap water before drinking, cooking or brushing your teeth. Tell your neighbours.",
        720,
    ),
    Scenario(
        "power-cut",
        "Stromausfall",
        "größerer Stromausfall",
        "Schalten Sie Herd und Heizgeräte aus. Nutzen Sie das Telefon nur im Notfall. Helfen Sie Menschen, die allein sind.",
        "large power cut",
        "Switch off stoves and heaters. Use the phone only in an emergency. Help people who are on their own.",
    ),
    Scenario(
        "gas",
        "Gasgeruch",
        "Austritt von Gas",
        "Kein offenes Feuer, keine Schalter, keine Klingel betätigen. Verlassen Sie das Gebäude. Rufen Sie draußen die 112.",
        "gas leak",
        "No open flames; do not touch switches or door bells. Leave the building. Call 112 from outside.",
    ),
    Scenario(
        "storm",
        "Sturm, Orkan",
        "schwerer Sturm mit fallenden Ästen und Bauteilen",
        "Bleiben Sie im Haus. Meiden Sie Wald, Parks und Gerüste. Sichern Sie lose Gegenstände nur, wenn es ohne Gefahr geht.",
        "severe storm with falling branches and debris",
        "Stay indoors. Avoid woods, parks and scaffolding. Secure loose objects only if it is safe to do so.",
        360,
    ),
    Scenario(
        "heat",
        "Hitze",
        "extreme Hitze",
        "Trinken Sie viel Wasser. Bleiben Sie im Schatten. Sehen Sie nach älteren und kranken Menschen.",
        "extreme heat",
        "Drink plenty of water. Stay in the shade. Check on elderly and ill people.",
        720,
    ),
    Scenario(
        "ice",
        "Glatteis",
        "gefährliches Glatteis",
        "Bleiben Sie möglichst zu Hause. Lassen Sie das Auto stehen. Meiden Sie Brücken und Treppen.",
        "dangerous black ice",
        "Stay at home if you can. Leave the car. Avoid bridges and stairs.",
        360,
    ),
    Scenario(
        "missing-person",
        "Vermisste Person",
        "Suche nach einer vermissten Person",
        "Achten Sie auf Ihre Umgebung. Sprechen Sie die Person freundlich an. Rufen Sie bei Hinweisen die 110.",
        "search for a missing person",
        "Look around you. Speak to the person kindly. Call 110 if you know something.",
        360,
    ),
    Scenario(
        "school-closed",
        "Schule geschlossen",
        "Ausfall des Unterrichts",
        "Lassen Sie Ihre Kinder zu Hause. Eine Notbetreuung ist eingerichtet; Ihre Schule gibt Auskunft.",
        "schools are closed",
        "Keep your children at home. Emergency care has been set up; your school can tell you more.",
        720,
    ),
    Scenario(
        "emergency-call-down",
        "Notruf 112 gestört",
        "Störung des Notrufs 112",
        "Wählen Sie im Notfall die 110. Geht auch das nicht, gehen Sie zur nächsten Feuer- oder Polizeiwache.",
        "the emergency number 112 is down",
        "In an emergency dial 110. If that fails too, go to the nearest fire or police station.",
    ),
    Scenario(
        "evacuation",
        "Räumung",
        "Gefahr, die eine Räumung nötig macht",
        "Verlassen Sie das Gebiet sofort. Nehmen Sie Ausweis und Medikamente mit. Helfen Sie Menschen, die Hilfe brauchen.",
        "danger that makes an evacuation necessary",
        "Leave the area at once. Take identity papers and medicine with you. Help those who need help.",
        480,
    ),
    Scenario(
        "shelter",
        "Sammelstelle geöffnet",
        "Öffnung einer Sammelstelle für Betroffene",
        "Kommen Sie dorthin, wenn Sie Hilfe oder Unterkunft brauchen. Bringen Sie Medikamente und Decken mit.",
        "an assembly point has been opened for people affected",
        "Go there if you need help or shelter. Bring medicine and blankets.",
        480,
    ),
    Scenario(
        "animal",
        "Gefährliches Tier",
        "ein gefährliches Tier ist entlaufen",
        "Gehen Sie ins Haus und holen Sie Kinder und Haustiere herein. Nähern Sie sich dem Tier nicht. Rufen Sie die 110.",
        "a dangerous animal has escaped",
        "Go indoors and bring in children and pets. Do not approach the animal. Call 110.",
    ),
    Scenario(
        "chemical",
        "Chemischer Geruch",
        "Austritt eines Stoffes mit starkem Geruch",
        "Gehen Sie ins Haus. Schließen Sie Fenster und Türen. Atmen Sie bei Reizung durch ein feuchtes Tuch.",
        "release of a substance with a strong smell",
        "Go indoors. Close windows and doors. If it irritates, breathe through a damp cloth.",
    ),
    Scenario(
        "bridge",
        "Brücke gesperrt",
        "Sperrung einer Brücke wegen Gefahr",
        "Meiden Sie die Brücke und den Bereich darunter. Folgen Sie der Umleitung.",
        "a bridge is closed because of danger",
        "Keep away from the bridge and the area below it. Follow the diversion.",
        720,
    ),
    Scenario(
        "water-point",
        "Trinkwasser\u00adausgabe",
        "Ausfall der Wasserversorgung; Trinkwasser wird ausgegeben",
        "Holen Sie Wasser in sauberen Behältern. Bringen Sie Nachbarn Wasser mit, die nicht kommen können.",
        "the water supply has failed; drinking water is handed out",
        "Fetch water in clean containers. Bring some to neighbours who cannot come.",
        720,
    ),
)

SCENARIOS = MappingProxyType({scenario.id: scenario for scenario in _BANK})
