"""Who says what in texts that scraping left without commas, colons or quotation marks."""

from datetime import date

import pytest

from mene.articles import read_article
from mene.pipeline import Model, read
from mene.records import Statement


def told(model: Model, text: str, title: str = "Fighting goes on in the north") -> list[Statement]:
    article = read_article(f"{title}\n\n{text}".encode(), name="scraped.txt", published=date(2021, 6, 1))
    return [s for s in read(article, model).statements if s.sentence_text != article.title]


def origins(model: Model, text: str) -> list[str]:
    return [s.origin.name for s in told(model, text) if s.cue is not None or len(s.sources) > 1]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The toll may rise because of the number of people seriously hurt added the Observatory.", "Observatory"),
        ("Tigray resident Desta Haile a teacher told the Plains Herald that he heard the first blast.", "Desta Haile"),
        ("Another relief group the London-based Syrian Observatory for Human Rights said nine people died.",
         "Syrian Observatory for Human Rights"),
        ("According to figures provided by the ministry of health nine people were killed in the raid.", "ministry"),
        ("A source at the Harbour Command said three dockers were killed after shells hit the pier.", "source at"),
        ("Shells hit a town held by the militia an international monitor said.", "international monitor"),
        ("In interviews with the newspaper the tribal leaders said they feared a raid.", "tribal leaders"),
        ("Three men died in the raid which was carried out by a rebel brigade the London-based watchdog said.",
         "London-based watchdog"),
        ("A doctor going by the name of Selam said his clinic received nine victims of the gas.", "Selam"),
        ("The city council said that residents had fled in what it believed was an air strike.", "city council"),
        ("The alliance which calls itself Dawn of Kordofan has said rebels shelled the port.", "alliance"),
        ("Activist Omar Haddad who is from Darayya but lives abroad also reported the killing.", "Omar Haddad"),
        ("Opposition websites gave different figures with some saying more than forty people were dead.",
         "Opposition websites"),
        ("The mission went on to state that gunmen had attacked the market.", "mission"),
        ("The Benadir Centre for Peace Studies has put the death toll from the siege at more than 470.",
         "Benadir Centre for Peace Studies"),
        ("On Saturday soldiers attacked the Norwegian embassy said the Maghreb Observatory.", "Observatory"),
        ("The ministry said it was alarmed by the reports of the raid adding that rebels had taken the bridge.",
         "ministry"),
        ("The men attacked camps in Chad Niger or Libya informed sources said.", "informed sources"),
        ("NAIROBI October 1 (KNA) - A raid in the coastal town of Lamu has killed eighteen people Kenyan TV channel"
         " Pwani reported.", "Pwani"),
        ("The army killed a commander near Lattakia on Wednesday Al-Rafid News Network reports.",
         "Al-Rafid News Network"),
        ("According to the SOHR tens of civilians were killed in Duma.", "Observatory for Human Rights"),
        ("Norway has reached the preliminary conclusion that Sudanese warplanes bombed the depot.", "Norway"),
        ("Nine volunteers were killed in the raid said the Civil Guard also known as the Grey Caps.", "Civil Guard"),
        ("The governor described the plight of the families in the camp indicating that rebels had taken the well.",
         "governor"),
        ("Reuters quoting Norwegian officials said on Tuesday that two jets bombed the depot.", "officials"),
    ],
)  # fmt: skip
def test_the_speaker_is_found_without_commas(model: Model, text: str, speaker: str) -> None:
    found = origins(model, text)
    assert found
    assert all(speaker in name for name in found)


@pytest.mark.parametrize(
    "text",
    [
        "Sirte has seen some of the worst violence since the outbreak of the war.",
        "Army Controls Several Areas near Bouar The army on Wednesday established full control of the town.",
        "The army has killed ninety fighters as the offensive on the bank of the river near the town of Sol continues.",
        "A view shows the damage at a hospital after an air strike on the town of Sol.",
        "The blasts could be heard by residents of the capital where smoke rose over the port.",
        "Some are seen struggling to breathe while others appear dazed.",
        "Sol once dubbed the pearl of the coast has been the scene of fierce fighting.",
        "The account is in line with agency reporting.",
        "The mediators cant simply say they want peace.",
    ],
)
def test_nobody_speaks_where_nobody_is_said_to(model: Model, text: str) -> None:
    assert not origins(model, text)


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        ("Twin blasts kill thirty in northern Syria monitor", "monitor"),
        ("Bomb kills eighteen in a suburb of the capital state TV", "state TV"),
        ("Air strikes in the north kill twenty civilians activists", "activists"),
        ("Attack on wedding party kills thirty two Medical source", "Medical source"),
        ("Army spokesman rebels shelled the port at dawn", "Army spokesman"),
    ],
)
def test_a_headline_without_its_colon_keeps_its_speaker(model: Model, title: str, speaker: str) -> None:
    article = read_article(f"{title}\n\nThe town lies on the coast.".encode(), name="headline.txt")
    headline = [s for s in read(article, model).statements if s.sentence_text == article.title]
    assert [s.origin.name for s in headline] == [speaker]


@pytest.mark.parametrize(
    "title",
    ["Video shows the murder of two Syrian activists", "Sixty bodies found in a town taken from the armed group"],
)
def test_a_headlines_last_words_are_not_always_its_speaker(model: Model, title: str) -> None:
    article = read_article(f"{title}\n\nThe town lies on the coast.".encode(), name="headline.txt")
    headline = [s for s in read(article, model).statements if s.sentence_text == article.title]
    assert not {"activists", "Syrian activists", "group", "armed group"} & {s.origin.name for s in headline}


def test_she_is_no_country_and_no_society(model: Model) -> None:
    text = (
        "France called for a vote and the Relief Society sent a team spokeswoman Ines Duval told reporters on Monday."
        " The claim needs to be verified she added."
    )
    assert told(model, text)[-1].origin.name == "Ines Duval"


def test_a_quotation_without_an_end_goes_on_over_paragraphs(model: Model) -> None:
    text = (
        "A spokesman for the port said: “The minister met the dockers at noon.\n\nThey also spoke of the strike.\n\n"
        "“The minister thanked them for their patience.\n\nThey agreed to meet again.”\n\nThe harbour reopened at six."
    )
    *speech, news = told(model, text)
    assert all("spokesman" in s.origin.name for s in speech)
    assert len(news.sources) == 1


def test_we_are_whoever_has_just_spoken(model: Model) -> None:
    text = (
        "A coalition source said that jets had struck the depot. We have seen the pictures and we will look into them."
    )
    assert {s.origin.name for s in told(model, text)} == {"coalition source"}


def test_we_are_the_writer_where_nobody_has_spoken(model: Model) -> None:
    text = "We have seen this war before. The army said that it had taken the port. We will see it again."
    assert [len(s.sources) for s in told(model, text)] == [1, 2, 1]


def test_a_post_is_its_accounts(model: Model) -> None:
    text = "Shells hit the port. Pray for our dockers! pic.twitter.com/x1 Jo Ruiz (joruiz) June 3 2021 All is calm."
    posted = next(s for s in told(model, text) if "Pray" in s.text)
    assert (posted.origin.name, posted.origin.kind) == ("Jo Ruiz (@joruiz)", "social account")


def test_a_printed_day_asserts_nothing(model: Model) -> None:
    article = read_article(b"Port is shelled\n\n3 June 2021 Shells hit the port at dawn.", name="day.txt")
    assert all("2021" not in s.text for s in read(article, model).statements)


def test_rumours_vouch_for_nothing(model: Model) -> None:
    assert {s.modality for s in told(model, "Unconfirmed reports said that looters had been killed.") if s.cue} == {
        "possible"
    }


def test_an_outlet_named_in_its_own_text_is_the_outlet(model: Model) -> None:
    text = "Ferry Post\n3 May 2024\n\nFighters took the port on Thursday, the Ferry Post has learnt."
    (said,) = [one for one in read(read_article(text.encode(), name="a.txt"), model).statements if "port" in one.text]
    assert [(source.name, source.kind) for source in said.sources] == [("Ferry Post", "outlet")]


def test_a_speech_that_lost_its_marks_goes_on_after_it_is_announced(model: Model) -> None:
    text = "The source told the Sahel Courier that. We attacked the depot. The army said it had lost a truck."
    *_, speech, after = told(model, text)
    assert (speech.origin.name, after.origin.name) == ("source", "army")


def test_a_quotation_is_told_by_who_signs_it(model: Model) -> None:
    (one,) = told(model, "Rebels shell the harbour every night. - Dawit Lemma, fisherman.")
    assert one.origin.name == "Dawit Lemma"


def test_a_speech_after_a_colon_ends_where_another_speaks(model: Model) -> None:
    text = "The minister said: the truce has begun. It covers three towns. The mayor said that shells hit the bridge."
    assert told(model, text)[-1].origin.name == "mayor"


def test_a_country_speaks_in_a_headline_where_its_own_are_quoted_first(model: Model) -> None:
    text = "Norway: Gunmen attacked the port\n\nThe Norwegian foreign ministry said that gunmen had shelled the port."
    article = read_article(text.encode(), name="scraped.txt", published=date(2021, 6, 1))
    assert read(article, model).statements[0].origin.name == "Norway"


def test_a_source_s_figures_are_its_own(model: Model) -> None:
    text = "The Norwegian observation center in Juba said rebels broke the truce. According to the centers statistics"
    assert "observation center" in told(model, text + " gunmen killed nine farmers.")[-1].origin.name


def test_the_country_us_may_speak(model: Model) -> None:
    text = "The minister said Oslo shares the US assessment that the army shelled Bouar."
    assert "United States" in origins(model, text)


def test_footage_is_told_of_by_who_says_what_it_is(model: Model) -> None:
    text = "Footage the ministry said was filmed after the raid showed rescuers on a roof. It said nine people died."
    assert {s.origin.name for s in told(model, text) if s.cue is not None} <= {"Footage", "ministry"}
    assert told(model, text)[-1].origin.name == "ministry"


def test_an_office_after_a_name_is_no_part_of_it(model: Model) -> None:
    (one,) = told(model, "Colonel Pavel Ilin Chief of the Border Guard said that rebels took the pass.")
    assert one.origin.name == "Pavel Ilin"
