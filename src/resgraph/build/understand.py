"""What the process that read a document does with it next: understand it, and say it as a part of the graph.

Only that process imports this: it takes half a second, which a build that finds nothing new does not have.
"""

from __future__ import annotations

import pickle
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from resgraph.build.parts import part_of
from resgraph.errors import InputError, ResgraphError
from resgraph.iris import Iris
from resgraph.model import Source
from resgraph.pipeline import understood
from resgraph.readers.metadata import Metadata

if TYPE_CHECKING:
    from collections.abc import Callable

    from resgraph.model import Read

_SAMPLE = """57/201. Words of the Assembly

The General Assembly,

Recalling its resolution 48/141 of 20 December 1993,

1. Requests the Secretary-General to report to the Assembly at its fifty-eighth session;

2. Decides to remain seized of the matter.

77th plenary meeting, 18 December 2002
"""


def finisher(setting: bytes) -> Callable[[Read, str], bytes]:
    """Makes parts, once all that is opened or made at first use has been: later, no file can be opened."""
    base, told = pickle.loads(setting)  # noqa: S301 (from the process that started this one)
    make = partial(_part, iris=Iris(base), metadata=Metadata(told))
    make(Source("sample", "0" * 64, "text/plain", _SAMPLE), "sample")
    return make


def _part(read: Read, where: str, *, iris: Iris, metadata: Metadata) -> bytes:
    try:
        return part_of(understood(read, where, metadata), iris).pack()
    except (InputError, MemoryError):
        raise
    except ResgraphError as error:
        raise InputError(where, f"{error.where}: {error.what}", error.todo) from error
    except Exception as error:
        raise _unforeseen(where, error) from error


def _unforeseen(where: str, error: Exception) -> InputError:
    """A fault of resgraph's own, which costs one document like any other and is shown like any other."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{PurePath(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}" if trace else "nowhere"
    what = f"made resgraph fail ({type(error).__name__}: {error}; {place})"
    return InputError(where, " ".join(what.split()), "report this with the file; it is left out of the graph")
