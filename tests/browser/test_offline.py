"""The page opens from a disk and asks for nothing, with scripts and without."""

SECTIONS = "main section[id] > h2, main section[aria-labelledby] h2"


def test_the_demo_opens_from_a_file_and_asks_for_nothing_else(open_page, demo):
    page = open_page(demo)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("location.protocol") == "file:"
    assert open_page.watches[0].asked == [demo.as_uri()]


def test_every_link_within_the_page_has_its_place(open_page, demo):
    dead = """() => [...document.querySelectorAll("a[href^='#']")].map((one) => one.getAttribute("href"))
      .filter((one) => one.length > 1 && !one.includes("=") && !document.getElementById(one.slice(1)))"""
    assert open_page(demo).evaluate(dead) == []


def test_without_scripts_the_last_state_is_on_the_map(open_page, demo):
    page = open_page(demo, java_script_enabled=False)
    assert page.locator("svg .pin:visible").count() > 5
    assert page.locator("main h2:visible").count() > 3
    assert "Hama" in page.locator("main").inner_text()


def test_without_scripts_nothing_is_offered_that_needs_one(open_page, demo):
    page = open_page(demo, java_script_enabled=False)
    assert page.locator("main :is(button, input, select):visible").count() == 0


def test_a_large_page_opens_too(open_page, synthetic):
    page = open_page(synthetic(1000))
    assert page.locator("svg .pin").count() > 20
