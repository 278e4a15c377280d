"""The question bank: what loads, what is refused and in which words, and what ours holds."""

from collections import Counter

import pytest

from course.lessons import places
from course.texts import TextError
from interview_prep.bank import bank, load

SUBJECT = """\
title = "Cookies"
order = 1
"""
QUESTION = """
[[question]]
id = "what-is-a-cookie"
tier = "A"
question = "What is a cookie?"
short = "A small text."
answer = "The browser keeps it."
follow_up = "Who reads it?"
follow_up_answer = "The server."
lesson = "cookies_demo:set_cookie"
anchor = "set-cookie-line"
"""
MYTH = """
[[myth]]
id = "ports-separate"
statement = "Ports separate cookies."
truth = false
why = "They do not."
lesson = "cookies_demo:cookie_scope"
anchor = "ports"
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with one subject of one question, and one myth."""
    write(tmp_path, "cookies.toml", SUBJECT + QUESTION)
    write(tmp_path, "myths.toml", MYTH)
    return tmp_path


def write(folder, name, content):
    (folder / name).write_text(content, encoding="utf-8")


def refusal(folder):
    """Return the message that `load` refuses `folder` with."""
    with pytest.raises(TextError) as caught:
        load(folder)
    return str(caught.value)


class TestLoading:
    def test_reads_subjects_questions_and_myths(self, folder):
        loaded = load(folder)

        [subject], [question], [myth] = loaded.subjects, loaded.questions, loaded.myths
        assert (subject.slug, subject.title, subject.order) == ("cookies", "Cookies", 1)
        assert (question.id, question.subject) == ("what-is-a-cookie", subject)
        assert (question.lesson, question.anchor) == ("cookies_demo:set_cookie", "set-cookie-line")
        assert (myth.statement, myth.truth) == ("Ports separate cookies.", False)

    def test_an_answer_is_proved_by_clicking_unless_it_says_otherwise(self, folder):
        write(folder, "cookies.toml", SUBJECT + QUESTION + 'proof = "read"\n')

        [question], [myth] = load(folder).questions, load(folder).myths

        assert (question.proof, myth.proof) == ("read", "click")

    def test_subjects_come_in_their_order_and_questions_in_that_of_the_file(self, folder):
        first = QUESTION.replace("what-is-a-cookie", "zebra")
        second = QUESTION.replace("what-is-a-cookie", "apple")
        write(folder, "zoo.toml", 'title = "Zoo"\norder = 0\n' + first + second)

        loaded = load(folder)

        assert [subject.slug for subject in loaded.subjects] == ["zoo", "cookies"]
        assert [q.id for q in loaded.questions] == ["zebra", "apple", "what-is-a-cookie"]

    def test_line_breaks_in_a_text_become_spaces(self, folder):
        text = '"""A small\n    text. """'
        write(folder, "cookies.toml", SUBJECT + QUESTION.replace('"A small text."', text))

        [question] = load(folder).questions

        assert question.short == "A small text."

    def test_a_file_saved_by_an_editor_on_windows_loads(self, folder):
        content = (SUBJECT + QUESTION).replace("\n", "\r\n")
        (folder / "cookies.toml").write_text(content, encoding="utf-8-sig", newline="")

        assert len(load(folder).questions) == 1

    def test_a_question_cannot_be_changed(self, folder):
        [question] = load(folder).questions

        with pytest.raises(AttributeError):
            question.short = "Something else."


class TestRefusals:
    def test_a_folder_without_files(self, tmp_path):
        assert str(tmp_path) in refusal(tmp_path)

    @pytest.mark.parametrize("content", ["title = ", b"title = \xff"])
    def test_what_is_not_toml(self, folder, content):
        content = content if isinstance(content, bytes) else content.encode()
        (folder / "broken.toml").write_bytes(content)

        assert "broken.toml: this is not valid TOML" in refusal(folder)

    @pytest.mark.parametrize("field", ["title", "order"])
    def test_a_subject_without_a_field(self, folder, field):
        lines = [line for line in SUBJECT.splitlines() if not line.startswith(field)]
        write(folder, "cookies.toml", "\n".join(lines) + QUESTION)

        assert refusal(folder) == f"cookies.toml, {field}: this field is missing."

    @pytest.mark.parametrize(
        "field",
        [
            "id",
            "tier",
            "question",
            "short",
            "answer",
            "follow_up",
            "follow_up_answer",
            "lesson",
            "anchor",
        ],
    )
    def test_a_question_without_a_field(self, folder, field):
        lines = [line for line in QUESTION.splitlines() if not line.startswith(f"{field} =")]
        write(folder, "cookies.toml", SUBJECT + "\n".join(lines))
        name = "" if field == "id" else " (what-is-a-cookie)"

        message = refusal(folder)

        assert message == f"cookies.toml, question 1{name}, {field}: this field is missing."

    @pytest.mark.parametrize("field", ["id", "statement", "truth", "why", "lesson", "anchor"])
    def test_a_myth_without_a_field(self, folder, field):
        lines = [line for line in MYTH.splitlines() if not line.startswith(field)]
        write(folder, "myths.toml", "\n".join(lines))

        message = refusal(folder)

        assert message.startswith("myths.toml, myth 1")
        assert message.endswith(f", {field}: this field is missing.")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("id", '"What Is"'),
            ("id", '"-"'),
            ("tier", '"D"'),
            ("tier", '"AB"'),
            ("tier", "1"),
            ("short", '""'),
            ("short", '"  "'),
            ("answer", "7"),
            ("follow_up", "[]"),
            ("lesson", '"set_cookie"'),
            ("lesson", '"cookies_demo:"'),
            ("lesson", '"cookies-demo:set_cookie"'),
            ("lesson", '"cookies_demo:set_cookie:x"'),
            ("anchor", '"#first"'),
            ("anchor", '"first save"'),
            ("anchor", '"first_save"'),
            ("proof", '"click it"'),
            ("proof", "true"),
        ],
    )
    def test_a_malformed_field_of_a_question(self, folder, field, value):
        lines = [
            f"{field} = {value}" if line.startswith(f"{field} =") else line
            for line in [*QUESTION.splitlines(), 'proof = "read"']
        ]
        write(folder, "cookies.toml", SUBJECT + "\n".join(lines))

        message = refusal(folder)

        assert message.startswith("cookies.toml, question 1 (")
        assert f"), {field}: " in message

    def test_a_truth_in_quotes(self, folder):
        write(folder, "myths.toml", MYTH.replace("false", '"false"'))

        assert refusal(folder) == (
            "myths.toml, myth 1 (ports-separate), truth: must be true or false, not 'false'."
        )

    @pytest.mark.parametrize("order", ["true", '"1"', "1.5"])
    def test_an_order_that_is_no_whole_number(self, folder, order):
        write(folder, "cookies.toml", SUBJECT.replace("order = 1", f"order = {order}") + QUESTION)

        assert refusal(folder).startswith("cookies.toml, order: must be a whole number")

    def test_an_unknown_field_of_a_question(self, folder):
        write(folder, "cookies.toml", SUBJECT + QUESTION + 'anser = "typo"\n')

        assert refusal(folder) == (
            "cookies.toml, question 1 (what-is-a-cookie), anser: there is no such field."
        )

    def test_an_unknown_field_of_a_subject(self, folder):
        write(folder, "cookies.toml", 'tilte = "typo"\n' + SUBJECT + QUESTION)

        assert refusal(folder) == "cookies.toml, tilte: there is no such field."

    def test_a_question_among_the_myths(self, folder):
        write(folder, "myths.toml", MYTH + QUESTION)

        assert refusal(folder) == "myths.toml, question: there is no such field."

    @pytest.mark.parametrize("line", ["", "question = []", 'question = "one"', "question = [1]"])
    def test_a_subject_without_questions(self, folder, line):
        write(folder, "cookies.toml", SUBJECT + line)

        assert refusal(folder).startswith("cookies.toml, question: ")

    def test_an_id_used_twice_in_one_file(self, folder):
        write(folder, "cookies.toml", SUBJECT + QUESTION + QUESTION)

        message = refusal(folder)

        assert message.startswith("cookies.toml, question 2 (what-is-a-cookie), id: ")
        assert "cookies.toml, question 1 (what-is-a-cookie)" in message

    def test_an_id_used_in_two_files(self, folder):
        write(folder, "myths.toml", MYTH.replace("ports-separate", "what-is-a-cookie"))

        message = refusal(folder)

        assert message.startswith("myths.toml, myth 1 (what-is-a-cookie), id: ")
        assert "cookies.toml, question 1 (what-is-a-cookie)" in message


class TestChoosing:
    @pytest.fixture
    def loaded(self, folder):
        write(
            folder,
            "more.toml",
            'title = "More"\norder = 2\n'
            + QUESTION.replace("what-is-a-cookie", "two")
            + QUESTION.replace("what-is-a-cookie", "three").replace('tier = "A"', 'tier = "B"'),
        )
        return load(folder)

    @pytest.mark.parametrize(
        ("choice", "expected"),
        [
            ({}, ["what-is-a-cookie", "two", "three"]),
            ({"subject": "more"}, ["two", "three"]),
            ({"tier": "A"}, ["what-is-a-cookie", "two"]),
            ({"subject": "more", "tier": "A"}, ["two"]),
            ({"subject": "unknown"}, []),
        ],
    )
    def test_by_subject_and_tier(self, loaded, choice, expected):
        assert [question.id for question in loaded.select(**choice)] == expected

    def test_by_lesson(self, loaded):
        lesson = "cookies_demo:set_cookie"

        assert [q.id for q in loaded.questions_for(lesson, limit=2)] == ["what-is-a-cookie", "two"]
        assert loaded.questions_for("cookies_demo:get_cookie") == ()


class TestOurBank:
    def test_is_read_once(self):
        assert bank() is bank()

    def test_is_large_enough(self):
        assert len(bank().questions) >= 80
        assert len(bank().myths) >= 9

    def test_every_subject_has_questions_and_a_place_of_its_own(self):
        orders = [subject.order for subject in bank().subjects]

        assert all(bank().select(subject=subject.slug) for subject in bank().subjects)
        assert len(orders) == len(set(orders))

    def test_every_id_is_unique(self):
        ids = Counter(entry.id for entry in [*bank().questions, *bank().myths])

        assert [id_ for id_, count in ids.items() if count > 1] == []

    def test_every_proof_is_in_a_lesson_of_the_course(self):
        lessons = {entry.lesson for entry in [*bank().questions, *bank().myths]}

        assert lessons - set(places()) == set()

    def test_backquotes_come_in_pairs(self):
        texts = [
            (question.id, text)
            for question in bank().questions
            for text in vars(question).values()
            if isinstance(text, str)
        ]
        texts += [(myth.id, text) for myth in bank().myths for text in (myth.statement, myth.why)]

        assert [id_ for id_, text in texts if text.count("`") % 2] == []
