"""The code on a lesson's page: it stands as it was written, with no line wrapped."""

from course.lessons import places

# The link after a marked line may stand on a line of its own.
WRAPPED = """
() => [...document.querySelectorAll(".source .line")]
  .filter((line) => {
    line.querySelector(".made")?.remove();
    const height = parseFloat(getComputedStyle(line).lineHeight);
    return line.getBoundingClientRect().height > 1.5 * height;
  })
  .map((line) => line.textContent.trimEnd())
"""


def test_no_line_wraps_on_a_laptop(page, context):
    page.set_viewport_size({"width": 1366, "height": 768})
    wrapped = {}
    for place in places().values():
        page.goto(place.lesson.url)
        wrapped[place.lesson.view] = page.evaluate(WRAPPED)
    # The two lessons that turn a stranger away are 403, which Chromium writes to the console.
    context.complaints.clear()

    assert {view: lines for view, lines in wrapped.items() if lines} == {}
