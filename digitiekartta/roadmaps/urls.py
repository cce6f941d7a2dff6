"""Addresses of the public site."""

from __future__ import annotations

from django.urls import path

from .views import (
    actions,
    bulk,
    changes,
    data,
    done,
    editing,
    front,
    goals,
    grid_edits,
    home,
    levels,
    model,
    proposals,
    search,
    statements,
)

app_name = "roadmaps"
urlpatterns = [
    path("", front.front, name="front"),
    path("teema-<str:digest>.css", data.product_stylesheet, name="product_stylesheet"),
    path("<slug:slug>/", home.home, name="home"),
    path("<slug:slug>/tasot/", levels.levels, name="levels"),
    path("<slug:slug>/toimenpiteet/", actions.actions, name="actions"),
    path(
        "<slug:slug>/toimenpiteet/uusi/",
        editing.edit_roadmap,
        {"part": "uusi-toimenpide"},
        name="new_action",
    ),
    path("<slug:slug>/toimenpiteet/muuta/", bulk.bulk, name="bulk"),
    path("<slug:slug>/toimenpiteet/<int:serial>/", actions.action, name="action"),
    path(
        "<slug:slug>/toimenpiteet/<int:serial>/muokkaa/<slug:part>/",
        editing.edit_action,
        name="edit_action",
    ),
    path(
        "<slug:slug>/toimenpiteet/<int:serial>/muokkaa/<slug:part>/<uuid:piece>/",
        editing.edit_action,
        name="edit_action_piece",
    ),
    path("<slug:slug>/muokkaa/<slug:part>/", editing.edit_roadmap, name="edit_roadmap"),
    path(
        "<slug:slug>/tavoitteet/<int:number>/muokkaa/<slug:part>/",
        editing.edit_goal,
        name="edit_goal",
    ),
    path(
        "<slug:slug>/tavoitteet/<int:number>/muokkaa/<slug:part>/<uuid:piece>/",
        editing.edit_goal,
        name="edit_goal_piece",
    ),
    path(
        "<slug:slug>/toimenpiteet/<int:serial>/kuorma/",
        grid_edits.action_load,
        name="action_load",
    ),
    path("<slug:slug>/toimenpiteet/jarjesta/", grid_edits.order_actions, name="order_actions"),
    path("<slug:slug>/kumoa/<int:revision>/", done.undo, name="undo"),
    path("<slug:slug>/paatokset/", proposals.proposals, name="proposals"),
    path("<slug:slug>/tavoitteet/", goals.goals, name="goals"),
    path("<slug:slug>/muutokset/", changes.changes, name="changes"),
    path("<slug:slug>/muutokset/syote.atom", changes.feed, name="feed"),
    path("<slug:slug>/toimintamalli/", model.model, name="model"),
    path("<slug:slug>/haku/", search.search, name="search"),
    path("<slug:slug>/avoin-data/", data.open_data, name="open_data"),
    path("<slug:slug>/saavutettavuus/", statements.accessibility, name="accessibility"),
    path("<slug:slug>/tietosuoja/", statements.privacy, name="privacy"),
    path("<slug:slug>/digitiekartta.json", data.document, name="document"),
    path("<slug:slug>/digitiekartta.schema.json", data.schema, name="schema"),
    path("<slug:slug>/versiot/<int:number>.json", data.version, name="version"),
    path("<slug:slug>/teema-<str:digest>.css", data.stylesheet, name="stylesheet"),
]
