import time

import pytest

from resgraph.symbols import canonical, find_symbols


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("A/55/205.", ["A/55/205"]),
        ("A/76/78-E/2021/71. See also A/76/871-S/2022/493/Rev.1.", ["A/76/78-E/2021/71", "A/76/871-S/2022/493/Rev.1"]),
        ("on the report of the Third Committee (A/55/602/Add.1)]", ["A/55/602/Add.1"]),
        ("A/CONF.157/24 (Part I), chap. III.", ["A/CONF.157/24 (Part I)"]),
        ("Supplement No. 48 (A/59/48).", ["A/59/48"]),
        ("(A/75/343 and Corr.1)", ["A/75/343", "A/75/343/Corr.1"]),
        (
            "A/C.3/75/SR.12, S/PRST/2018/19 and E/CN.4/Sub.2/2003/12/Rev.2",
            ["A/C.3/75/SR.12", "S/PRST/2018/19", "E/CN.4/Sub.2/2003/12/Rev.2"],
        ),
        ("A/74/6 (Sect. 29)/Corr.1", ["A/74/6 (Sect. 29)/Corr.1"]),
        ("document A/76/668-S/2022/66", ["A/76/668-S/2022/66"]),
        ("resolution A/RES/217 (III) A", []),
        ("HIV/AIDS, and/or, A/B, 2015/16", []),
    ],
)
def test_printed_symbols_are_found(text: str, symbols: list[str]) -> None:
    assert [f.symbol for f in find_symbols(text) if "RES" not in f.symbol] == symbols


def test_a_found_symbol_stands_where_it_says() -> None:
    text = "Takes note of the report (E/CN.4/2001/79);"
    (found,) = find_symbols(text)
    assert text[found.start : found.end] == "E/CN.4/2001/79"


def test_one_spelling_for_a_symbol() -> None:
    assert canonical("S/RES/1325 (2000)") == "S/RES/1325(2000)"
    assert canonical("A/RES/217 (III) A") == "A/RES/217(III)A"
    assert canonical("A/CONF.157/24  (Part\nI)") == "A/CONF.157/24 (Part I)"


@pytest.mark.parametrize("unit", ["A/", "A/1", "S/RES/1", "(", "A/RES/1(", "1/2 "])
def test_a_hostile_run_costs_no_more_than_its_length(unit: str) -> None:
    def cost(n: int) -> float:
        text = unit * n
        started = time.process_time()
        list(find_symbols(text))
        return time.process_time() - started

    cost(1000)
    pairs = [(cost(4_000), cost(16_000)) for _ in range(7)]
    short, long = (min(costs) for costs in zip(*pairs, strict=True))
    assert long <= 8 * short + 0.02  # four times the length; sixteen times the cost if it were quadratic
