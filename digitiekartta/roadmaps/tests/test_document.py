"""The roadmap document is one roadmap's, and whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digitiekartta.documents.document import Document, document_of
from digitiekartta.roadmaps.document import roadmap_document
from tests.strategies import dangling, documents


@given(documents(only=("action", "goal", "dependency", "note")), st.integers(1, 3))
def test_one_roadmaps_document_refers_to_nothing_of_another(whole: Document, number: int) -> None:
    document = roadmap_document(whole, f"«roadmap {number}»")
    assert set(document.of("roadmap")) <= {f"«roadmap {number}»"}
    assert dangling(document) == []


def test_an_action_merged_into_one_of_another_roadmap_does_not_name_it() -> None:
    whole = document_of(
        {
            "framework": {"f": {"version": 1}},
            "roadmap": {"r": {"framework": "f"}, "s": {"framework": "f"}},
            "action": {
                "a": {"roadmap": "r", "merged_into": "b"},
                "b": {"roadmap": "s"},
            },
        }
    )
    assert roadmap_document(whole, "r").of("action") == {"a": {"roadmap": "r"}}
