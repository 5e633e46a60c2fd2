from pathlib import Path

from mene.evaluate.search_bench import FORMS, run


def test_the_bench_measures_every_form_of_query(tmp_path: Path) -> None:
    found = run(tmp_path / "bench.duckdb", 300, 2)
    assert found["statements"] == 310
    assert set(found["find_cpu_p95_ms_by_form"]) == set(FORMS)  # type: ignore[call-overload]
