"""A shopping cart."""

from course.lessons import Lesson

LESSONS = (
    Lesson(
        view="sessions_demo:shopping_cart",
        title="A shopping cart",
        remember="The session says what and how many; everything else is looked up.",
        minutes=4,
        marks=(('session.get("cart"', "reads-row"), ('["cart"] =', "row")),
    ),
)
