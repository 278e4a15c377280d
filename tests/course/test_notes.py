"""The notes, line by line: what loads, what is refused, and that each statement is proved."""

import pytest
from django.urls import reverse

from course.notes import load, sections
from course.texts import TextError
from tests.course.test_lessons import anchors_on
from tests.helpers import soup_of

STATEMENTS = [(section, statement) for section in sections() for statement in section.statements]

SECTION = """
[[section]]
part = "Cookies"
heading = "What"
"""
STATEMENT = """
[[section.statement]]
text = "Cookies are small."
lesson = "cookies_demo:set_cookie"
anchor = "set-cookie-line"
"""


@pytest.fixture
def file(tmp_path):
    """Return a function that makes a file of notes."""

    def write(content):
        path = tmp_path / "notes.toml"
        path.write_text(content, encoding="utf-8")
        return path

    return write


def refusal(file):
    """Return the message that `load` refuses `file` with."""
    with pytest.raises(TextError) as caught:
        load(file)
    return str(caught.value)


class TestLoading:
    def test_reads_sections_and_statements_in_order(self, file):
        second = STATEMENT.replace("small", "old") + 'correction = """Not\n  always."""\n'

        (section,) = load(file(SECTION + STATEMENT + second))

        assert (section.part, section.heading) == ("Cookies", "What")
        first, second = section.statements
        assert (first.text, first.correction) == ("Cookies are small.", "")
        assert (first.lesson, first.anchor) == ("cookies_demo:set_cookie", "set-cookie-line")
        assert (second.text, second.correction) == ("Cookies are old.", "Not always.")

    def test_what_is_not_toml(self, file):
        assert refusal(file("[[section")).startswith("notes.toml: this is not valid TOML: ")

    @pytest.mark.parametrize("content", ["", "section = []", "section = [1]"])
    def test_no_sections(self, file, content):
        assert refusal(file(content)).startswith("notes.toml, section: ")

    def test_section_without_statements(self, file):
        message = refusal(file(SECTION))

        assert message.startswith("notes.toml, section 1, statement: ")

    def test_reads_a_file_that_begins_with_a_byte_order_mark(self, file):
        assert load(file("\ufeff" + SECTION + STATEMENT)) == load(file(SECTION + STATEMENT))

    @pytest.mark.parametrize("field", ["text", "lesson", "anchor"])
    def test_statement_without_a_field(self, file, field):
        lines = [line for line in STATEMENT.splitlines() if not line.startswith(field)]

        message = refusal(file(SECTION + "\n".join(lines)))

        assert message == f"notes.toml, section 1, statement 1, {field}: this field is missing."

    @pytest.mark.parametrize("field", ["part", "heading"])
    def test_section_without_a_field(self, file, field):
        lines = [line for line in SECTION.splitlines() if not line.startswith(field)]

        message = refusal(file("\n".join(lines) + STATEMENT))

        assert message == f"notes.toml, section 1, {field}: this field is missing."

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("text", "7"),
            ("text", '"  "'),
            ("lesson", '"set_cookie"'),
            ("anchor", '"#x"'),
            ("anchor", '"a b"'),
        ],
    )
    def test_malformed_field(self, file, field, value):
        lines = [
            f"{field} = {value}" if line.startswith(f"{field} =") else line
            for line in STATEMENT.splitlines()
        ]

        message = refusal(file(SECTION + "\n".join(lines)))

        assert message.startswith(f"notes.toml, section 1, statement 1, {field}: must ")

    @pytest.mark.parametrize(
        ("content", "place"),
        [
            (SECTION + STATEMENT + 'corection = "x"', "section 1, statement 1, corection"),
            (SECTION + 'headnig = "x"' + STATEMENT, "section 1, headnig"),
            ('sections = "x"' + SECTION + STATEMENT, "sections"),
        ],
    )
    def test_unknown_field(self, file, content, place):
        assert refusal(file(content)) == f"notes.toml, {place}: there is no such field."


class TestOurNotes:
    def test_is_read_once(self):
        assert sections() is sections()

    def test_backquotes_come_in_pairs(self):
        for _, statement in STATEMENTS:
            assert statement.text.count("`") % 2 == 0
            assert statement.correction.count("`") % 2 == 0

    def test_no_heading_comes_twice(self):
        headings = [(section.part, section.heading) for section in sections()]

        assert len(headings) == len(set(headings))

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("section", "statement"),
        STATEMENTS,
        ids=[f"{section.part}: {statement.text}" for section, statement in STATEMENTS],
    )
    def test_statement_is_proved_on_the_page_it_names(self, section, statement):
        assert statement.anchor in anchors_on(statement.lesson)


@pytest.mark.django_db
class TestPage:
    def test_lists_every_statement_under_its_heading_with_its_proof(self, client):
        response = client.get("/notes/")

        assert response.status_code == 200
        page = soup_of(response)
        parts = list(dict.fromkeys(section.part for section in sections()))
        assert [heading.get_text() for heading in page.select("main h2")] == parts
        headings = [heading.get_text() for heading in page.select("main h3")]
        assert headings == [section.heading for section in sections()]
        links = [link["href"] for link in page.select("main li > a")]
        assert links == [
            f"{reverse(statement.lesson)}#{statement.anchor}" for _, statement in STATEMENTS
        ]
        corrections = len(page.select("main li .holds"))
        assert corrections == sum(bool(statement.correction) for _, statement in STATEMENTS)

    def test_is_linked_from_home(self, client):
        assert soup_of(client.get("/")).select_one("main a[href='/notes/']")
