"""Workers: articles checked in several processes at once, where there are enough of them to be worth it.

A worker is forked once the rules are read, so that none reads them again; where a platform does not fork, or a worker
dies, the work is done here. Every worker takes each so-many-th article. Results come back in the order asked for, each
as soon as those before it have come; a worker that is far ahead waits, so that few of them are held.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

_WORTH_IT = 16  # tasks for each worker; with fewer, a second copy of a language model costs more than it saves
_AHEAD = 200  # results of one worker that are held until those before them have come


def count(tasks: int) -> int:
    """Gives how many workers are worth having for a number of tasks; 1 for none beside this process."""
    if not hasattr(os, "fork"):
        return 1
    return max(min(os.cpu_count() or 1, tasks // _WORTH_IT), 1)


def results(done: Callable[[T], R], tasks: Sequence[T], number: int) -> Iterator[R | Exception]:
    """Gives what a function makes of tasks, or what it raises, in their order, by a number of workers."""
    with _Crew(done, tasks, number if number > 1 else 0) as crew:
        for index, task in enumerate(tasks):
            sent = crew.next_of(index % number)
            yield sent[0] if sent else tried(done, task)


def tried(done: Callable[[T], R], task: T) -> R | Exception:
    """Gives what a function makes of a task, or what it raises."""
    try:
        return done(task)
    except Exception as error:
        return error


class _Crew:
    """Workers at work; within `with`, they are gone at the end, whatever they have left undone."""

    def __init__(self, done: Callable[[T], R], tasks: Sequence[T], number: int) -> None:
        self._processes: list[Any] = []
        self._ends: dict[int, Connection[Any, Any]] = {}  # of those that have more to send
        self._held: dict[int, deque[Any]] = {worker: deque() for worker in range(number)}
        for worker in range(number):
            try:
                self._start(worker, done, tasks[worker::number])
            except (OSError, ValueError):  # no more processes are to be had, or this platform does not fork
                return

    def _start(self, worker: int, done: Callable[[T], R], tasks: Sequence[T]) -> None:
        from multiprocessing import get_context

        context = get_context("fork")
        here, there = context.Pipe(duplex=False)
        others = [*self._ends.values(), here]
        process = context.Process(target=_work, args=(done, tasks, there, others), daemon=True)
        process.start()
        there.close()
        self._processes.append(process)
        self._ends[worker] = here

    def __enter__(self) -> "_Crew":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            if process.is_alive() and self._ends:
                process.terminate()
            process.join()

    def next_of(self, worker: int) -> tuple[Any] | None:
        """Gives the next result of a worker, None where it sends no more."""
        while not self._held.get(worker):
            if worker not in self._ends:
                return None
            from multiprocessing.connection import wait

            wanted = {end: one for one, end in self._ends.items() if one == worker or len(self._held[one]) < _AHEAD}
            for end in cast("list[Connection[Any, Any]]", wait(list(wanted))):
                self._receive(wanted[end])
        return (self._held[worker].popleft(),)

    def _receive(self, worker: int) -> None:
        try:
            self._held[worker].append(self._ends[worker].recv())
        except Exception:  # it has ended, has died, or has sent what cannot be read
            self._ends.pop(worker).close()


def _work(
    done: Callable[[T], R],
    tasks: Sequence[T],
    end: "Connection[Any, Any]",
    others: "Sequence[Connection[Any, Any]]",
) -> None:
    for other in others:  # so that this process notices when the one that asked has gone
        other.close()
    try:
        for task in tasks:
            end.send(tried(done, task))
    except (KeyboardInterrupt, BrokenPipeError):
        return
    finally:
        end.close()
