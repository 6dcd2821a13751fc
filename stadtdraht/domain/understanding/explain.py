"""Why a message was understood so, for people: the clause, its words, and the rule or what weighed most."""

from collections.abc import Sequence

from stadtdraht.domain.understanding.heard import Heard
from stadtdraht.domain.understanding.reading import Because, Need, Reading
from stadtdraht.domain.understanding.weights import Weights

SHOWN = 3
HINTS = {"1": "in one clause", "2": "together in one clause", "m": "anywhere", "d": "anywhere together"}


def reasons_for(reading: Reading, heard: Heard, weights: Weights) -> tuple[Because, ...]:
    """One for each thing that it says."""
    return tuple(_reason(label, heard, weights) for label in _labels(reading))


def _labels(reading: Reading) -> Sequence[str]:
    labels = []
    if reading.need is Need.MEDICAL_ADVICE:
        labels.append("medical_advice")
    elif reading.need is not Need.NONE:
        labels.append("need")
    if reading.leaving:
        labels.append("leave")
    if reading.joins:
        labels.append("join")
    if reading.command:
        labels.append(reading.command.value)
    if reading.answer is not None:
        labels.append("yes" if reading.answer else "no")
    labels += ["abuse"] if reading.abuse else []
    return [*labels, f"kind_{reading.kind.value}"]


def _reason(label: str, heard: Heard, weights: Weights) -> Because:
    if label not in weights.labels:
        return Because(label, "", "a rule alone")
    strongest = [(name, weight) for name, weight in weights.strongest(label, heard.features, 40) if weight > 0]
    by_clause = {
        clause.text: sum(weight for name, weight in strongest if _is_in(name, clause.words)) for clause in heard.clauses
    }
    clause = max(by_clause, key=lambda text: by_clause[text], default="")
    said = "; ".join(f"{_in_words(name)} +{weight:.2f}" for name, weight in _readable(strongest)[:SHOWN])
    return Because(label, clause, f"score {heard.score(label):.2f}: {said or 'nothing speaks for it'}")


def _is_in(name: str, words: Sequence[str]) -> bool:
    return (name[0] == "w" and name[1:] in words) or (
        name[0] == "c" and any(name[1:].strip() in word for word in words)
    )


def _readable(strongest: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Words and cues first; letters only where nothing else weighs."""
    told = [pair for pair in strongest if pair[0][0] in "wbq"]
    return told or list(strongest)


def _in_words(name: str) -> str:
    group, rest = name[0], name[1:]
    if group in "wb":
        return f"“{rest}”"
    if group == "c":
        return f"letters “{rest.strip()}”"
    where, what = rest[:1], rest[1:].replace("+", " + ")
    return f"{what} ({HINTS[where]})" if where in HINTS else rest
