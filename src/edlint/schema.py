"""JSON Schemas of edlint's files, for editors, made from the dataclasses that these files are checked by when read.

What a key is for is said in one place, in the docstring of its dataclass or, for the keys of a kind, of the kind's
module: as "- `key`: what it is for". A newcomer would expect a schema to say everything; what no type can say (a bad
expression, a rule that does not exist) only edlint itself says.

Draft 7, which is what editors know.
"""

import json
import re
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from edlint import action, kinds
from edlint.edlint_yml import ElementKeys, Keys, PathKeys, TermsKeys
from edlint.house import LEVELS
from edlint.rule_keys import ActionKeys, FaultKeys
from edlint.rule_keys import Keys as RuleKeys
from edlint.scope import BLOCKS, PROSE_FIELDS, VIEWS
from edlint.settings import is_required, keys_of

Schema = dict[str, Any]

_SIMPLE: Mapping[Any, Schema] = {
    str: {"type": ["string", "number", "boolean"]},  # a number is taken for its text
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
}
_MESSAGE = r"^(?=[\s\S]*\S)(?:[^%]|%(?:\[\d+\])?[sd]|%%)*$"
_RULE = r"^[^.\s]+(?:\.[^.\s]+)+$"
_ITEM = re.compile(r"^ *- `([\w-]+)`: (.*(?:\n(?! *- ) +\S.*)*)", re.MULTILINE)


def configuration() -> Schema:
    """Gives the schema of `.edlint.yml`."""
    keys, parts = _properties(Keys), _properties(PathKeys)
    for told in (keys["rules"], parts["rules"]):
        told |= _named("settings")
    part = _object(parts, required=_required(PathKeys))
    keys["paths"] |= {"anyOf": [_nullable(_object(None, _named("settings"))), {"type": "array", "items": part}]}
    keys["elements"] |= _nullable(_object(_properties(ElementKeys)))
    definitions = {"settings": _nullable(_object(None, _setting())), "scope": _scope(), "fault": _fault()}
    return _file("The configuration of edlint", _nullable(_object(keys)), definitions)


def rule() -> Schema:
    """Gives the schema of a rule file: the keys of every rule, and those of its kind."""
    keys = _common()
    of_every_rule = {"type": "object", "properties": keys, "required": ["extends"]}
    # A rule that extends another may leave out and change whatever that one has, of which nothing is known here.
    by_itself = {"properties": {"extends": {"enum": kinds.known()}}}
    whole = {
        **of_every_rule,
        "allOf": [
            {"if": by_itself, "then": {"required": _required(RuleKeys)}},
            *(_of_kind(name, keys) for name in kinds.known()),
        ],
    }
    return _file("A rule of edlint", whole, {"scope": _scope(), "fault": _fault()})


def terms() -> Schema:
    """Gives the schema of a terms file."""
    keys = {key: _nullable(schema) for key, schema in _properties(TermsKeys).items()}
    for key in ("words", "patterns"):
        keys[key] = {"description": keys[key]["description"], **_list({**_SIMPLE[str], "pattern": r"\S"})}
    return _file("Terms of edlint", _nullable(_object(keys)), {})


SCHEMAS: Mapping[str, Callable[[], Schema]] = {"edlint": configuration, "rule": rule, "terms": terms}


def text(name: str) -> str:
    """Gives a schema, by its name in SCHEMAS, as it is published."""
    return json.dumps(SCHEMAS[name](), indent=2, ensure_ascii=False) + "\n"


def descriptions(docstring: str | None) -> dict[str, str]:
    """Gives what a docstring says of each key."""
    return {key: " ".join(about.split()).removesuffix(".") for key, about in _ITEM.findall(docstring or "")}


def _file(title: str, schema: Schema, definitions: Schema) -> Schema:
    """A whole schema; `definitions` are what it names more than once."""
    named = {"text": _SIMPLE[str], "texts": _list(_named("text")), **definitions}
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **schema, "definitions": named}


def _named(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


# Keys that are more than their type


def _common() -> Schema:
    """The keys that a rule of any kind may have."""
    keys = _properties(RuleKeys)
    keys["extends"] |= {"type": "string", "anyOf": [{"enum": kinds.known()}, {"pattern": _RULE}]}
    keys["action"] |= _nullable(
        _object({"name": {"enum": list(action.NAMES)}, "params": _properties(ActionKeys)["params"]}, required=["name"])
    )
    keys["message"] |= {"pattern": _MESSAGE}
    del keys["scope"]["$ref"]
    keys["scope"] |= _list(_named("scope"))
    return keys


def _scope() -> Schema:
    terms = sorted(BLOCKS | PROSE_FIELDS | VIEWS)
    term = rf"\s*~?\s*(?:{'|'.join(map(re.escape, terms))}|frontmatter\.[^&]*?)\s*"
    return {"anyOf": [{"enum": terms}, {"type": "string", "pattern": f"^{term}(?:&{term})*$"}]}


def _fault() -> Schema:
    message = {**_SIMPLE[str], "pattern": _MESSAGE}
    keys = _properties(FaultKeys)
    keys["message"] |= message
    return {"anyOf": [message, _object(keys, required=_required(FaultKeys))]}


def _faults(names: Iterable[str]) -> Schema:
    return _object(dict.fromkeys(names, _named("fault")))


def _of_kind(name: str, common: Schema) -> Schema:
    """What holds for rules of a kind. All keys are named again, since others are refused."""
    kind = kinds.kind(name)
    own = _properties(kind.Options, kind.__doc__)
    keys = {**dict.fromkeys(common, True), "faults": _nullable(_faults(kind.FAULTS)), **own}
    where = {"properties": {"extends": {"const": name}}, "required": ["extends"]}
    return {"if": where, "then": _object(keys, required=_required(kind.Options))}


def _setting() -> Schema:
    """What a configuration may say of rules: a level, or keys of rules of any kind."""
    keys = {key: schema for key, schema in _common().items() if key != "extends"}
    keys["faults"] |= _faults(fault for name in kinds.known() for fault in kinds.kind(name).FAULTS)
    keys["severity"] = {"description": "How bad what the rule finds is, or `off`", "enum": list(LEVELS)}
    for name in kinds.known():
        kind = kinds.kind(name)
        for key, schema in _properties(kind.Options, kind.__doc__).items():
            bare = {part: what for part, what in schema.items() if part not in ("description", "default")}
            told = f"{name}: {schema.get('description', '')}"
            known = keys.setdefault(key, {"description": told, "anyOf": [bare]})
            if bare not in known["anyOf"]:
                known["anyOf"].append(bare)
            if told != known["description"]:
                known["description"] += f"\n\n{told}"
    return {"anyOf": [{"enum": list(LEVELS)}, _object(keys)]}


# Types


def _properties(cls: type, docstring: str | None = None) -> Schema:
    """The schemas of the keys that a dataclass stands for, each with what it is for and its default."""
    hints, names, told = get_type_hints(cls), keys_of(cls), descriptions(docstring or cls.__doc__)
    found = {}
    for field in fields(cls):
        key = next(key for key, name in names.items() if name == field.name)
        about = {"description": told[key]} if key in told else {}
        schema = _type(hints[field.name])
        found[key] = {**about, **(schema if is_required(field) else _nullable(schema))}
        if field.default is not MISSING and field.default is not None and field.default != ():
            found[key]["default"] = list(field.default) if isinstance(field.default, tuple) else field.default
    return found


def _required(cls: type) -> list[str]:
    names = {name: key for key, name in keys_of(cls).items()}
    return [names[field.name] for field in fields(cls) if is_required(field)]


def _type(kind: Any) -> Schema:
    """The schema of what `settings.value` takes for a type."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind is Any:
        return {}
    if origin in (Union, types.UnionType):
        return _nullable(_type(next(part for part in parts if part is not type(None))))
    if origin is Literal:
        return {"enum": list(parts)}
    if origin is tuple:
        return _named("texts") if parts[0] is str else _list(_type(parts[0]))
    if origin is not None and issubclass(origin, Mapping):
        mapping = _object(None, _nullable(_type(parts[1])) if parts[1] is str else _type(parts[1]))
        return {"anyOf": [mapping, {"type": "array", "items": mapping}]}
    if isinstance(kind, type) and is_dataclass(kind):
        return _object(_properties(kind), required=_required(kind))
    return dict(_SIMPLE[kind])


def _list(item: Schema) -> Schema:
    """A list; a single value is one of one, and nothing one of none."""
    return {"anyOf": [{"type": "array", "items": item}, item, {"type": "null"}]}


def _object(keys: Schema | None, others: Schema | bool = False, *, required: list[str] | None = None) -> Schema:
    known = {"properties": keys} if keys is not None else {}
    return {"type": "object", **known, "additionalProperties": others, **({"required": required} if required else {})}


def _nullable(schema: Schema) -> Schema:
    """A schema that a key without a value fits, too."""
    if "type" in schema:
        kinds_of_value = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*kinds_of_value, *(["null"] if "null" not in kinds_of_value else [])]}
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if "anyOf" in schema and {"type": "null"} not in schema["anyOf"]:
        return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    return schema  # a list, which may be nothing anyway, or anything
