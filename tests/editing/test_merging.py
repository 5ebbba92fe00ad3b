"""Two people change one file: what stands apart is put together, and the same lines are a question."""

from webapp.library.editing.merging import Keep, merge

BASE = "title: Tea\nphone: 1\nsummary: Talk\n---\nCome in.\nStay.\n"


def test_changes_of_different_lines_are_both_there():
    theirs, mine = BASE.replace("phone: 1", "phone: 2"), BASE.replace("Stay.", "Stay a while.\nSing.")
    made = merge(BASE, theirs, mine)
    assert not made.clashes
    assert made.text() == BASE.replace("phone: 1", "phone: 2").replace("Stay.", "Stay a while.\nSing.")


def test_the_same_change_is_no_question():
    changed = BASE.replace("phone: 1", "phone: 2")
    assert merge(BASE, changed, changed).text() == changed


def test_lines_that_both_changed_are_one_question_and_each_answer_is_whole():
    theirs, mine = BASE.replace("Come in.\nStay.", "Come.\nGo."), BASE.replace("Come in.\nStay.", "Enter.\nRest.")
    theirs = theirs.replace("phone: 1", "phone: 2")
    made = merge(BASE, theirs, mine)
    (clash,) = made.clashes
    assert (clash.line, clash.theirs, clash.mine) == (5, ("Come.\n", "Go.\n"), ("Enter.\n", "Rest.\n"))
    assert made.text([Keep.THEIRS]) == theirs
    assert made.text([Keep.MINE]) == mine.replace("phone: 1", "phone: 2")
    assert made.text([Keep.BOTH]).endswith("Come.\nGo.\nEnter.\nRest.\n")


def test_lines_on_which_both_agree_are_no_part_of_the_question():
    theirs, mine = BASE.replace("Come in.", "Come.\nSit."), BASE.replace("Come in.", "Come.\nStand.\nRest.")
    (clash,) = merge(BASE, theirs, mine).clashes
    assert (clash.line, clash.theirs, clash.mine) == (6, ("Sit.\n",), ("Stand.\n", "Rest.\n"))


def test_whoever_goes_on_with_what_they_saved_is_not_asked():
    """The push went through and its answer was lost: what they write next begins at the version before."""
    saved = BASE.replace("Come in.", "Come.")
    made = merge(BASE, saved, saved.replace("Come.", "Come.\nSit."))
    assert not made.clashes
    assert made.text() == saved.replace("Come.", "Come.\nSit.")


def test_a_line_that_one_removed_and_the_other_changed_is_a_question():
    (clash,) = merge(BASE, BASE.replace("Stay.\n", ""), BASE.replace("Stay.", "Rest.")).clashes
    assert (clash.theirs, clash.mine) == ((), ("Rest.\n",))


def test_what_both_add_at_the_end_may_stay_one_after_the_other_though_no_line_ends_there():
    made = merge("a\n", "a\nb", "a\nc")
    assert made.text([Keep.BOTH]) == "a\nb\nc"


def test_where_nobody_knows_what_it_was_nothing_of_either_is_lost():
    made = merge(None, "a\nb\nx\nc\n", "a\ny\nc\nd\n")
    (clash,) = made.clashes
    assert (clash.theirs, clash.mine) == (("b\n", "x\n"), ("y\n",))
    assert made.text([Keep.BOTH]) == "a\nb\nx\ny\nc\nd\n"
