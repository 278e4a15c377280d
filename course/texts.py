"""The project's texts: TOML files, which can be edited without touching Python.

A file is a table whose lists of tables, such as [[question]], become dataclasses. The fields of a
dataclass say what its table must have. Backquotes in a text mark code, and line breaks are spaces,
except in a field for code, which is kept as it is.
Whatever is wrong is said in one way: the file, the entry, the field, and what is wrong with it.
"""

import re
from dataclasses import MISSING, field, fields

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

TYPES = {str: "a text in quotes", int: "a whole number", bool: "true or false"}


class TextError(Exception):
    """A file is wrong. The message names the file, the entry and the field."""


def matching(regex, wanted, **options):
    """Return a dataclass field for a text that matches `regex`. `wanted` says so to its author."""
    return field(metadata={"regex": regex, "wanted": wanted}, **options)


def an_id():
    """Return a dataclass field for an id, which is good for addresses too."""
    return matching(r"[a-z0-9]+(-[a-z0-9]+)*", 'like "what-is-a-cookie"')


def a_lesson():
    """Return a dataclass field for the name of a lesson's view."""
    return matching(r"[a-z][a-z0-9_]*:[a-z][a-z0-9_]*", 'like "sessions_demo:set_session"')


def an_anchor():
    """Return a dataclass field for an HTML id on a lesson's page."""
    return matching(r"[a-z0-9]+(-[a-z0-9]+)*", 'like "first-save"')


def code(**options):
    """Return a dataclass field for code, which keeps its line breaks and its indentation."""
    return field(metadata={"code": True}, **options)


def read(file):
    """Return the content of a TOML file, given as a `Path`, as a dictionary.

    Raise `TextError` if it is not TOML.
    """
    try:
        # Some editors begin a file with a byte order mark, which TOML does not allow.
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except ValueError as error:  # what TOMLDecodeError and UnicodeDecodeError are
        raise TextError(f"{file.name}: this is not valid TOML: {error}.") from error


def pop_entries(table, name, where):
    """Take the list of tables `name`, such as [[question]], out of `table`.

    Return pairs of where each entry stands, for messages, and the entry. Raise `TextError` if
    there is no such list.
    """
    found = table.pop(name, None)
    if not found or type(found) is not list or any(type(entry) is not dict for entry in found):
        raise TextError(f"{where}, {name}: there must be entries that begin [[…{name}]].")
    return [
        (f"{where}, {name} {number}" + (f" ({entry['id']})" if "id" in entry else ""), entry)
        for number, entry in enumerate(found, start=1)
    ]


def make(kind, table, where, **given):
    """Return a `kind`, one of the dataclasses, made of the fields in `table` and those given.

    A field may be absent if the dataclass has a default for it. Raise `TextError`, beginning
    with `where`, for the first field that is missing, unknown or malformed.
    """
    expected = {each.name: each for each in fields(kind) if each.name not in given}
    reject_unknown(table, expected, where)
    for name, each in expected.items():
        if name in table:
            given[name] = checked(table[name], each, f"{where}, {name}")
        elif each.default is MISSING:
            raise TextError(f"{where}, {name}: this field is missing.")
    return kind(**given)


def reject_unknown(table, known, where):
    """Raise `TextError` if `table` has a field that is not in `known`."""
    for name in table:
        if name not in known:
            raise TextError(f"{where}, {name}: there is no such field.")


def checked(value, expected, where):
    """Return a value as the dataclass field `expected` has it. Raise `TextError` if it cannot."""
    if type(value) is not expected.type:  # for isinstance, true is a whole number
        raise TextError(f"{where}: must be {TYPES[expected.type]}, not {value!r}.")
    if expected.type is str:
        is_code = expected.metadata.get("code", False)
        value = value.strip("\n") if is_code else " ".join(value.split())
        if not value.strip():
            raise TextError(f"{where}: must not be empty.")
        regex = expected.metadata.get("regex", "(?s:.*)")
        if not re.fullmatch(regex, value):
            raise TextError(f"{where}: must be {expected.metadata['wanted']}, not {value!r}.")
    return value


def reject_twins(entries):
    """Raise `TextError` if an id comes twice in `entries`, pairs of a place and its object."""
    owners = {}
    for where, entry in entries:
        if entry.id in owners:
            raise TextError(f"{where}, id: {owners[entry.id]} has this id already.")
        owners[entry.id] = where


def plain(text):
    """Return a text without the backquotes that mark code."""
    return text.replace("`", "")
