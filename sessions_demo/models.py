"""The few rows that the experiments need beside the session: made by one browser, soon deleted."""

from datetime import timedelta

from django.db import models
from django.utils import timezone


class ThrowAway(models.Model):
    """A row that one browser made for an experiment. Saving one deletes those an hour old."""

    made = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    def save(self, *args, **kwargs):
        """Delete what earlier visitors left behind, so that the table stays small."""
        type(self).objects.filter(made__lt=timezone.now() - timedelta(hours=1)).delete()
        super().save(*args, **kwargs)


class Product(ThrowAway):
    """Something for sale, in a shop that only one browser sees."""

    name = models.CharField(max_length=20)
    price = models.PositiveIntegerField()


class Tally(ThrowAway):
    """A counter in a table, which the database itself can raise."""

    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "tallies"
