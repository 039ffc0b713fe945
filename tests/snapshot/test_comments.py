"""Rule K: which lists a snapshot allows, that it holds no text, and where the texts come back."""

from cultureassess.disclosure.reasons import Reason
from cultureassess.scoring.answers import Comment
from cultureassess.snapshot.comments import with_comments, without_comments
from cultureassess.snapshot.document import to_json
from tests.snapshot.waves import inside, outside, snapshot
from tests.snapshot.waves import with_comments as writing

SAID = tuple(Comment("OPEN_C1", "customer", f"customers say {place}") for place in range(12))


def lists(result):
    return {(found.question, found.audience): found for found in result.comments}


def allowed():
    """Twelve of sixty customers wrote something; nobody else did."""
    return snapshot(inside(20, 40), writing(outside(60), "OPEN_C1", "customer", 12))


def test_a_snapshot_says_which_lists_may_be_shown_and_holds_no_text():
    result = allowed()
    assert lists(result)["OPEN_C1", "customer"].withheld is None
    assert {found.comments for found in result.comments} == {()}
    assert b"customer 7" not in to_json(result)


def test_whoever_screens_gets_the_texts_in_an_order_of_their_own():
    found = lists(with_comments(allowed(), SAID))["OPEN_C1", "customer"].comments
    assert sorted(found) == sorted(comment.text for comment in SAID)
    assert list(found) != [comment.text for comment in SAID]
    assert found == lists(with_comments(allowed(), SAID[::-1]))["OPEN_C1", "customer"].comments


def test_without_comments_takes_them_out_again():
    assert without_comments(with_comments(allowed(), SAID)) == allowed()


def test_a_list_that_an_erasure_left_too_short_is_withheld():
    result = lists(with_comments(allowed(), SAID[:4]))["OPEN_C1", "customer"]
    assert (result.comments, result.withheld) == ((), Reason.THIN)


def test_ten_must_have_answered_and_five_must_have_written():
    few_people = snapshot(inside(20, 40), writing(outside(9), "OPEN_C1", "customer", 9))
    few_comments = snapshot(inside(20, 40), writing(outside(60), "OPEN_C1", "customer", 4))
    assert lists(few_people)["OPEN_C1", "customer"].withheld is Reason.THIN
    assert lists(few_comments)["OPEN_C1", "customer"].withheld is Reason.THIN


def test_a_withheld_list_stays_empty_whatever_was_written():
    few = snapshot(inside(20, 40), writing(outside(9), "OPEN_C1", "customer", 9))
    assert lists(with_comments(few, SAID))["OPEN_C1", "customer"].comments == ()
