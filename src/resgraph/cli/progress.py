"""Progress on standard error: a bar for the files that are read, one for the graph that is validated."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rich.progress import Progress, TaskID

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of one build."""

    progress: Progress
    validation: TaskID

    def reading(self, files: Sequence[Path]) -> Iterable[Path]:
        """The same files, taken one by one."""
        return self.progress.track(files, description="Reading")

    def counting(self, done: Iterable[T], total: int) -> Iterable[T]:
        """The same, for what comes in an order of its own."""
        return self.progress.track(done, total, description="Reading")

    def validating(self, done: int, total: int) -> None:
        self.progress.update(self.validation, completed=done, total=total, visible=True)


@contextmanager
def bars(quiet: bool) -> Iterator[Bars]:
    """Bars that vanish at the end; none are drawn if `quiet`, or where standard error is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        yield Bars(progress, progress.add_task("Validating", total=None, visible=False))
