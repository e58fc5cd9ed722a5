import pytest

from policies.pack import RULES
from policies.rule import Rule
from tests.policies import cases

CASES = cases.load()

_OUTCOMES = {"pass": {"compliant", "not applicable"}, "fail": {"violation"}, "unknown": {"unknown"}}


@pytest.mark.proves("S0-38", "S0-39", "S1-11", "S2-50", "S4-41", "S4-42")
@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_rule_says_what_the_case_expects(case: cases.Case) -> None:
    assert list(cases.said(cases.judge(case))) == list(case.expected)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_is_named_after_its_outcome(case: cases.Case) -> None:
    outcomes = {expected["outcome"] for expected in case.expected}
    blamed = outcomes - {"compliant", "not applicable"}
    assert (blamed or outcomes) <= _OUTCOMES[case.kind]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_has_cases_of_all_kinds(rule: Rule) -> None:
    kinds = {case.kind for case in CASES if case.rule is rule}
    assert kinds == {"pass", "fail", "unknown"}, "each rule can meet an unknown: its properties are inputs"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_message_holds_a_planted_secret(case: cases.Case) -> None:
    assert "canary" not in repr(cases.judge(case))
