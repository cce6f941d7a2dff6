"""Who is handed to whom. Imported after Django is set up."""

from __future__ import annotations

import time
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http.request import split_domain_port, validate_host

from digitiekartta.live.attendance import Attendance, Members
from digitiekartta.live.hub import Hub
from digitiekartta.live.sources import source_of
from digitiekartta.live.stream import Access, Stream
from digitiekartta.live.watcher import News, Watcher
from digitiekartta.municipalities.models import Municipality
from digitiekartta.surveys.answering.application import Answering
from digitiekartta.surveys.answering.application import Parts as AnsweringParts
from digitiekartta.surveys.answering.batcher import Batcher
from digitiekartta.surveys.answering.pages import DjangoPages
from digitiekartta.surveys.answering.register import Register
from digitiekartta.surveys.services.answers import store
from digitiekartta.surveys.services.remains import empty_the_journal
from digitiekartta.ui.cache.freshness import Freshness
from digitiekartta.ui.cache.page_cache import PageCache, Rules
from digitiekartta.ui.clock import now
from digitiekartta.ui.static_files import content_digest

from .front import Application, Front, Parts, behind_cache
from .proxies import Proxies
from .readiness import Readiness
from .ticking import Ticker
from .viewers import introduce, viewer_of


def assemble(django: Application) -> Front:
    """The front of one process, with Django behind the page cache."""
    proxies = Proxies(settings.TRUSTED_PROXIES)
    pages = PageCache(behind_cache(django, proxies), rules(), Freshness(lambda: now().date()))
    hub = Hub()
    watcher = Watcher(source_of(connection.settings_dict))
    watcher.listen(lambda news: _tell_pages(pages, news))
    watcher.listen(hub.hear)
    return Front(
        Parts(
            pages=pages,
            stream=Stream(hub, Access(ledger_of, viewer_of)),
            attendance=Attendance(Members(viewer_of, introduce), pages),
            answering=answering(),
            readiness=Readiness(),
            proxies=proxies,
            hub=hub,
            watcher=watcher,
            ticker=Ticker(),
            knows_host=knows_host,
        )
    )


def answering() -> Answering:
    """Takes answers to surveys; what keeps one from being counted, Django's form tells."""
    register, batcher = Register(time.monotonic), Batcher(store, empty_the_journal)
    return Answering(AnsweringParts(register, batcher, DjangoPages()))


def rules() -> Rules:
    """The cache's rules. While developing, static files change without notice and are not kept."""
    return Rules(
        session_cookie=settings.SESSION_COOKIE_NAME,
        knows_host=knows_host,
        static_prefix="" if settings.DEBUG else settings.STATIC_URL,
        static_digest=content_digest,
    )


def knows_host(host: str) -> bool:
    """Whether a Host header names this site, by Django's own rule."""
    allowed = settings.ALLOWED_HOSTS
    if settings.DEBUG and not allowed:
        allowed = [".localhost", "127.0.0.1", "[::1]"]
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, allowed)


def ledger_of(slug: str) -> UUID | None:
    """The ledger of a published municipality."""
    found = Municipality.objects.published().filter(slug=slug)
    return found.values_list("ledger_id", flat=True).first()


def _tell_pages(pages: PageCache, news: News) -> None:
    revisions = {str(id): revision for id, revision in news.revisions.items()}
    pages.hear(revisions, news.at, news.epoch)
