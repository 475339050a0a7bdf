"""Tasks on a cluster: so many at a time, done elsewhere where a worker dies, and cut where they kill workers."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from distributed import Client, KilledWorker, as_completed

from resgraph.build.making import Entry
from resgraph.cluster.tasks import MOST_MEMBERS, Chunk, Gist, Item
from resgraph.errors import InputError, OutputError, ResgraphError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from distributed import Future

    from resgraph.cluster.tasks import Written

    Items = tuple[Item, ...]

Task = TypeVar("Task")

TRIES = 2
"""How often a task that raised an error is tried again; of dead workers the scheduler keeps its own count."""

_PATIENCE = 60
"""Seconds until a scheduler that does not answer, or has no workers, is given up."""

_PIECES = 10
"""Into how many a chunk that kills workers is cut: each step costs workers, so that halves would cost the most."""

_AHEAD = 4
_FEWEST = 32


@contextmanager
def connected(scheduler: str) -> Iterator[Client]:
    """Raises UsageError where the scheduler does not answer or no worker comes."""
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(scheduler, "no scheduler answers there", "start one with 'dask scheduler'") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise UsageError(scheduler, "it has no workers", f"start some with 'dask worker {scheduler}'") from error
        yield client


def read_all(client: Client, chunks: Iterable[Items], submit: Callable[[Items], Future]) -> Iterator[Chunk]:
    """What became of each chunk, as it is done. A file that kills every worker, or that no try can fetch, is set aside
    with the reason, once it was tried alone while nothing else was read.
    """
    cut: deque[Items] = deque()
    suspects: list[Items] = []
    for items, future in _ended(client, chunks, cut, submit):
        if future.status == "finished":
            yield future.result()
            continue
        _fault(future)
        if len(items) == 1:
            suspects.append(items)
        else:
            step = -(-len(items) // _PIECES)
            cut.extend(items[n : n + step] for n in range(0, len(items), step))
    for suspect in suspects:
        for (item,), future in _ended(client, [suspect], deque(), submit):
            yield future.result() if future.status == "finished" else _set_aside(item, _fault(future))


def write_all(
    client: Client, tasks: Iterable[Task], submit: Callable[[Task], Future]
) -> Iterator[tuple[Task, Written]]:
    """What became of each part. Raises OutputError where one cannot be written by any worker."""
    for task, future in _ended(client, tasks, deque(), submit):
        if future.status != "finished":
            error = _fault(future)
            what = f"a part cannot be written by any worker ({error})"
            raise OutputError("--cluster", what, "look at the workers' logs, and build again: it goes on there")
        yield task, future.result()


def _ended(
    client: Client, tasks: Iterable[Task], first: deque[Task], submit: Callable[[Task], Future]
) -> Iterator[tuple[Task, Future]]:
    """Tasks as they end, whichever way; those put into `first` meanwhile go before the rest of `tasks`."""
    rest = iter(tasks)
    running: dict[Future, Task] = {}
    completed = as_completed(loop=client.loop)

    def fill() -> None:
        most = max(_FEWEST, _AHEAD * sum(client.nthreads().values()))
        while len(running) < most:
            task = first.popleft() if first else next(rest, None)
            if task is None:
                return
            future = submit(task)
            running[future] = task
            completed.add(future)

    fill()
    for future in completed:
        yield running.pop(future), future
        fill()


def _fault(future: Future) -> BaseException:
    """Why a task has failed. Raises what no other worker and no other cut would mend."""
    if future.status != "error":
        raise OutputError("--cluster", "the scheduler has lost the tasks", "build again: it goes on where it stood")
    error: BaseException = future.exception()
    if isinstance(error, ResgraphError):
        raise error
    if isinstance(error, ImportError):
        raise UsageError("--cluster", f"a worker cannot run the tasks ({error})", "install resgraph[cluster] there")
    return error


def _set_aside(item: Item, error: BaseException) -> Chunk:
    match error:
        case KilledWorker():
            what, todo = "ended every worker that read it", "look at the workers' logs, and report the file"
        case OSError():
            what, todo = f"cannot be read ({error})", "check the address, and build again"
        case _:
            what = " ".join(f"made resgraph fail ({type(error).__name__}: {error})".split())
            todo = "report this with the file; it is left out of the graph"
    entry = Entry((0, False, item.number * MOST_MEMBERS), item.url, failure=InputError(item.url, what, todo))
    return Chunk("", (Gist(entry, None),))
