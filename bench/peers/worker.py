"""Reads passages with another library: JSON lines in, JSON lines out. Runs in an environment of its own.

`python worker.py cn2an|jionlp|quantulum3` answers `{"texts": […], "published": […]}` with the readings and periods of
every text, and `{"time": […], "what": "numbers"|"periods"}` with the seconds that the library's own calls take.
It imports nothing of this project, and this project imports nothing of it.
"""

import json
import logging
import re
import sys
import time
import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Any, Final

Item = dict[str, Any]

_CASES: Final = {
    "元": "CNY",
    "美元": "USD",
    "港元": "HKD",
    "欧元": "EUR",
    "日元": "JPY",
    "英镑": "GBP",
    "韩元": "KRW",
    "新台币": "TWD",
    "澳元": "AUD",
    "澳门元": "MOP",
    "新加坡元": "SGD",
    "加拿大元": "CAD",
    "卢布": "RUB",
}
_DELTAS: Final = {
    "year": ("年", "years"),
    "month": ("个月", "個月", "月", "months"),
    "week": ("周", "星期", "weeks"),
    "day": ("天", "日", "days"),
    "workday": ("个工作日", "個工作日", "工作日"),
    "hour": ("小时", "小時", "hours"),
    "minute": ("分钟", "分鐘", "minutes"),
    "second": ("秒", "秒钟", "seconds"),
}


def _item(place: Sequence[int], values: list[str] | None, units: list[str] | None, kind: str | None) -> Item:
    low, high = (values[0], values[-1]) if values else (None, None)
    start, end = place
    return {"start": start, "end": end, "low": low, "high": high, "units": units, "kind": kind}


class Peer(ABC):
    """A library behind one face."""

    @abstractmethod
    def readings(self, text: str) -> list[Item]:
        """Return the numbers of a text."""

    def periods(self, text: str, published: str | None) -> list[Item]:
        """Return the periods of a text, none where the library has no such notion."""
        return []

    @abstractmethod
    def calls(self, what: str) -> Callable[[str], object]:
        """Return the library's own call, the one that is timed."""


class Cn2an(Peer):
    """Its own patterns of `transform`, each value by its `cn2an`; plain digits and dates are sifted for it."""

    def __init__(self) -> None:
        library = import_module("cn2an")
        self._value, self._transform = library.cn2an, library.transform
        rules = import_module("cn2an.transform").Transform()
        words, units = rules.cn_pattern, rules.all_unit
        self._pattern = re.compile(
            rf"(?P<percent>百分之{words})|(?P<fraction>{words}分之{words})|(?P<half>{rules.half_pattern.pattern})"
            rf"|(?P<below>零下(?:\d+(?:\.\d+)?|{words}))"
            rf"|(?P<digits>-?\d[\d,]*(?:\.\d+)?[{units}]*)|(?P<words>{words})"
        )
        self._measure = re.compile(rules.measure_words)
        self._date = re.compile("[月日](?![元圆圓均])")
        self._alone = set(rules.upper_num) | {"两"}

    def readings(self, text: str) -> list[Item]:
        """Return its numerals but for those of dates, which its pattern for dates knows."""
        found = []
        for match in self._pattern.finditer(text):
            words = match.group()
            year = text.startswith("年", match.end()) and len(words) == 4
            if year or self._date.match(text, match.end()):
                continue
            if words in self._alone and not self._measure.match(text, match.end()):
                continue
            for end in range(len(words), 0, -1):
                value = self._read(words[:end], match.lastgroup)
                if value is not None:
                    found.append(_item((match.start(), match.start() + end), [value], None, None))
                    break
        return found

    def _read(self, words: str, form: str | None) -> str | None:
        """Return the value; the longest beginning that has one is the numeral (9200万千瓦时)."""
        if form == "half":
            return "0.5"
        if form == "below":
            words = "-" + words.removeprefix("零下") if words[2:3].isdigit() else "负" + words.removeprefix("零下")
        try:
            if form == "fraction":
                below, above = words.split("分之")
                return str(self._value(above, "smart") / self._value(below, "smart"))
            return str(self._value(words.removeprefix("百分之").replace(",", ""), "smart"))
        except (ValueError, ZeroDivisionError):
            return None

    def calls(self, what: str) -> Callable[[str], object]:
        """Return `transform`."""
        return lambda text: self._transform(text, "cn2an")


class Jionlp(Peer):
    """`jio.ner.extract_money`, and the lengths of time and the periods of `jio.ner.extract_time`."""

    def __init__(self) -> None:
        library = import_module("jionlp")
        ner, self._simplify = library.ner, library.tra2sim
        self._money, self._time = ner.extract_money, ner.extract_time

    def readings(self, text: str) -> list[Item]:
        """Return money, clause by clause (it takes a comma for part of a number), and durations."""
        found = []
        text = self._simplify(text, mode="char")
        for clause in re.finditer("[^，。；、！？]+", text):
            for money in self._money(clause.group()):
                numbers, case = money["detail"]["num"], money["detail"]["case"]
                values = numbers if isinstance(numbers, list) else [numbers]
                place = [clause.start() + offset for offset in money["offset"]]
                found.append(_item(place, values, [_CASES.get(case, case)], "money"))
        for stretch in self._time(text):
            if stretch["type"] == "time_delta":
                told = stretch["detail"]["time"]
                ends = [end for end in (told if isinstance(told, list) else [told]) if "inf" not in end]
                whole = all(len(end) == 1 for end in ends)
                units = [word for name in ends[0] for word in _DELTAS.get(name, (name,))]
                lengths = [str(value) for end in ends for value in end.values()] if whole else None
                found.append(_item(stretch["offset"], lengths, units, "duration"))
        return found

    def periods(self, text: str, published: str | None) -> list[Item]:
        """Return points and spans of time with their first and last day."""
        base = time.mktime(time.strptime(published, "%Y-%m-%d")) if published else None
        found = []
        for period in self._time(self._simplify(text, mode="char"), time_base=base):
            if period["type"] in ("time_point", "time_span"):
                days = [str(moment)[:10] for moment in period["detail"]["time"]]
                start, end = period["offset"]
                found.append({"start": start, "end": end, "days": days})
        return found

    def calls(self, what: str) -> Callable[[str], object]:
        """Return one of the two extractors."""
        return self._money if what == "numbers" else self._time  # type: ignore[no-any-return]


class Quantulum3(Peer):
    """`parser.parse` with its English grammar, the unit under all names that the library has for it."""

    def __init__(self) -> None:
        self._parse = import_module("quantulum3.parser").parse

    def readings(self, text: str) -> list[Item]:
        """Return its quantities; a value with an uncertainty is a range."""
        found = []
        for quantity in self._parse(text, lang="en_US"):
            spread = quantity.uncertainty or 0
            values = [str(quantity.value - spread), str(quantity.value + spread)]
            found.append(_item(quantity.span, values, self._names(quantity.unit), None))
        return found

    @staticmethod
    def _names(unit: Any) -> list[str]:  # noqa: ANN401 (the library's own type)
        if unit.name == "dimensionless":
            return ["-"]
        names = [unit.name, *unit.surfaces, *unit.symbols, unit.currency_code or unit.name]
        return [*names, "USD"] if unit.name == "dollar" else names

    def calls(self, what: str) -> Callable[[str], object]:
        """Return `parse`."""
        return lambda text: self._parse(text, lang="en_US")


def _answer(peer: Peer, request: Item) -> Item:
    if "time" in request:
        call = peer.calls(request["what"])
        for text in request["time"][:100]:  # warmed up, as ours is
            _tried(call, text)
        started = time.perf_counter()
        for text in request["time"]:
            _tried(call, text)
        return {"seconds": time.perf_counter() - started}
    given = list(zip(request["texts"], request["published"], strict=True))
    return {
        "readings": [_tried(peer.readings, text) for text, _ in given],
        "periods": [_tried(partial(peer.periods, published=day), text) for text, day in given],
    }


def _tried(call: Callable[[str], Any], text: str) -> Any:  # noqa: ANN401 (whatever the call returns)
    """Return what the call returns; None where the library breaks."""
    try:
        return call(text)
    except Exception:  # noqa: BLE001 (a library may break in any way; the passage then has no readings)
        return None


def main(name: str) -> None:
    """Answer requests until the input ends; the library's own prints and warnings are kept out of the answers."""
    answers, sys.stdout = sys.stdout, sys.stderr
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    peer: Peer = {"cn2an": Cn2an, "jionlp": Jionlp, "quantulum3": Quantulum3}[name]()
    for line in sys.stdin:
        print(json.dumps(_answer(peer, json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
