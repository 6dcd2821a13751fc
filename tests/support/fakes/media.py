"""Files in memory. `begin` stands for what a citizen's transaction stores."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from stadtdraht.domain.media.media import PARTS, Fetched, Media, StoredFile, folder_of


@dataclass
class FakeMediaRows:
    found: dict[tuple[str, str, str], Media] = field(default_factory=dict)

    def begin(self, media: Media) -> None:
        self.found[media.town, media.citizen_id, media.wamid] = media

    def forget(self, media: Media) -> None:
        del self.found[media.town, media.citizen_id, media.wamid]

    def load(self, town: str, citizen_id: str, wamid: str) -> Media | None:
        return self.found.get((town, citizen_id, wamid))

    def save(self, before: Media, after: Media) -> bool:
        standing = self.load(before.town, before.citizen_id, before.wamid)
        if standing is None or (standing.attempts, standing.state) != (before.attempts, before.state):
            return False
        self.begin(after)
        return True

    def in_trouble(self, town: str) -> Sequence[Media]:
        return [media for key, media in sorted(self.found.items()) if media.town == town and media.in_trouble]

    def of_citizen(self, town: str, citizen_id: str) -> Sequence[Media]:
        return [media for media in self.found.values() if (media.town, media.citizen_id) == (town, citizen_id)]


@dataclass
class FakeMediaStore:
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    stored_at: datetime = datetime(2026, 11, 1, tzinfo=UTC)  # of all of them
    renewed: dict[str, datetime] = field(default_factory=dict)  # those that count from this moment

    def put(self, key: str, content: bytes, content_type: str) -> None:
        self.files[key] = content, content_type

    def get(self, key: str) -> bytes | None:
        return self.files[key][0] if key in self.files else None

    def keys(self, town: str, citizen_id: str) -> Sequence[str]:
        folders = tuple(folder_of(part, town, citizen_id) for part in PARTS)
        return sorted(key for key in self.files if key.startswith(folders))

    def renew(self, town: str, citizen_id: str, before: datetime) -> int:
        old = [key for key in self.keys(town, citizen_id) if self.renewed.get(key, self.stored_at) < before]
        self.renewed |= dict.fromkeys(old, before)
        return len(old)

    def of_town(self, town: str) -> Iterator[StoredFile]:
        yield from (StoredFile(key, self.stored_at) for key in sorted(self.files) if key.split("/")[1] == town)

    def delete(self, keys: Sequence[str]) -> None:
        for key in keys:
            self.files.pop(key, None)

    def erase(self, town: str, citizen_id: str) -> int:
        found = self.keys(town, citizen_id)
        self.delete(found)
        return len(found)

    def link(self, key: str) -> str:
        return f"https://files.example/{key}"


@dataclass
class FakeMediaSource:
    """Gives or raises what is next; the last one again and again."""

    answers: list[Fetched | Exception]
    asked: int = 0

    def fetch(self, town: str, media_id: str, most_bytes: int) -> Fetched:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class FakeMediaQueue:
    messages: list[tuple[str, str, str]] = field(default_factory=list)

    def put(self, town: str, citizen_id: str, wamid: str) -> None:
        self.messages.append((town, citizen_id, wamid))
