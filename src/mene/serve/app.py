"""The application: which address is answered by what."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from mene.errors import InputError, SearchTimeout, StoreError
from mene.report.words import say_number
from mene.serve.answers import Answer, Answers, make_answer
from mene.serve.api import count_found, list_rows, list_table, read_claim
from mene.serve.desk import Desk, FullError, Job
from mene.serve.edition import Edition
from mene.serve.endpoints import COLLECTIONS, make_endpoints
from mene.serve.guard import Asked, BodyError, Door, Guard, Rates, Refusal, is_loopback
from mene.serve.limits import (
    FILE_BYTES,
    FILES,
    KEPT_ANSWERS,
    STREAM_SECONDS,
    STREAMS,
    TEXT_BYTES,
)
from mene.serve.openapi import write_openapi
from mene.serve.pages import read_assets, write_page
from mene.serve.press import Press
from mene.serve.query import Query, read_query
from mene.serve.views import LISTS, SINGLE
from mene.serve.watching import Watcher
from mene.serve.worker import Task

HTML, JSON, CSV = "text/html; charset=utf-8", "application/json", "text/csv; charset=utf-8"

WORKERS = 2
"""Threads that make answers: Python runs one at a time, so that more would only take turns."""

TICK = 0.4
"""Seconds between two looks at how far a job is."""

HEARTBEAT = 15.0
"""Seconds after which a stream says that it is still there."""

Make = Callable[[Edition, Query, Mapping[str, str]], tuple[bytes, str]]


@dataclass(slots=True)
class Live:
    """What the application answers from."""

    press: Press
    desk: Desk
    watcher: Watcher | None = None
    answers: Answers = field(default_factory=lambda: Answers(KEPT_ANSWERS))
    makers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(WORKERS, "answer"))
    drawers: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "other-day"))
    making: dict[str, asyncio.Future[Answer]] = field(default_factory=dict)
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    streams: int = 0


def make_app(live: Live, door: Door, rates: Rates | None = None) -> Guard:
    """Return the application with its guard before it."""
    inner = Starlette(routes=list(_routes(live)), exception_handlers={404: _missing, 405: _missing})
    return Guard(inner, door, refuse, rates)


def _routes(live: Live) -> Any:
    yield Route("/", _answering(live, lambda edition, *_: (edition.whole.encode(), HTML), fixed=True))
    yield Route("/data.json", _answering(live, _set_data))
    for path, view in LISTS.items():
        yield Route(path, _answering(live, _set_list(path, view)))
    for path, single in SINGLE.items():
        yield Route(path + "/{key}", _answering(live, _set_single(path, single)))
    for name in (*(one.name for one in COLLECTIONS), "search"):
        yield Route(f"/api/{name}", _answering(live, _api(list_rows, name, JSON)))
        yield Route(f"/api/{name}.csv", _answering(live, _api(list_table, name, CSV)))
    yield Route("/api/facets", _answering(live, _api(count_found, "search", JSON)))
    yield Route("/api/claims/{key}", _answering(live, _claim))
    yield Route("/api/openapi.json", _openapi)
    yield Route("/api", _api_page)
    yield Route("/static/{name}", _static)
    yield Route("/read", _reading(live), methods=["GET"])
    yield Route("/read", _taking(live), methods=["POST"])
    yield Route("/read/{job}", _job(live))
    yield Route("/read/{job}/events", _job_events(live))
    yield Route("/events/stream", _events(live))


# --- views and the API ------------------------------------------------------------------------------------------------


def _set_data(edition: Edition, query: Query, asked: Mapping[str, str]) -> tuple[bytes, str]:
    """Return what the script of the picture reads. Raises StaleError where the picture asking is another one."""
    if asked and edition.version not in asked:
        raise StaleError("the picture has changed since; load it again")
    return edition.data.encode(), JSON


class StaleError(InputError):
    """A part of a picture is asked for that is no longer shown."""


def _set_list(path: str, view: Any) -> Make:
    def make(edition: Edition, query: Query, asked: Mapping[str, str]) -> tuple[bytes, str]:
        template, shown = view(edition, query)
        set_ = {**_common(edition), "query": query, "words": query.words, **shown}
        return write_page(template, path, set_).encode(), HTML

    return make


def _set_single(path: str, view: Any) -> Make:
    def make(edition: Edition, query: Query, asked: Mapping[str, str]) -> tuple[bytes, str]:
        template, shown = view(edition, query, asked["key"])
        if asked.get("fragment") == "1" and template == "claim.html":
            template = "panel.html"
        return write_page(template, path, {**_common(edition), "query": query, **shown}).encode(), HTML

    return make


def _common(edition: Edition) -> dict[str, str]:
    contents = edition.last.contents
    told = f"{say_number(len(contents.articles), 'article')}, {say_number(len(contents.statements), 'statement')}"
    return {"drawn_at": f"{edition.drawn_at:%Y-%m-%d %H:%M} UTC", "told": told}


def _api(write: Callable[[Edition, Query, Mapping[str, str], str], bytes], name: str, media: str) -> Make:
    def make(edition: Edition, query: Query, asked: Mapping[str, str]) -> tuple[bytes, str]:
        return write(edition, query, asked, name), media

    return make


def _claim(edition: Edition, query: Query, asked: Mapping[str, str]) -> tuple[bytes, str]:
    return read_claim(edition, query, asked["key"]), JSON


def _answering(live: Live, make: Make, *, fixed: bool = False) -> Callable[[Request], Any]:
    """Return what answers an address from the last edition: what was made before at once, else in a thread.

    What is `fixed` is the same whatever is asked of it; the script of its page reads the address.
    """

    async def answer(request: Request) -> Response:
        edition = live.press.edition
        if edition is None:
            return _drawing(live, request)
        key = f"{edition.version} {request.url.path}?{'' if fixed else request.url.query}"
        etag = f'"{hashlib.sha256(key.encode()).hexdigest()[:24]}"'
        if _has(request, etag):
            return Response(status_code=304, headers=_cached(etag))
        pack = _takes_packed(request)
        kept = live.answers.get(f"{pack} {key}")
        if kept is None:
            asked = {} if fixed else {**dict(request.query_params), **request.path_params}

            def work() -> Answer:
                return make_answer(*make(edition, read_query(asked), asked), etag, pack=pack)

            try:
                kept = await _make_once(live, f"{pack} {key}", work, slow=bool(asked.get("on") or asked.get("known")))
            except InputError as error:
                status = 409 if isinstance(error, StaleError) else 404 if "key" in request.path_params else 400
                return refused(request.url.path, Refusal(status, str(error)))
            except (SearchTimeout, StoreError) as error:
                return refused(request.url.path, Refusal(503, str(error)))
        return _send(kept, request)

    return answer


async def _make_once(live: Live, key: str, work: Callable[[], Answer], *, slow: bool) -> Answer:
    """Return an answer from a thread; who asks for the same meanwhile waits for it instead of making it again.

    What may be slow, the picture of another day, has a thread of its own, so that nobody else waits for it.
    """
    under_way = live.making.get(key)
    if under_way is None:
        under_way = asyncio.get_running_loop().run_in_executor(live.drawers if slow else live.makers, work)
        live.making[key] = under_way
        under_way.add_done_callback(lambda done: _made(live, key, done))
    made = await asyncio.shield(under_way)
    live.answers.put(key, made)
    return made


def _made(live: Live, key: str, done: "asyncio.Future[Answer]") -> None:
    """Forget what was being made; an error is told to whoever waits, if anybody still does."""
    live.making.pop(key, None)
    if not done.cancelled():
        done.exception()


def _has(request: Request, etag: str) -> bool:
    """Return whether the asker has the answer with this ETag."""
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or etag in [one.strip().removeprefix("W/") for one in given.split(",")]


def _cached(etag: str) -> dict[str, str]:
    return {"etag": etag, "cache-control": "no-cache", "vary": "accept-encoding"}


def _takes_packed(request: Request) -> bool:
    """Return whether packing spares the asker time: never on the same machine, where it costs more than it spares."""
    near = request.client is not None and is_loopback(request.client.host)
    return not near and "gzip" in request.headers.get("accept-encoding", "")


def _send(answer: Answer, request: Request) -> Response:
    headers = _cached(answer.etag)
    if answer.packed is not None:
        return Response(answer.packed, headers={**headers, "content-encoding": "gzip"}, media_type=answer.media)
    return Response(answer.body, headers=headers, media_type=answer.media)


def _drawing(live: Live, request: Request) -> Response:
    """Return that the first edition is being drawn."""
    if request.url.path.startswith("/api/"):
        retry = (("retry-after", "2"),)
        return refused(request.url.path, Refusal(503, "the picture is being drawn; ask again in a moment", retry))
    page = write_page("wait.html", request.url.path, {"work": live.press.work})
    return Response(page, 503, {"retry-after": "2", "cache-control": "no-store"}, HTML)


async def _openapi(request: Request) -> Response:
    body = json.dumps(write_openapi(), indent=1).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    if _has(request, etag):
        return Response(status_code=304, headers=_cached(etag))
    return _send(make_answer(body, JSON, etag, pack=_takes_packed(request)), request)


async def _api_page(request: Request) -> Response:
    return Response(write_page("api.html", "/api", {"endpoints": make_endpoints()}), media_type=HTML)


async def _static(request: Request) -> Response:
    found = read_assets().get(request.url.path)
    if found is None:
        raise HTTPException(404)
    body, media = found
    answer = make_answer(body, media, f'"{request.url.path}"', pack=_takes_packed(request))
    response = _send(answer, request)
    response.headers["cache-control"] = "public, max-age=31536000, immutable"
    return response


# --- what is refused --------------------------------------------------------------------------------------------------


def refused(path: str, refusal: Refusal, *, as_json: bool = False) -> Response:
    """Return a refusal as its reader takes it: one line of JSON for programs, a page for people."""
    headers = {"cache-control": "no-store"}
    if as_json or path.startswith("/api/"):
        response: Response = JSONResponse({"error": refusal.line}, refusal.status, headers)
    else:
        shown = {"line": refusal.line, "needs_token": refusal.status == 401, "title": "This cannot be shown"}
        response = Response(write_page("error.html", path, shown), refusal.status, headers, HTML)
    for name, value in refusal.headers:
        response.headers[name] = value
    return response


def refuse(asked: Asked, refusal: Refusal) -> Response:
    """Return the answer to a request that is not let in."""
    return refused(asked.path, refusal, as_json="json" in asked.header("accept"))


async def _missing(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 404)
    line = "there is nothing at this address" if status == 404 else "this address is not asked in that way"
    return refused(request.url.path, Refusal(status, line), as_json="json" in request.headers.get("accept", ""))


# --- reading in -------------------------------------------------------------------------------------------------------


def _reading(live: Live) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        shown = {
            "jobs": live.desk.jobs()[:20],
            "files": FILES,
            "megabytes": FILE_BYTES // 1_000_000,
            "watched": list(live.watcher.lines)[::-1] if live.watcher else [],
        }
        return Response(write_page("read.html", "/read", shown), headers={"cache-control": "no-store"}, media_type=HTML)

    return answer


def _taking(live: Live) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        as_json = "json" in request.headers.get("accept", "")
        try:
            job = live.desk.take(await _read_form(request, live.desk))
        except FullError as error:
            refusal = Refusal(429, str(error), (("retry-after", "30"),))
        except BodyError as error:
            refusal = error.refusal
        except HTTPException as error:  # the form is none, or has too many parts
            status = 413 if "Too many" in error.detail or "exceeded" in error.detail else 400
            refusal = Refusal(status, f"{error.detail.rstrip('.')}; send at most {FILES} files")
        except InputError as error:
            refusal = Refusal(413 if isinstance(error, _LargeError) else 400, str(error))
        else:
            address = f"/read/{job.id}"
            return JSONResponse({"job": address}, 202) if as_json else RedirectResponse(address, 303)
        return refused("/read", refusal, as_json=as_json)

    return answer


class _LargeError(InputError):
    """A file or a text above its limit."""


async def _read_form(request: Request, desk: Desk) -> list[Task]:
    """Return what a form hands in. Raises InputError, BodyError or HTTPException."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise InputError("send a form with files, a link or a text")
    form = await request.form(max_files=FILES, max_fields=10, max_part_size=TEXT_BYTES)
    try:
        tasks = [await _keep_file(one, desk) for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]  # fmt: skip  # noqa: E501
        link, text = (str(form.get(name) or "").strip() for name in ("link", "text"))
    finally:
        await form.close()
    if link:
        tasks.append(Task(_checked_link(link), link=link))
    if len(text) > TEXT_BYTES:
        raise _LargeError(f"the text has more than {TEXT_BYTES // 1_000_000} MB; give it as a file, or in parts")
    if text:
        tasks.append(Task("the text", text=text.encode()))
    if not tasks:
        raise InputError("nothing was handed in; choose a file, or give a link or a text")
    return tasks


def _checked_link(link: str) -> str:
    if not link.lower().startswith(("http://", "https://")) or len(link) > 2000 or any(one.isspace() for one in link):
        raise InputError("this is no link to a page; give one that begins with https:// or http://")
    return link


async def _keep_file(file: UploadFile, desk: Desk) -> Task:
    """Return the task of a file, which now lies where the reading process finds it. Raises InputError."""
    name = Path(file.filename or "file").name[-100:]
    if (file.size or 0) > FILE_BYTES:
        raise _LargeError(f"{name} has more than {FILE_BYTES // 1_000_000} MB; give it in parts")
    path = desk.place_for(name)
    with path.open("wb") as kept:
        while chunk := await file.read(1 << 20):
            kept.write(chunk)
    return Task(name, path=path)


def _find_job(live: Live, request: Request) -> Job:
    job = live.desk.job(request.path_params["job"])
    if job is None:
        raise HTTPException(404)
    return job


def _job(live: Live) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        page = write_page("job.html", "/read", {"job": _find_job(live, request), "title": "Reading"})
        return Response(page, headers={"cache-control": "no-store"}, media_type=HTML)

    return answer


# --- progress as it happens -------------------------------------------------------------------------------------------


def _job_events(live: Live) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        job = _find_job(live, request)
        return _stream(live, "job", job.tell, lambda: job.is_done)

    return answer


def _events(live: Live) -> Callable[[Request], Any]:
    """Return what tells a page when there is a new edition, what waits to be read, and what the watch does."""

    def tell() -> dict[str, object]:
        edition, watcher = live.press.edition, live.watcher
        watched = {"lines": list(watcher.lines)[-10:], "count": watcher.count} if watcher else None
        return {"edition": edition.version if edition else None, "waiting": live.desk.waiting, "watch": watched}

    async def answer(request: Request) -> Response:
        return _stream(live, "state", tell, lambda: False)

    return answer


def _stream(live: Live, name: str, tell: Callable[[], object], is_over: Callable[[], bool]) -> Response:
    """Return server-sent events: what `tell` gives, each time that it is another thing, until it is over."""
    if live.streams >= STREAMS:
        return refused("/api/", Refusal(429, "too many pages follow already", (("retry-after", "30"),)))

    async def events() -> AsyncIterator[str]:
        loop = asyncio.get_running_loop()
        live.streams += 1
        try:
            end, spoken, before = loop.time() + STREAM_SECONDS, loop.time(), ""
            while loop.time() < end and not live.closing.is_set():
                over, told = is_over(), json.dumps(tell(), ensure_ascii=False)
                if told != before:
                    yield f"event: {name}\ndata: {told}\n\n"
                    before, spoken = told, loop.time()
                elif loop.time() - spoken > HEARTBEAT:
                    yield ": still here\n\n"
                    spoken = loop.time()
                if over:
                    return
                await asyncio.sleep(TICK)
        finally:
            live.streams -= 1

    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(events(), headers=headers, media_type="text/event-stream")
