"""What the shop of the cart lesson sells. A real one has a table."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Product:
    """A thing for sale, with its price in dollars."""

    id: str
    name: str
    price: Decimal


# By id, as text: in a session, the keys of a dictionary are text.
PRODUCTS = {
    product.id: product
    for product in (
        Product("101", "Teapot", Decimal("24.50")),
        Product("102", "Cup", Decimal("6.75")),
        Product("103", "Green tea", Decimal("4.20")),
        Product("104", "Black tea", Decimal("3.90")),
        Product("105", "Honey", Decimal("5.30")),
        Product("106", "Biscuits", Decimal("2.80")),
    )
}
