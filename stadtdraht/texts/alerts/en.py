"""Alerts in English. What each field is for stands in stadtdraht/texts/alerts/words.py."""

from stadtdraht.texts.alerts.words import Words

WORDS = Words(
    whole_town="{town}, the whole town",
    until="%d/%m/%Y, %H:%M",
    scenarios={
        "fire": (
            "large fire with heavy smoke",
            "Go indoors. Close windows and doors. Switch off ventilation and air conditioning.",
        ),
        "bomb": (
            "a wartime bomb has been found and must be made safe",
            "Leave the area named. Take identity papers and medicine with you. Follow the emergency services.",
        ),
        "flood": (
            "flooding, the water is rising",
            "Stay away from river banks, cellars and underpasses. Move yourself and others to upper floors.",
        ),
        "heavy-rain": (
            "heavy rain flooding streets and cellars",
            "Stay indoors. Do not enter cellars or underpasses. Do not drive through water.",
        ),
        "boil-water": (
            "contamination of the drinking water",
            "Boil tap water before drinking, cooking or brushing your teeth. Tell your neighbours.",
        ),
        "power-cut": (
            "large power cut",
            "Switch off stoves and heaters. Use the phone only in an emergency. Help people who are on their own.",
        ),
        "gas": (
            "gas leak",
            "No open flames; do not touch switches or door bells. Leave the building. Call 112 from outside.",
        ),
        "storm": (
            "severe storm with falling branches and debris",
            "Stay indoors. Avoid woods, parks and scaffolding. Secure loose objects only if it is safe to do so.",
        ),
        "heat": (
            "extreme heat",
            "Drink plenty of water. Stay in the shade. Check on elderly and ill people.",
        ),
        "ice": (
            "dangerous black ice",
            "Stay at home if you can. Leave the car. Avoid bridges and stairs.",
        ),
        "missing-person": (
            "search for a missing person",
            "Look around you. Speak to the person kindly. Call 110 if you know something.",
        ),
        "school-closed": (
            "schools are closed",
            "Keep your children at home. Emergency care has been set up; your school can tell you more.",
        ),
        "emergency-call-down": (
            "the emergency number 112 is down",
            "In an emergency dial 110. If that fails too, go to the nearest fire or police station.",
        ),
        "evacuation": (
            "danger that makes an evacuation necessary",
            "Leave the area at once. Take identity papers and medicine with you. Help those who need help.",
        ),
        "shelter": (
            "an assembly point has been opened for people affected",
            "Go there if you need help or shelter. Bring medicine and blankets.",
        ),
        "animal": (
            "a dangerous animal has escaped",
            "Go indoors and bring in children and pets. Do not approach the animal. Call 110.",
        ),
        "chemical": (
            "release of a substance with a strong smell",
            "Go indoors. Close windows and doors. If it irritates, breathe through a damp cloth.",
        ),
        "bridge": (
            "a bridge is closed because of danger",
            "Keep away from the bridge and the area below it. Follow the diversion.",
        ),
        "water-point": (
            "the water supply has failed; drinking water is handed out",
            "Fetch water in clean containers. Bring some to neighbours who cannot come.",
        ),
    },
)
