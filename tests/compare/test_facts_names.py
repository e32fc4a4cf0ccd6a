"""Names are found without a model, joined over the ways they are written, and none are made of nouns."""

from reader.compare.figured.naming import Name, names


def found(left: str, right: str = "", languages: tuple[str, str] = ("en", "en")) -> dict[str, Name]:
    """The names of two texts of one block each."""
    return {one.name: one for one in names([left], [right], languages)}


def places(name: Name) -> tuple[int, int]:
    """In how many places it stands, left and right."""
    return len(name.left), len(name.right)


def test_a_name_stands_inside_a_sentence_with_a_capital() -> None:
    assert set(found("Yesterday the pilots of Wismar met in old Stralsund.")) == {"Wismar", "Stralsund"}


def test_a_word_that_only_begins_sentences_is_no_name() -> None:
    assert (
        set(found("Nevertheless it rained. Consequently nobody came. Gulls cried. “Perhaps,” she said."))
        == set()
    )


def test_a_name_that_begins_a_sentence_counts_where_it_is_known_inside_one() -> None:
    text = found("Wismar slept. The pilots left Wismar at dawn.")
    assert places(text["Wismar"]) == (2, 0)


def test_small_words_are_no_part_of_a_name_but_particles_are() -> None:
    text = "In Wismar the League of Nations met. The Baltic Sea froze, said Joost van der Meer to a crowd."
    assert set(found(text)) == {"Wismar", "League of Nations", "Baltic Sea", "Joost van der Meer"}


def test_a_possessive_ends_a_name() -> None:
    text = "They praised Wismar's Heinrich Voss, and Stralsund’s walls, and the Vosses' boat."
    assert set(found(text)) == {"Wismar", "Heinrich Voss", "Stralsund", "Vosses"}


def test_a_person_is_joined_over_title_surname_and_full_name() -> None:
    text = found(
        "The mayor, Heinrich Voss, spoke. Later President Voss left, and they cheered Voss.",
        "They heard Mr Voss.",
    )
    assert places(text["Heinrich Voss"]) == (3, 1)


def test_a_name_whose_surname_comes_first_is_joined_too() -> None:
    text = found("They met Kim Jong-un in May.", "There was President Kim, and the West feared Kim.")
    assert places(text["Kim Jong-un"]) == (1, 2)


def test_a_surname_that_two_people_have_is_joined_with_neither() -> None:
    text = found("They met Heinrich Voss and then Martha Voss, but which Voss spoke?")
    assert places(text["Voss"]) == (1, 0)


def test_the_last_word_of_a_thing_is_no_surname() -> None:
    text = found(
        "They sailed the Baltic Sea before the Korean War.", "They loved the Sea, and the War was far."
    )
    assert places(text["Baltic Sea"]) == (1, 0)
    assert places(text["Korean War"]) == (1, 0)


def test_an_abbreviation_is_joined_with_what_it_stands_for() -> None:
    text = found("The U.S. left; the US came back; they like the USA.", "In the United States the UN spoke.")
    assert places(text["United States"]) == (3, 1)
    assert places(text["UN"]) == (0, 1)


def test_people_and_their_adjective_are_joined_with_the_country() -> None:
    text = found(
        "They met in North Korea with Ukraine.",
        "Six North Korean ships; all Ukrainians and the Ukrainian fleet.",
    )
    assert places(text["North Korea"]) == (1, 1)
    assert places(text["Ukraine"]) == (1, 2)


def test_joined_names_are_parted_where_each_is_known() -> None:
    text = found("The Wismar-Stralsund line is new. They like Wismar and Stralsund, not Indo-Pacific trade.")
    assert places(text["Wismar"]) == (2, 0)
    assert "Indo-Pacific" in text


def test_the_lead_words_of_an_item_are_no_names() -> None:
    assert set(found("Freedom of the Open Seas: the pilots of Wismar agreed.")) == {"Wismar"}


def test_months_and_days_are_no_names() -> None:
    assert set(found("They met in May, on a Monday, and again in late October.")) == set()


def test_german_nouns_are_no_names() -> None:
    german = "Die Lotsen brachten das Schiff in den Hafen, und Heinrich Voss sah die Fahne der UNO am Mast."
    assert set(found(german, "", ("de", "en"))) == {"Heinrich Voss", "UNO"}
    assert set(found("Man brachte in Wismar den Hafen in Ordnung.", "", ("de", "en"))) == set()


def test_scripts_without_capitals_give_nothing() -> None:
    assert found("船は港に着いた。", "وصلت السفينة إلى الميناء.", ("ja", "ar")) == {}


def test_a_block_in_capitals_gives_nothing() -> None:
    assert found("THE PILOTS OF WISMAR") == {}


def test_places_are_those_of_the_words() -> None:
    text = "They left “Wismar’s” walls, and Heinrich Voss wept."
    for name in names([text], []):
        for block, start, end in name.left:
            assert (block, text[start:end]) == (0, name.name)
