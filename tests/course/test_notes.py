"""The notes beside what holds: what loads, what is refused, and that each statement is proved."""

import pytest
from django.urls import reverse

from course.notes import VERDICTS, load, sections, views
from course.texts import TextError
from tests.course.test_lessons import anchors_on
from tests.helpers import soup_of

STATEMENTS = [statement for section in sections() for statement in section.statements]
SNIPPETS = [snippet for statement in STATEMENTS for snippet in statement.snippets]
PROOFS = sorted(
    {(proof.lesson, proof.anchor) for statement in STATEMENTS for proof in statement.proofs}
)

SECTION = """
[[section]]
part = "Cookies"
heading = "WHAT"
"""
STATEMENT = """
[[section.statement]]
words = "Cookies are small."
verdict = "holds"
holds = "They are."
"""
SNIPPET = """
[[section.statement.snippet]]
code = '''
def view(request):
    return 'a'
'''
"""
PROOF = """
[[section.statement.proof]]
lesson = "cookies_demo:set_cookie"
anchor = "try"
"""
FIRST = "notes.toml, section 1, statement 1"


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


def without(field, text):
    """Return TOML without the line of a field."""
    return "".join(line for line in text.splitlines(True) if not line.startswith(f"{field} ="))


class TestLoading:
    def test_reads_sections_and_statements_in_order(self, file):
        second = STATEMENT.replace("small", "old").replace('"holds"', '"wrong"')

        (section,) = load(file(SECTION + STATEMENT + PROOF + second + PROOF + PROOF))

        assert (section.part, section.heading, section.corrections) == ("Cookies", "WHAT", 1)
        first, second = section.statements
        assert (first.words, first.verdict) == ("Cookies are small.", "holds")
        assert first.holds == "They are."
        assert (second.words, second.verdict) == ("Cookies are old.", "wrong")
        assert [len(first.proofs), len(second.proofs)] == [1, 2]
        proof = first.proofs[0]
        assert (proof.lesson, proof.anchor) == ("cookies_demo:set_cookie", "try")

    def test_a_snippet_is_the_code_and_then_the_source_of_its_views(self, file):
        named = '[[section.statement.snippet]]\nviews = "cookies.get_cookie"\ncode = "import x"\n'

        (section,) = load(file(SECTION + without("words", STATEMENT) + SNIPPET + named + PROOF))

        plain, running = section.statements[0].snippets
        assert plain.text == "def view(request):\n    return 'a'"
        assert plain.runs == []
        assert running.text.startswith("import x\n\ndef get_cookie(request):\n")
        assert [(view.part, view.name) for view in running.runs] == [("cookies", "get_cookie")]

    def test_a_section_may_have_no_heading(self, file):
        (section,) = load(file(without("heading", SECTION) + STATEMENT + PROOF))

        assert section.heading == ""

    def test_what_is_not_toml(self, file):
        assert refusal(file("[[section")).startswith("notes.toml: this is not valid TOML: ")

    @pytest.mark.parametrize(
        ("content", "place"),
        [
            ("", "section"),
            (SECTION, "section 1, statement"),
            (SECTION + STATEMENT, "section 1, statement 1, proof"),
            (
                SECTION + STATEMENT + PROOF + "[section.statement.snippet]",
                "section 1, statement 1, snippet",
            ),
        ],
    )
    def test_what_must_be_there(self, file, content, place):
        assert refusal(file(content)).startswith(f"notes.toml, {place}: there must be entries ")

    @pytest.mark.parametrize("field", ["words", "verdict", "holds"])
    def test_statement_without_a_field(self, file, field):
        message = refusal(file(SECTION + without(field, STATEMENT) + PROOF))

        assert message == f"{FIRST}, {field}: this field is missing."

    def test_section_without_a_part(self, file):
        message = refusal(file(without("part", SECTION) + STATEMENT + PROOF))

        assert message == "notes.toml, section 1, part: this field is missing."

    @pytest.mark.parametrize("field", ["lesson", "anchor"])
    def test_proof_without_a_field(self, file, field):
        message = refusal(file(SECTION + STATEMENT + without(field, PROOF)))

        assert message == f"{FIRST}, proof 1, {field}: this field is missing."

    @pytest.mark.parametrize(
        ("wrong", "place"),
        [
            (STATEMENT.replace('"holds"', '"maybe"') + PROOF, "verdict"),
            (STATEMENT + SNIPPET + 'views = "get_cookie"' + PROOF, "snippet 1, views"),
            (STATEMENT + SNIPPET + 'first = "set_cookie"' + PROOF, "snippet 1, first"),
            (STATEMENT + PROOF.replace('"try"', '"#try"'), "proof 1, anchor"),
        ],
    )
    def test_malformed_field(self, file, wrong, place):
        assert refusal(file(SECTION + wrong)).startswith(f"{FIRST}, {place}: must be ")

    @pytest.mark.parametrize(
        ("content", "place"),
        [
            (SECTION + STATEMENT + 'text = "x"' + PROOF, "section 1, statement 1, text"),
            (SECTION + 'headnig = "x"' + STATEMENT + PROOF, "section 1, headnig"),
            ('sections = "x"' + SECTION + STATEMENT + PROOF, "sections"),
        ],
    )
    def test_unknown_field(self, file, content, place):
        assert refusal(file(content)) == f"notes.toml, {place}: there is no such field."


class TestOurNotes:
    def test_is_read_once(self):
        assert sections() is sections()

    def test_backquotes_come_in_pairs(self):
        for statement in STATEMENTS:
            assert statement.words.count("`") % 2 == 0
            assert statement.holds.count("`") % 2 == 0

    def test_no_heading_comes_twice(self):
        ids = [section.id for section in sections()]

        assert len(ids) == len(set(ids))

    def test_code_stays_as_it_was_written(self):
        texts = [snippet.text for snippet in SNIPPETS]

        assert all("'" in text for text in texts)  # A formatter would have taken the quotes.
        (remember_me,) = [text for text in texts if "'remember_me'" in text]
        assert remember_me.startswith("from django.shortcuts import redirect\n\ndef login_view")
        assert "    response.set_cookie('remember_me', 'yes', max_age=7*24*60*60)\n" in remember_me

    def test_every_view_has_its_steps_and_says_what_it_writes(self):
        for snippet in SNIPPETS:
            assert bool(snippet.steps) == bool(snippet.writes) == bool(snippet.views)

    def test_what_is_to_be_run_first_can_be_run(self):
        firsts = [snippet.before for snippet in SNIPPETS if snippet.first]

        assert firsts
        assert set(firsts) <= set(views())

    @pytest.mark.django_db
    @pytest.mark.parametrize(("lesson", "anchor"), PROOFS)
    def test_a_proof_leads_to_a_place_on_the_page(self, lesson, anchor):
        assert anchor in anchors_on(lesson)


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def page(self, client):
        response = client.get(reverse("notes"))

        assert response.status_code == 200
        return soup_of(response)

    def test_has_the_headings_of_the_notes_and_a_list_of_them(self, page):
        parts = list(dict.fromkeys(section.part for section in sections()))
        headings = [section.heading for section in sections() if section.heading]
        assert [heading.get_text() for heading in page.select("main h2")] == parts
        assert [heading.get_text() for heading in page.select("main h3")] == headings
        links = page.select("nav.headings a")
        assert sorted(link.get_text() for link in links) == sorted(parts + headings)
        for link in links:
            assert page.find(id=link["href"].removeprefix("#")), link

    def test_shows_words_and_code_beside_what_holds(self, page):
        rows = page.select("[data-verdict]")

        assert len(rows) == len(STATEMENTS)
        for row, statement in zip(rows, STATEMENTS, strict=True):
            said = row.select_one("blockquote")
            words = said.find("p", recursive=False)
            assert (words.get_text() if words else "") == statement.words.replace("`", "")
            codes = [code.get_text().strip() for code in said.select("pre")]
            assert codes == [snippet.text for snippet in statement.snippets]
            holds = row.select_one(".what-holds")
            assert statement.holds.replace("`", "") in holds.p.get_text()

    def test_marks_what_does_not_hold_in_a_word(self, page):
        for row, statement in zip(page.select("[data-verdict]"), STATEMENTS, strict=True):
            verdict = row.select_one(".verdict")
            assert row["data-verdict"] == statement.verdict
            assert verdict.get_text() == VERDICTS[statement.verdict]
            assert ("is-corrected" in verdict["class"]) == (statement.verdict != "holds")

    def test_leads_to_every_proof_and_to_every_run(self, page):
        for row, statement in zip(page.select("[data-verdict]"), STATEMENTS, strict=True):
            assert [link["href"] for link in row.select(".proofs a")] == [
                f"{reverse(proof.lesson)}#{proof.anchor}" for proof in statement.proofs
            ]
            assert [link["href"] for link in row.select("a.button")] == [
                reverse("notes:run", args=[view.part, view.name])
                for snippet in statement.snippets
                for view in snippet.runs
            ]

    def test_has_unique_ids(self, page):
        ids = [tag["id"] for tag in page.select("[id]")]

        assert sorted(ids) == sorted(set(ids))

    def test_is_linked_from_home(self, client):
        assert soup_of(client.get("/")).select_one("main a[href='/notes/']")
