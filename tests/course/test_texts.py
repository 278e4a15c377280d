"""The one reader of the project's texts: what it makes, and what it says when a file is wrong."""

from dataclasses import dataclass

import pytest

from course import texts
from course.texts import TextError


@dataclass(frozen=True)
class Tea:
    """A kind of entry with a field of each sort."""

    id: str = texts.an_id()
    name: str
    minutes: int
    green: bool
    lesson: str = texts.a_lesson()
    anchor: str = texts.an_anchor()
    recipe: str = texts.code(default="")
    color: str = texts.matching("red|green", "red or green", default="red")


TABLE = {
    "id": "earl-grey",
    "name": "Earl Grey",
    "minutes": 4,
    "green": False,
    "lesson": "app:view",
    "anchor": "a-b",
}


def made(**changes):
    """Return the tea that a table with `changes` makes."""
    return texts.make(Tea, TABLE | changes, "teas.toml, tea 1")


def refusal(function, *arguments):
    """Return the message of the `TextError` that a call raises."""
    with pytest.raises(TextError) as caught:
        function(*arguments)
    return str(caught.value)


class TestRead:
    def test_returns_the_table(self, tmp_path):
        file = tmp_path / "teas.toml"
        file.write_text('name = "Tea"', encoding="utf-8")

        assert texts.read(file) == {"name": "Tea"}

    def test_a_byte_order_mark_does_no_harm(self, tmp_path):
        file = tmp_path / "teas.toml"
        file.write_text('name = "Tea"', encoding="utf-8-sig")

        assert texts.read(file) == {"name": "Tea"}

    @pytest.mark.parametrize("content", [b"[[tea", b'name = "\xff"', b"name"])
    def test_names_a_file_that_is_not_toml(self, tmp_path, content):
        file = tmp_path / "teas.toml"
        file.write_bytes(content)

        assert refusal(texts.read, file).startswith("teas.toml: this is not valid TOML: ")


class TestPopEntries:
    def test_takes_the_entries_out_and_says_where_they_stand(self):
        table = {"tea": [{"id": "a"}, {"name": "b"}], "other": 1}

        entries = texts.pop_entries(table, "tea", "teas.toml")

        assert entries == [
            ("teas.toml, tea 1 (a)", {"id": "a"}),
            ("teas.toml, tea 2", {"name": "b"}),
        ]
        assert table == {"other": 1}

    @pytest.mark.parametrize("table", [{}, {"tea": []}, {"tea": [1]}, {"tea": {"id": "a"}}])
    def test_there_must_be_some(self, table):
        message = refusal(texts.pop_entries, table, "tea", "teas.toml")

        assert message.startswith("teas.toml, tea: ")


class TestMake:
    def test_fields_of_every_sort(self):
        tea = made(color="green", recipe="x")

        assert tea == Tea(
            id="earl-grey",
            name="Earl Grey",
            minutes=4,
            green=False,
            lesson="app:view",
            anchor="a-b",
            recipe="x",
            color="green",
        )

    def test_what_is_given_need_not_be_in_the_table(self):
        rest = {name: value for name, value in TABLE.items() if name != "name"}

        assert texts.make(Tea, rest, "teas.toml, tea 1", name="Given").name == "Given"

    def test_line_breaks_in_a_text_are_spaces(self):
        assert made(name=" Earl\n  Grey ").name == "Earl Grey"

    def test_code_keeps_its_line_breaks_and_its_indentation(self):
        code = "  def brew():\n\n        return '  '"

        assert made(recipe=f"\n{code}\n").recipe == code

    @pytest.mark.parametrize("name", TABLE)
    def test_missing_field(self, name):
        table = {key: value for key, value in TABLE.items() if key != name}

        message = refusal(texts.make, Tea, table, "teas.toml, tea 1")

        assert message == f"teas.toml, tea 1, {name}: this field is missing."

    def test_unknown_field(self):
        message = refusal(lambda: made(minuets=4))

        assert message == "teas.toml, tea 1, minuets: there is no such field."

    @pytest.mark.parametrize(
        ("field", "value"),
        [("name", 7), ("name", None), ("minutes", "4"), ("minutes", True), ("green", 0)],
    )
    def test_wrong_type(self, field, value):
        message = refusal(lambda: made(**{field: value}))

        assert message.startswith(f"teas.toml, tea 1, {field}: must be ")
        assert message.endswith(f", not {value!r}.")

    @pytest.mark.parametrize("field", ["name", "recipe"])
    def test_empty_text(self, field):
        message = refusal(lambda: made(**{field: " \n "}))

        assert message == f"teas.toml, tea 1, {field}: must not be empty."

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("id", "Earl Grey"),
            ("id", "-a"),
            ("lesson", "view"),
            ("anchor", "#a"),
            ("color", "reddish"),
        ],
    )
    def test_malformed_text(self, field, value):
        message = refusal(lambda: made(**{field: value}))

        assert message.startswith(f"teas.toml, tea 1, {field}: must be ")
        assert repr(value) in message


class TestRejectTwins:
    def test_two_ids(self):
        texts.reject_twins([("tea 1", made()), ("tea 2", made(id="other"))])

    def test_one_id_twice(self):
        entries = [("tea 1", made()), ("tea 2", made())]

        message = refusal(texts.reject_twins, entries)

        assert message == "tea 2, id: tea 1 has this id already."
