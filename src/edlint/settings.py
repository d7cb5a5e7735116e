"""YAML as edlint reads it: YAML 1.2 scalars, no key twice, and every value with its file and line.

Rules, configuration and front matter are all read here. Values are checked against the types of a dataclass: a field
`since_year` is the key `since-year`; a field without a default is required. `no`, `on` and `yes` are words, as YAML 1.2
has them (sections 10.3.2 and 10.2 of its specification), because words are what rules are about.
"""

import re
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from edlint.finding import Problem

if TYPE_CHECKING:
    import yaml

_NULL = "tag:yaml.org,2002:null"
_SCALARS = (
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
)


@cache
def _loader() -> Any:
    """PyYAML's loader, in C where it is there, with the scalars of YAML 1.2.

    PyYAML is imported here and in the functions below, because a run whose rules come from the store needs none of it.
    """
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("Loader", (base,), {"yaml_implicit_resolvers": {}})
    for tag, pattern, first in _SCALARS:
        loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), first)
    return loader


class SettingsError(Exception):
    """Something in a YAML file is not as it should be; `problem` says what and where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class Entry(NamedTuple):
    """A value in a file: the file's path, the key it stands under, and its YAML node."""

    path: str
    key: str
    node: "yaml.Node"

    @property
    def line(self) -> int:
        """The line of the value, from 1."""
        return int(self.node.start_mark.line) + 1

    @property
    def place(self) -> str:
        """Where the value stands, as `file:line`."""
        return f"{self.path}:{self.line}"

    def error(self, message: str) -> SettingsError:
        """Makes an error about this value, led by its key."""
        told = f"{self.key}: {message}" if self.key else message
        return SettingsError(Problem(self.path, self.line, told))


def compose(text: str, path: str) -> "yaml.Node | None":
    """Parses one YAML document into nodes, None for an empty one; raises SettingsError."""
    import yaml

    loader = _loader()(text)
    try:
        node: yaml.Node | None = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        told = error.problem or error.context or "cannot be read"
        raise SettingsError(Problem(path, line, f"not YAML: {told}{_hint(told)}")) from error
    except yaml.YAMLError as error:
        message = f"not YAML: {str(error).splitlines()[0]}"
        raise SettingsError(Problem(path, None, message)) from error
    except RecursionError as error:
        raise SettingsError(Problem(path, None, "nested too deeply")) from error
    finally:
        loader.dispose()
    return node


def _hint(told: str) -> str:
    """What most often brings the parser to say so, where words beginning with a sign of YAML are taken for more."""
    if "tab" in told:
        return ": use spaces"
    signs = ("undefined alias", "cannot start any token", "expected key", "not allowed", "alphabetic or numeric")
    if any(sign in told for sign in signs):
        return ": words that begin with a sign or hold a colon go into quotation marks"
    return ""


def entries(entry: Entry) -> dict[str, Entry]:
    """Gives the entries of a mapping by key, in order; raises SettingsError for another value or a key given twice."""
    if shape(entry.node) != "mapping":
        raise entry.error(f"expected keys and values, got {shown(entry.node)}")
    found: dict[str, Entry] = {}
    for key, node in entry.node.value:
        if shape(key) != "scalar":
            raise Entry(entry.path, entry.key, key).error("expected a word as key")
        if key.value in found:
            raise Entry(entry.path, key.value, key).error(f"given twice, first in line {found[key.value].line}")
        found[key.value] = Entry(entry.path, key.value, node)
    return found


def shape(node: "yaml.Node") -> str:
    """Says whether a value is a `mapping`, a `sequence` or a `scalar`."""
    found: str = node.id  # type: ignore[attr-defined]  # every node has one; the stubs do not know
    return found


def shown(node: "yaml.Node") -> str:
    """Says what a value is, for messages."""
    if shape(node) == "mapping":
        return "keys and values"
    if shape(node) == "sequence":
        return "a list"
    return "nothing" if node.tag == _NULL else f"'{node.value}'"


def is_nothing(entry: Entry) -> bool:
    """Says whether a key is there and its value is not, as where all below it is commented out."""
    return bool(entry.node.tag == _NULL)


def plain(node: "yaml.Node | None", _depth: int = 0) -> Any:
    """Gives a node's value as plain Python values, whatever it is; a key given twice keeps the last value."""
    if node is None or _depth > 50:
        return None
    if shape(node) == "mapping":
        return {str(plain(key, _depth + 1)): plain(value, _depth + 1) for key, value in node.value}
    if shape(node) == "sequence":
        return [plain(item, _depth + 1) for item in node.value]
    return _scalar(node)


def _scalar(node: "yaml.Node") -> Any:
    match node.tag.rpartition(":")[2]:
        case "bool":
            return node.value.lower() == "true"
        case "int":
            return int(node.value, 0 if node.value[:2] in ("0o", "0x") else 10)
        case "float":
            return float(node.value)
        case "null":
            return None
    return node.value


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Gives `: did you mean 'tokens'?` where a known word is close, else nothing."""
    from difflib import get_close_matches  # only once something is wrong

    names = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), names, n=1, cutoff=0.6)
    return f": did you mean '{names[close[0]]}'?" if close else ""


def value(kind: Any, entry: Entry) -> Any:
    """Gives an entry's value as a type says: bool, int, float, str, Literal, tuple, Mapping, or one of these or None.

    A dataclass stands for a mapping of its keys. A single value is taken for a list of one, a list of mappings for one
    of them all, and a number for its text where text is wanted. Raises SettingsError.
    """
    if kind is Any:
        return plain(entry.node)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = [part for part in get_args(kind) if part is not type(None)]
        return None if entry.node.tag == _NULL else value(inner[0], entry)
    if origin is tuple:
        return tuple(value(get_args(kind)[0], item) for item in items(entry) if not is_nothing(item))
    if origin is not None and issubclass(_class(origin), Mapping):
        return {key: _of_key(get_args(kind)[1], item) for key, item in _merged(entry).items()}
    return _nested(kind, entry) if is_dataclass(kind) else _single(kind, entry)


def _merged(entry: Entry) -> dict[str, Entry]:
    """The entries of a mapping, or of a list of mappings, of which the later win."""
    if shape(entry.node) != "sequence":
        return entries(entry)
    return {key: item for part in items(entry) for key, item in entries(part).items()}


def _of_key(kind: Any, entry: Entry) -> Any:
    """A value of a mapping; where text is wanted, nothing is empty text."""
    return "" if kind is str and is_nothing(entry) else value(kind, entry)


def _nested(cls: Any, entry: Entry) -> Any:
    found, problems = record(cls, entries(entry), entry)
    if problems:
        raise SettingsError(problems[0])
    return found


def _class(origin: Any) -> type:
    return origin if isinstance(origin, type) else object


def items(entry: Entry) -> Iterator[Entry]:
    """Gives the entries of a list, or the entry itself where it is a single value."""
    if shape(entry.node) == "sequence":
        yield from (Entry(entry.path, entry.key, node) for node in entry.node.value)
    elif entry.node.tag != _NULL:
        yield entry


def joined(before: Entry, more: Entry) -> Entry:
    """Gives a list with more items, or a mapping with more keys, which win; raises SettingsError for unlike values."""
    _check_alike(before, more)
    if shape(more.node) == "mapping":
        keys = {key.value for key, _ in more.node.value}
        kept = [(key, node) for key, node in before.node.value if key.value not in keys]
        return before._replace(node=_remade(before.node, [*kept, *more.node.value]))
    return before._replace(node=_remade(before.node, [item.node for item in (*items(before), *items(more))]))


def without(before: Entry, less: Entry) -> Entry:
    """Gives a list without some items, or a mapping without some keys; raises SettingsError for one not there."""
    if shape(before.node) == "mapping":
        pairs, known = before.node.value, {key.value for key, _ in before.node.value}
    else:
        pairs = [(item.node, item.node) for item in items(before)]
        known = {node.value for node, _ in pairs}
    gone = list(entries(less)) if shape(less.node) == "mapping" else [str(item.node.value) for item in items(less)]
    for word in gone:
        if word not in known:
            raise less.error(f"'{word}' is not there to be taken away{did_you_mean(word, known)}")
    kept = [(key, node) for key, node in pairs if key.value not in gone]
    is_mapping = shape(before.node) == "mapping"
    return before._replace(node=_remade(before.node, kept if is_mapping else [node for _, node in kept]))


def _check_alike(before: Entry, more: Entry) -> None:
    if (shape(before.node) == "mapping") != (shape(more.node) == "mapping"):
        raise more.error(f"expected {shown(before.node)}, as what it is added to, got {shown(more.node)}")


def _remade(node: "yaml.Node", value: list[Any]) -> "yaml.Node":
    """A node of the same place with other values, a list where it was a single one."""
    import yaml

    if shape(node) == "mapping":
        return yaml.MappingNode(node.tag, value, node.start_mark, node.end_mark)
    return yaml.SequenceNode("tag:yaml.org,2002:seq", value, node.start_mark, node.end_mark)


_WANTED = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}


def _single(kind: Any, entry: Entry) -> Any:
    node = entry.node
    if get_origin(kind) is Literal:
        choices = get_args(kind)
        if shape(node) == "scalar" and node.value in choices:
            return node.value
        raise entry.error(f"expected one of {', '.join(choices)}, got {shown(node)}")
    if shape(node) == "scalar":
        found = _scalar(node)
        if kind is str and found is not None:
            return node.value
        if kind is float and type(found) is int:
            return float(found)
        if type(found) is kind:
            return found
    raise entry.error(f"expected {_WANTED[kind]}, got {shown(node)}")


def keys_of(cls: type) -> dict[str, str]:
    """Gives the keys that a dataclass stands for, with its field names: `since-year` for `since_year`."""
    return {field.name.replace("_", "-"): field.name for field in fields(cls) if field.init}


def record(cls: type, found: Mapping[str, Entry], whole: Entry) -> tuple[Any, list[Problem]]:
    """Makes an instance of a dataclass from entries by key, with a problem for each that does not fit.

    The instance is None where there are problems. `whole` is what the entries stand in, for a key that is missing. A
    key that may be missing is as good as missing where it has no value.
    """
    keys, hints, values, problems = keys_of(cls), get_type_hints(cls), dict[str, Any](), list[Problem]()
    needed = {field.name for field in fields(cls) if is_required(field)}
    for key, entry in found.items():
        name = keys.get(key.lower())
        if name is None:
            problems.append(Problem(entry.path, entry.line, f"unknown key '{key}'{did_you_mean(key, keys)}"))
            continue
        if is_nothing(entry) and name not in needed:
            continue
        try:
            values[name] = value(hints[name], entry)
        except SettingsError as error:
            problems.append(error.problem)
    given = {keys.get(key.lower()) for key in found}
    for name in (field.name for field in fields(cls) if field.name in needed - given):
        problems.append(Problem(whole.path, whole.line, f"{name.replace('_', '-')}: missing"))
    return (None if problems else cls(**values)), problems


def is_required(field: "Field[Any]") -> bool:
    """Says whether the key that a field stands for must be given."""
    return field.init and field.default is MISSING and field.default_factory is MISSING
