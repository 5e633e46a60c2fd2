"""Reading in: forms, limits, jobs and their progress, and the process that reads."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from mene.articles import Loaded, read_article
from mene.pipeline import Model
from mene.serve import desk as desk_module
from mene.serve import worker as worker_module
from mene.serve.desk import Desk, FullError, Job
from mene.serve.edition import Edition
from mene.serve.limits import FILE_BYTES, FILES, WAITING
from mene.serve.watching import Watcher
from mene.serve.worker import Outcome, Task, Where, do_task
from mene.store import open_store
from tests.serve.conftest import OWN, Served

JSON = {**OWN, "accept": "application/json"}


@pytest.fixture
def served(serve: Callable[..., Served], edition: Edition) -> Served:
    return serve(edition)


def waiting(served: Served) -> list[Task]:
    """Return what waits to be read."""
    return [item[1] for item in list(served.live.desk._waiting.queue) if item]


def test_a_form_hands_in_files_a_link_and_a_text(served: Served) -> None:
    files = [("files", ("hama.txt", b"one")), ("files", ("homs.html", b"two"))]
    data = {"link": "https://news.example/a", "text": "Rebels took Hama."}
    answer = served.client.post("/read", files=files, data=data, headers=OWN)
    assert answer.status_code == 303
    assert served.client.get(answer.headers["location"]).status_code == 200
    tasks = waiting(served)
    assert [task.name for task in tasks] == ["hama.txt", "homs.html", "https://news.example/a", "the text"]
    assert tasks[1].path is not None
    assert tasks[1].path.read_bytes() == b"two"


def test_a_script_gets_the_job_as_json(served: Served) -> None:
    answer = served.client.post("/read", data={"text": "Rebels took Hama."}, headers=JSON)
    assert answer.status_code == 202
    assert answer.json()["job"].startswith("/read/")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a\\b/../c.html", ".hidden", "", "\u202egpj.exe"])
def test_a_file_lies_where_it_belongs(tmp_path: Path, name: str) -> None:
    desk = Desk(Where(tmp_path / "store.duckdb"))
    path = desk.place_for(name)
    assert path.resolve().is_relative_to(desk._folder.resolve())
    assert not path.name.startswith(".")
    desk.close()
    assert not desk._folder.exists()


@pytest.mark.parametrize("link", ["file:///etc/passwd", "javascript:alert(1)", "ftp://a/b", "https://a b", "x" * 3000])
def test_what_is_no_link_is_refused(served: Served, link: str) -> None:
    answer = served.client.post("/read", data={"link": link}, headers=JSON)
    assert answer.status_code == 400
    assert "link" in answer.json()["error"]


def test_nothing_is_refused(served: Served) -> None:
    assert served.client.post("/read", data={"text": " "}, headers=JSON).json() == {
        "error": "nothing was handed in; choose a file, or give a link or a text"
    }
    assert served.client.post("/read", content=b"{}", headers=JSON).status_code == 400


def test_a_file_above_the_limit_is_refused(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mene.serve.app.FILE_BYTES", 10)
    answer = served.client.post("/read", files={"files": ("a.txt", b"x" * 11)}, headers=JSON)
    assert answer.status_code == 413
    assert "a.txt has more than" in answer.json()["error"]
    assert FILE_BYTES == 20_000_000


def test_too_many_files_are_refused(served: Served) -> None:
    files = [("files", (f"{number}.txt", b"x")) for number in range(FILES + 1)]
    assert served.client.post("/read", files=files, headers=JSON).status_code == 413
    assert not waiting(served)


def test_a_full_desk_says_when_to_come_again(served: Served) -> None:
    served.live.desk.take([Task("x", text=b"x")] * WAITING)
    answer = served.client.post("/read", data={"text": "Rebels took Hama."}, headers=JSON)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "30"


def test_progress_comes_as_it_happens(served: Served) -> None:
    job = Job("j", 1, done=1, new=1, lines=[Outcome("Hama <b>: 2 statements", "a" * 64, True)])
    served.live.desk._jobs["j"] = job
    answer = served.client.get("/read/j/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = json.loads(answer.text.split("data: ", 1)[1])
    assert told["done"]
    assert told["lines"] == [{"words": "Hama <b>: 2 statements", "article": "a" * 12}]
    assert "&lt;b&gt;" in served.client.get("/read/j").text


def test_a_page_without_script_asks_again_until_it_is_done(served: Served) -> None:
    served.live.desk._jobs["j"] = job = Job("j", 1)
    assert 'http-equiv="refresh"' in served.client.get("/read/j").text
    job.done = 1
    assert 'http-equiv="refresh"' not in served.client.get("/read/j").text


def test_a_stream_ends_with_the_server(served: Served) -> None:
    served.live.closing.set()
    assert served.client.get("/events/stream").text == ""
    assert served.live.streams == 0


# --- the reading process ----------------------------------------------------------------------------------------------


@pytest.fixture
def where(tmp_path: Path) -> Where:
    return Where(tmp_path / "store.duckdb")


def test_a_text_is_read_and_kept(model: Model, where: Where, article: str) -> None:
    (outcome,) = do_task(Task("the text", text=article.encode()), model, where)
    assert outcome.is_new
    (again,) = do_task(Task("the text", text=article.encode()), model, where)
    assert (again.is_new, again.article_id) == (False, outcome.article_id)
    with open_store(where.store, read_only=True) as store:
        assert store.counts()["statements"] > 0


@pytest.mark.parametrize(
    "link",
    ["http://127.0.0.1:1/", "http://localhost/", "http://169.254.169.254/latest", "http://[::1]/", "http://10.0.0.8/"],
)
def test_a_link_into_a_private_network_is_refused(model: Model, where: Where, link: str) -> None:
    (outcome,) = do_task(Task(link, link=link), model, where)
    assert "private or local address, which is refused" in outcome.words
    assert not outcome.article_id


def test_what_a_file_names_is_not_fetched(model: Model, where: Where, tmp_path: Path) -> None:
    table = tmp_path / "links.csv"
    table.write_text("url\nhttps://news.example/a\n", encoding="utf-8")
    (outcome,) = do_task(Task("links.csv", path=table), model, where)
    assert "paste the link itself" in outcome.words


def test_a_bad_file_is_told_by_its_own_name(model: Model, where: Where, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4 nothing")
    (outcome,) = do_task(Task("report.pdf", path=tmp_path / "x.pdf"), model, where)
    assert outcome.words.startswith("report.pdf: ")
    assert str(tmp_path) not in outcome.words


def test_a_busy_store_is_waited_for(where: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    from mene.errors import StoreError

    monkeypatch.setattr(worker_module, "STORE_PATIENCE", 0.1)
    monkeypatch.setattr(worker_module, "RETRIED_EVERY", 0.01)
    where.store.mkdir()  # type: ignore[union-attr]
    begin = time.monotonic()
    with pytest.raises(StoreError):
        worker_module.open_patiently(where)
    assert time.monotonic() - begin >= 0.1


def test_the_desk_reads_in_a_process_of_its_own(where: Where, article: str) -> None:
    desk = Desk(where)
    desk.start()
    try:
        path = desk.place_for("hama.txt")
        path.write_text(article, encoding="utf-8")
        job = desk.take([Task("hama.txt", path=path), Task("empty", text=b"")])
        assert job.finished.wait(120)
        assert (job.new, job.done) == (1, 2)
        assert not path.exists()
        assert not desk.keep(Loaded("hama.txt", read_article(article.encode()), raw=article.encode()))
    finally:
        desk.close()
    with pytest.raises(FullError):
        desk.take([Task("late", text=b"x")])


def test_a_process_that_dies_is_told_and_replaced(where: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_module, "run_worker", _die)
    desk = Desk(where)
    desk.start()
    try:
        jobs = [desk.take([Task("one", text=b"x")]), desk.take([Task("two", text=b"x")])]
        assert all(job.finished.wait(60) for job in jobs)
        assert all("ended before its time" in job.lines[0].words for job in jobs)
    finally:
        desk.close()


def _die(pipe: object, where: object) -> None:
    raise SystemExit(1)


def test_a_watch_hands_in_and_tells() -> None:
    kept: list[Loaded] = []

    def watch(keep: Callable[[Loaded], bool], tell: Callable[[str], None], stop: Event) -> None:
        tell(f"new: {keep(Loaded('feed', raw=b'x'))}")
        stop.wait(30)

    watcher = Watcher(watch, lambda loaded: kept.append(loaded) is None)
    watcher.start()
    watcher.close()
    assert list(watcher.lines) == ["new: True"]
    assert kept[0].origin == "feed"


def test_what_a_watch_tells_is_shown(served: Served) -> None:
    served.live.watcher = watcher = Watcher(lambda keep, tell, stop: None, lambda loaded: True)
    watcher._tell("desk/<b>: 1 new")
    assert "desk/&lt;b&gt;: 1 new" in served.client.get("/read").text
    assert b"1 new" in served.client.get("/read").content
