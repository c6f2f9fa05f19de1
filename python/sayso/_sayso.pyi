from typing import Any

__version__: str

def extract(
    texts: list[tuple[Any, ...]], model: str = "tagger", threads: int | None = None
) -> list[tuple[str | None, str | None]]: ...

def extract_columns(
    texts: list[tuple[str, tuple[Any, ...] | None]], first: int = 0, model: str = "tagger", threads: int | None = None
) -> tuple[int, dict[str, tuple[bytes, bytes | None, bytes]]]: ...

class Statements:
    def __init__(self, texts: list[tuple[Any, ...]], model: str = "tagger") -> None: ...
    def __len__(self) -> int: ...
    def check(self, texts: list[tuple[Any, ...]], threads: int | None = None) -> list[tuple[str | None, str | None]]: ...
    def trace(self, texts: list[tuple[Any, ...]], threads: int | None = None) -> list[tuple[str | None, str | None]]: ...

class Archive:
    def __init__(self, path: str) -> None: ...
    def __len__(self) -> int: ...
    def search(
        self,
        query: str,
        place: str | None = None,
        speaker: str | None = None,
        publisher: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        sort: str = "score",
        limit: int = 20,
        offset: int = 0,
        places: int = 10,
    ) -> tuple[int, str]: ...
    def document(self, id: str) -> tuple[str, str] | None: ...
    def statements(self, model: str = "tagger") -> Statements: ...
