"""What a site is told when it starts: where its graph is, where it listens, and what one stranger may use of it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one query, one address and all together may use. Each is an option of `resgraph serve`."""

    time: float = 15.0
    rows: int = 10_000
    query_size: int = 64_000
    nesting: int = 100
    answer_size: int = 64_000_000
    memory: int = 2_000_000_000
    per_address: int = 4
    queue: int = 32
    workers: int = field(default_factory=lambda: max(2, os.cpu_count() or 2))

    def shared_by(self, processes: int) -> Limits:
        """Those of one of several processes, which has its share of the workers."""
        return replace(self, workers=-(-self.workers // processes))

    @property
    def of_stored(self) -> Limits:
        """Those of stored questions, whose texts are ours: they have a worker of their own, and no share by address."""
        return replace(self, workers=1, per_address=self.queue + 1)


TITLE = "Resolutions of the United Nations"


@dataclass(frozen=True, slots=True)
class Settings:
    """`public_url` is the address under which the world sees the site's root; without it, that of each request."""

    store: Path
    host: str = "127.0.0.1"
    port: int = 8080
    title: str = TITLE
    public_url: str | None = None
    trusted_proxies: tuple[str, ...] = ()
    cross_origin: bool = True
    processes: int = 1
    limits: Limits = Limits()
