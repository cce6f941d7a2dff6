"""The count of the day: how many have answered, the only thing shown while a round is open."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.db import transaction

from ..models import DailyCount, RoundUnit, Tally
from ..rules import RoundState


@transaction.atomic
def count_today(*, day: datetime.date) -> int:
    """Writes down how many have answered in every group of every open round, once for each day.

    What a day was counted at first stays. Gives how many groups were counted. It is no change of
    the municipality's document and stands in no log.
    """
    open_units = RoundUnit.objects.filter(round__state=RoundState.OPEN)
    counted = DailyCount.objects.filter(day=day, unit__in=open_units)
    done: set[UUID] = set(counted.values_list("unit_id", flat=True))
    tallies = Tally.objects.filter(unit__in=open_units).order_by("pk")
    rows = [
        DailyCount(unit_id=unit_id, day=day, respondents=respondents)
        for unit_id, respondents in tallies.values_list("unit_id", "respondents")
        if unit_id not in done
    ]
    DailyCount.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
