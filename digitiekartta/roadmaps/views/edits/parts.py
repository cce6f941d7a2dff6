"""What belongs to an action: links, dependencies, effects, work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from digitiekartta.documents.merging import Conflict
from digitiekartta.documents.registry import Audience
from digitiekartta.history.rules import Intent, Receipt

from ... import services
from ...fields.parts import DEPENDENCY, EFFECT, LINK, WORK_ESTIMATE
from ...forms.parts import DependenciesForm, EffectsForm, LinksForm, WorkForm
from ...models import Action, WorkEstimate
from ...rights import Deed
from ...rules import EffectClass, EffectPhase, Rule
from .edit import Edit
from .responsibility import goes_on

IN_TEXTS = "roadmaps/edits/texts.html"


def _links(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    audience = Audience(given["audience"])
    new = services.NewLink(given["url"], given["title"], audience) if given["url"] else None
    return services.change_links(
        ledger_id=ledger_id, intent=intent, action_id=action.pk, remove=given["remove"], add=new
    )


def _dependencies(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action
) -> Receipt:
    return services.change_dependencies(
        ledger_id=ledger_id,
        intent=intent,
        action_id=action.pk,
        remove=given["remove"],
        add=[UUID(given["add"])] if given["add"] else [],
    )


def _effects(
    given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action
) -> Receipt:
    new = services.NewEffect(
        EffectClass(given["effect_class"]), EffectPhase(given["phase"]), given["text"]
    )
    return services.change_effects(
        ledger_id=ledger_id,
        intent=intent,
        action_id=action.pk,
        remove=given["remove"],
        add=new if given["text"] else None,
    )


def _work(given: Mapping[str, Any], *, ledger_id: UUID, intent: Intent, action: Action) -> Receipt:
    return services.estimate_half_years(
        ledger_id=ledger_id, intent=intent, action_id=action.pk, days=given["days"]
    )


def _work_names(conflict: Conflict) -> Sequence[str]:
    estimate = WorkEstimate.objects.filter(pk=conflict.id).first()
    return () if estimate is None else (f"days_{estimate.half_year}",)


LINKS = Edit(
    part="linkit",
    title=_("Add or remove links"),
    deed=Deed.LINK,
    form=LinksForm,
    save=_links,
    anchor="tiedot",
    decides=None,
    entity=LINK,
    template=IN_TEXTS,
)
DEPENDENCIES = Edit(
    part="riippuvuudet",
    title=_("Change what it depends on"),
    deed=Deed.DEPEND,
    form=DependenciesForm,
    save=_dependencies,
    anchor="riippuvuudet",
    decides=None,
    entity=DEPENDENCY,
    at_field={Rule.DEPENDS_IN_A_CIRCLE: "add", Rule.NOT_IN_THIS_ROADMAP: "add"},
    fits=goes_on,
)
EFFECTS = Edit(
    part="vaikutukset",
    title=_("Add or remove effects"),
    deed=Deed.EFFECT,
    form=EffectsForm,
    save=_effects,
    anchor="vaikutukset",
    decides=None,
    entity=EFFECT,
    template=IN_TEXTS,
)
WORK = Edit(
    part="tyomaara",
    title=_("Estimate the work"),
    deed=Deed.ESTIMATE,
    form=WorkForm,
    save=_work,
    anchor="tuki",
    decides="person_days",
    entity=WORK_ESTIMATE,
    explains=_("Person-days of the municipality's own staff in each half-year."),
    find_names=_work_names,
    with_revision=True,
    fits=goes_on,
)
