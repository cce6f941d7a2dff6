"""What is kept, for whom, and for how long."""

from __future__ import annotations

import asyncio
import datetime
import gzip

import brotli  # type: ignore[import-untyped]
import pytest

from digitiekartta.ui.cache.freshness import PATIENCE

from .stage import HTML, OTHER, TEXT, Application, Stage, marked


def test_a_marked_page_is_rendered_once() -> None:
    stage = Stage()
    first, second = stage.get(), stage.get()
    assert stage.application.count == 1
    assert first == second
    assert second.body == TEXT.encode()
    assert second.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert second.headers["vary"] == "Accept-Encoding"
    assert second.headers["content-length"] == str(len(second.body))


def test_the_mark_does_not_leave_the_house() -> None:
    stage = Stage()
    answers = [stage.get(), stage.get(), stage.get(cookie="istunto=1"), stage.get(method="HEAD")]
    assert all("x-cache-scope" not in answer.headers for answer in answers)


def test_a_page_without_a_mark_is_rendered_every_time_and_is_private() -> None:
    stage = Stage(Application(headers=[HTML]))
    stage.get()
    answer = stage.get()
    assert stage.application.count == 2
    assert answer.headers["cache-control"] == "private, no-cache"


def test_a_change_of_its_ledger_drops_a_page() -> None:
    stage = Stage()
    stage.get()
    stage.commit()
    stage.get()
    stage.get()
    assert stage.application.count == 2


def test_a_change_of_another_ledger_leaves_it() -> None:
    stage = Stage()
    stage.get()
    stage.commit(OTHER)
    stage.get()
    assert stage.application.count == 1


def test_a_page_of_the_whole_site_is_dropped_by_any_change() -> None:
    stage = Stage(Application(headers=[HTML, marked("site")]))
    stage.get()
    stage.commit(OTHER)
    stage.get()
    assert stage.application.count == 2


def test_what_is_static_outlives_changes() -> None:
    stage = Stage(Application(headers=[HTML, marked("static")]))
    stage.get()
    stage.commit()
    stage.get()
    assert stage.application.count == 1


def test_the_turn_of_the_day_drops_everything() -> None:
    stage = Stage()
    stage.get()
    stage.day += datetime.timedelta(days=1)
    stage.hear()
    stage.get()
    assert stage.application.count == 2


def test_another_database_drops_everything() -> None:
    stage = Stage()
    stage.get()
    stage.hear(epoch=2)
    stage.get()
    assert stage.application.count == 2


def test_without_contact_nothing_kept_is_given_out() -> None:
    stage = Stage()
    stage.get()
    stage.time += PATIENCE
    assert stage.get().status == 200
    stage.get()
    assert stage.application.count == 3
    stage.hear()
    stage.get()
    assert stage.application.count == 3


def test_what_changed_while_it_was_rendered_is_not_kept() -> None:
    stage = Stage()

    async def commit() -> None:
        stage.commit()

    stage.application.before_answering = commit
    stage.get()
    stage.application.before_answering = None
    stage.get()
    stage.get()
    assert stage.application.count == 2


def test_a_page_begun_yesterday_is_not_kept() -> None:
    stage = Stage()

    async def midnight() -> None:
        stage.day += datetime.timedelta(days=1)

    stage.application.before_answering = midnight
    stage.get()
    stage.application.before_answering = None
    stage.hear()
    stage.get()
    assert stage.application.count == 2


def test_many_at_once_wait_for_one_rendering() -> None:
    stage = Stage()

    async def slowly() -> None:
        await asyncio.sleep(0.02)

    stage.application.before_answering = slowly

    async def crowd() -> None:
        accepted = ("br", "gzip", "identity")
        answers = await asyncio.gather(
            *(stage.ask(accept_encoding=accepted[place % 3]) for place in range(60))
        )
        assert {answer.status for answer in answers} == {200}
        assert len({answer.headers["etag"] for answer in answers}) == 3

    asyncio.run(crowd())
    assert stage.application.count == 1


def test_who_comes_after_a_change_does_not_wait_for_the_rendering_before_it() -> None:
    stage = Stage()
    bodies = iter((b"vanha", b"uusi"))
    stage.application.body = lambda scope: next(bodies)

    async def slowly() -> None:
        await asyncio.sleep(0.02)

    stage.application.before_answering = slowly

    async def two() -> list[bytes]:
        first = asyncio.create_task(stage.ask())
        await asyncio.sleep(0.005)
        stage.commit()
        second = await stage.ask()
        return [(await first).body, second.body]

    assert asyncio.run(two()) == [b"vanha", b"uusi"]
    assert stage.get().body == b"uusi"


def test_a_rendering_that_fails_leaves_nobody_waiting() -> None:
    stage = Stage()

    async def fail() -> None:
        await asyncio.sleep(0.01)
        raise RuntimeError

    stage.application.before_answering = fail

    async def two() -> list[object]:
        return list(await asyncio.gather(stage.ask(), stage.ask(), return_exceptions=True))

    assert [type(one) for one in asyncio.run(two())] == [RuntimeError, RuntimeError]
    stage.application.before_answering = None
    assert stage.get().status == 200


def test_head_gets_the_same_head_and_no_body() -> None:
    stage = Stage()
    whole = stage.get()
    assert stage.get(method="HEAD") == stage.get(method="HEAD")
    head = stage.get(method="HEAD")
    assert (head.headers, head.body) == (whole.headers, b"")
    assert stage.application.count == 1


def test_head_that_comes_first_gets_what_it_would_get_later() -> None:
    """A page that nobody has asked for whole yet is made and kept for HEAD too."""
    first = Stage()
    head = first.get(method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers == Stage().get().headers
    assert first.get().body == TEXT.encode()
    assert first.application.count == 1
    assert first.application.scopes[0]["method"] == "GET"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_the_page_is_told_that_it_has_not_changed(method: str) -> None:
    stage = Stage()
    tag = stage.get().headers["etag"]
    for wanted in (tag, f'"muu", {tag}', f"W/{tag}", "*"):
        answer = stage.get(method=method, if_none_match=wanted)
        assert (answer.status, answer.body) == (304, b"")
        assert set(answer.headers) == {"cache-control", "etag", "vary"}
    assert stage.get(method=method, if_none_match='"muu"').status == 200


def test_the_tag_tells_content_and_encoding() -> None:
    stage = Stage()
    plain = stage.get().headers["etag"]
    packed = stage.get(accept_encoding="br").headers["etag"]
    assert plain != packed
    stage.commit()
    assert stage.get().headers["etag"] == plain
    stage.application.body = b"toinen"
    stage.commit()
    assert stage.get().headers["etag"] != plain


def test_every_encoding_holds_the_same_page() -> None:
    stage = Stage()
    packed = stage.get(accept_encoding="gzip, deflate, br")
    assert packed.headers["content-encoding"] == "br"
    assert brotli.decompress(packed.body) == TEXT.encode()
    zipped = stage.get(accept_encoding="gzip")
    assert gzip.decompress(zipped.body) == TEXT.encode()
    assert stage.get(accept_encoding="identity").body == TEXT.encode()
    assert stage.application.count == 1


def test_what_is_small_or_packed_already_is_sent_as_it_is() -> None:
    stage = Stage(Application(body=b"ok"))
    assert "content-encoding" not in stage.get(accept_encoding="br").headers
    picture = Application(headers=[(b"content-type", b"image/png"), marked()], body=b"\0" * 5000)
    assert "content-encoding" not in Stage(picture).get(accept_encoding="br").headers


def test_the_pages_take_no_more_room_than_they_may() -> None:
    stage = Stage(Application(body=b"x" * 10_000), limit=100_000)
    for place in range(40):
        stage.get(f"/{place}/")
    assert stage.cache.shelf.size <= 100_000
    assert 0 < len(stage.cache.shelf) < 10


def test_what_is_used_stays_longest() -> None:
    stage = Stage(Application(body=b"x" * 10_000), limit=100_000)
    for place in range(40):
        stage.get("/kauhava/")
        stage.get(f"/{place}/")
    assert sum(one["path"] == "/kauhava/" for one in stage.application.scopes) == 1


def test_a_page_too_large_to_be_kept_is_sent_whole() -> None:
    stage = Stage(Application(body=b"x" * 50_000), limit=100_000)
    assert len(stage.get().body) == len(stage.get().body) == 50_000
    assert stage.application.count == 2
