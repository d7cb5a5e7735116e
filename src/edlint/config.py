"""The configuration: one file, found from the linted file's folder upward, else the built-in default.

That is the nearest `.edlint.yml`; where there is none up to the root of the repository, the nearest file of Vale's.
There is no other cascade: what a folder above says does not hold beside it.
"""

from pathlib import Path

from edlint.house import Config, PathGlob, Setting, default

__all__ = ["FILE_NAME", "VALE_NAMES", "Config", "PathGlob", "Setting", "default", "find", "load"]

FILE_NAME = ".edlint.yml"
VALE_NAMES = (".vale.ini", "_vale.ini", "vale.ini", ".vale", "_vale", ".config/vale.ini")
Nearest = tuple[Path | None, ...]  # the nearest file in each notation, the one that counts more first
_NAMES = ((FILE_NAME,), VALE_NAMES)


def find(folder: Path, known: dict[Path, Nearest] | None = None) -> Path | None:
    """Gives the configuration file that holds in a folder, named by its absolute path.

    `known` is what has been found for other folders, and is added to.
    """
    return next((path for path in _nearest(folder, {} if known is None else known) if path), None)


def _nearest(folder: Path, known: dict[Path, Nearest]) -> Nearest:
    if folder not in known:
        is_top = folder == folder.parent or (folder / ".git").exists()
        above = (None,) * len(_NAMES) if is_top else _nearest(folder.parent, known)
        known[folder] = tuple(_first(folder, names) or path for names, path in zip(_NAMES, above, strict=True))
    return known[folder]


def _first(folder: Path, names: tuple[str, ...]) -> Path | None:
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _is_vales(path: Path) -> bool:
    return path.suffix == ".ini" or path.name in VALE_NAMES


def switching_off(config: Config, rule: str) -> tuple[str, list[str]]:
    """Gives where a house says that a rule is off, in words, and the lines that say so there."""
    if config.path and _is_vales(path := Path(config.path)):
        return f"in {path.name}, below the section that names this article", [f"{rule} = NO"]
    return f"in {FILE_NAME}", ["rules:", f"  {rule}: off"]


def load(path: Path, root: Path | None = None) -> Config:
    """Reads a configuration file in the notation that its name says; raises UsageError with file, line and key.

    `root` is the folder that the globs of Vale's notation count from where it is not the file's own; those of
    `.edlint.yml` always count from the file that says them.
    """
    if _is_vales(path):
        from edlint import vale_ini  # as below: a run reads one notation, or none

        return vale_ini.load(path, root)
    from edlint import edlint_yml

    return edlint_yml.load(path)
