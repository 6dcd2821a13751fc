// Places to send: a few per town, so that a report has somewhere to be.
export const PLACES = {
  vreden: [
    ["Rathaus Vreden", "Burgstraße 14, 48691 Vreden", 52.0381, 6.8277],
    ["kult Vreden", "Kirchplatz 14, 48691 Vreden", 52.0371, 6.8293],
    ["Berkelsee", "48691 Vreden", 52.0424, 6.8325],
  ],
  "neu-ulm": [
    ["Rathaus Neu-Ulm", "Augsburger Straße 15, 89231 Neu-Ulm", 48.3937, 10.0036],
    ["Petrusplatz", "89231 Neu-Ulm", 48.3948, 9.9988],
    ["Glacis-Park", "89231 Neu-Ulm", 48.3903, 9.9994],
  ],
  arnsberg: [
    ["Rathaus Arnsberg", "Rathausplatz 1, 59759 Arnsberg", 51.4336, 7.9784],
    ["Alter Markt", "59821 Arnsberg", 51.3975, 8.0645],
    ["Möhnesee, Sperrmauer", "Arnsberger Wald", 51.4896, 8.0591],
  ],
  bocholt: [
    ["Historisches Rathaus", "Markt 1, 46399 Bocholt", 51.8388, 6.6153],
    ["Bocholter Aasee", "46395 Bocholt", 51.8303, 6.6307],
    ["Bahnhof Bocholt", "Bahnhofsplatz, 46395 Bocholt", 51.8331, 6.6216],
  ],
};
