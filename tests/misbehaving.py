"""A reader's module whose readers do what hostile documents make readers do."""

import ctypes
import os
import signal
import socket
import time
from dataclasses import replace
from pathlib import Path

from resgraph.errors import InputError
from resgraph.model import Source


def well(data: bytes, source: Source) -> Source:
    return replace(source, text=data.decode())


def grow(data: bytes, source: Source) -> Source:
    piled = []
    while True:
        piled.append(bytearray(8 * 1024 * 1024))


def abort(data: bytes, source: Source) -> Source:
    piled = bytearray(b"x") * (160 * 1024 * 1024)
    time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGABRT)
    return replace(source, text=str(len(piled)))


def spin(data: bytes, source: Source) -> Source:
    while True:
        pass


def sleep(data: bytes, source: Source) -> Source:
    time.sleep(60)
    return source


def die(data: bytes, source: Source) -> Source:
    ctypes.string_at(0)
    return source


def leave(data: bytes, source: Source) -> Source:
    os._exit(7)


def fail(data: bytes, source: Source) -> Source:
    raise KeyError("a rule nobody wrote")


def refuse(data: bytes, source: Source) -> Source:
    raise InputError(f"{source.path}:3", "is odd", "make it even")


def recurse(data: bytes, source: Source) -> Source:
    return recurse(data, source)


def swell(data: bytes, source: Source) -> Source:
    return replace(source, text="x" * (80 * 1024 * 1024))


def openly(data: bytes, source: Source) -> Source:
    return replace(source, text=Path("/etc/hostname").read_text())


def write(data: bytes, source: Source) -> Source:
    Path(data.decode()).write_text("written")
    return source


def connect(data: bytes, source: Source) -> Source:
    with socket.create_connection(("127.0.0.1", int(data)), 2):
        return source


def process(data: bytes, source: Source) -> Source:
    return replace(source, text=str(os.getpid()))


def mutter(data: bytes, source: Source) -> Source:
    os.write(2, b"a library's warning\n")
    return replace(source, text="muttered")


def forge(data: bytes, source: Source) -> Source:
    os.write(1, (12).to_bytes(8, "big") + b"no pickle at")
    return source
