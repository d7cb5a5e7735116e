"""Workers: articles checked in several processes at once, where there are enough of them to be worth it.

A worker is forked once the rules are read, so that none reads them again; where a platform does not fork, or a worker
dies, the work is done here. Every worker takes each so-many-th article, and results come back in the order asked for.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

_WORTH_IT = 16  # tasks for each worker; with fewer, a second copy of a language model costs more than it saves


def count(tasks: int) -> int:
    """Gives how many workers are worth having for a number of tasks; 1 for none beside this process."""
    if "fork" not in get_all_start_methods():
        return 1
    return max(min(os.cpu_count() or 1, tasks // _WORTH_IT), 1)


def results(
    done: Callable[[T], R], tasks: Sequence[T], number: int, progress: Callable[[int], None]
) -> list[R | Exception]:
    """Gives what a function makes of tasks, or what it raises, in their order, by a number of workers.

    `progress` is told how many are done.
    """
    found: dict[int, R | Exception] = {}
    for index, result in _by_workers(done, tasks, number) if number > 1 else ():
        found[index] = result
        progress(len(found))
    for index, task in enumerate(tasks):
        if index not in found:
            progress(len(found))
            found[index] = _tried(done, task)
    return [found[index] for index in range(len(tasks))]


def _tried(done: Callable[[T], R], task: T) -> R | Exception:
    try:
        return done(task)
    except Exception as error:
        return error


def _by_workers(done: Callable[[T], R], tasks: Sequence[T], number: int) -> Iterator[tuple[int, R | Exception]]:
    """The results as they come, each with the number of its task; those of a worker that dies are missing."""
    context = get_context("fork")
    ends: list[Connection[Any, Any]] = []
    processes: list[Any] = []
    try:
        for worker in range(number):
            here, there = context.Pipe(duplex=False)
            mine = (done, tasks, range(worker, len(tasks), number), there, [*ends, here])
            ends.append(here)
            processes.append(context.Process(target=_work, args=mine, daemon=True))
            processes[-1].start()
            there.close()
        yield from _received(ends)
    except OSError:  # no more processes are to be had
        return
    finally:
        for process in processes:
            if process.is_alive() and ends:
                process.terminate()
        for process in processes:
            if process.pid is not None:
                process.join()


def _received(ends: "list[Connection[Any, Any]]") -> Iterator[Any]:
    """What comes from workers, until each has closed its end or can no longer be understood."""
    while ends:
        for end in cast("list[Connection[Any, Any]]", wait(ends)):
            try:
                yield end.recv()
            except Exception:  # the worker has ended, has died, or has sent what cannot be read
                ends.remove(end)
                end.close()


def _work(
    done: Callable[[T], R],
    tasks: Sequence[T],
    numbers: Sequence[int],
    end: "Connection[Any, Any]",
    others: "Sequence[Connection[Any, Any]]",
) -> None:
    for other in others:  # so that this process notices when the one that asked has gone
        other.close()
    try:
        for number in numbers:
            end.send((number, _tried(done, tasks[number])))
    except (KeyboardInterrupt, BrokenPipeError):
        return
    finally:
        end.close()
