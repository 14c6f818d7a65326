"""Hashing and comparing secrets by argon2id, two at a time, first come first served.

A comparison takes 19 MiB and some 20 ms of a core. Unbounded, many at once would starve every
other page; a semaphore let some callers wait for seconds; a queue with an end keeps the order,
and when it is full the caller hears "busy" at once.
"""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app

Answer = TypeVar("Answer")

_argon2 = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# The hash of a random secret that nobody kept: an unknown name costs what a known one costs.
NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$m7eVkCCip2j3Ir9m5O2jqg$"
    "/JOXf44yBSE5QZ0e1zKjHrYkQisg+9hCt/Zg91xpTfM"
)

WORKERS = 2
WAITING = 48  # about half a second of work at two cores


class BusyError(Exception):
    """The queue is full; try again in a moment."""


class Comparer:
    """The pool; one for each app. Threads are started when first needed, so a fork is safe."""

    def __init__(self, workers: int = WORKERS, waiting: int = WAITING) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="argon2")
        self._room = threading.BoundedSemaphore(workers + waiting)

    def matches(self, secret_hash: str | None, secret: str) -> bool:
        """Whether the secret is the hashed one; an empty hash never matches, and takes as long."""
        is_right = self._do(_compare, secret_hash or NOBODY, secret)
        return is_right and secret_hash is not None

    def hash(self, secret: str) -> str:
        """The secret's hash, with its own salt."""
        return self._do(_argon2.hash, secret)

    def hash_all(self, secrets: Iterable[str]) -> list[str]:
        """Many hashes for a seed or an import, in the order given; waits and is never busy."""
        return list(self._pool.map(_argon2.hash, secrets))

    def _do(self, act: Callable[..., Answer], *arguments: str) -> Answer:
        if not self._room.acquire(blocking=False):
            raise BusyError
        try:
            work: Future[Answer] = self._pool.submit(act, *arguments)
            return work.result()
        finally:
            self._room.release()


def comparer() -> Comparer:
    """The running app's pool."""
    found: Comparer = current_app.extensions["yachay.comparer"]
    return found


def init_app(app: Flask) -> None:
    """Give the app its pool."""
    app.extensions["yachay.comparer"] = Comparer()


def _compare(secret_hash: str, secret: str) -> bool:
    try:
        return _argon2.verify(secret_hash, secret)
    except (VerificationError, InvalidHashError):
        return False
