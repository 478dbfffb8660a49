"""Names of parks: found by suffix, cut where other words begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.names import find_parks


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("近日，临澜高新区发布消息", ["临澜高新区"]),
        ("近日临澜高新区发布消息", ["临澜高新区"]),
        ("记者从临澜高新区获悉", ["临澜高新区"]),
        ("瀾灣科學園區公布", ["瀾灣科學園區"]),
        ("临澜国家高新技术产业开发区成立", ["临澜国家高新技术产业开发区"]),
        ("该高新区提出", []),
        ("国家高新区名单", []),
        ("高新区管委会", []),
        ("瀾灣科學園區管理局", []),
        ("the Wanlu High-Tech Zone grew", ["Wanlu High-Tech Zone"]),
        ("East Lake National High-tech Development Zone", ["East Lake National High-tech Development Zone"]),
        ("a high-tech zone", []),
    ],
)
def test_park_is_named_without_the_words_around(text: str, names: list[str]) -> None:
    assert [park.name for park in find_parks(text)] == names


def test_longest_shared_stem_settles_where_a_name_begins() -> None:
    text = "新闻澄江临澜高新区启动。澄江临澜高新区投产。澄江临澜高新区扩建。"
    assert {park.name for park in find_parks(text)} == {"澄江临澜高新区"}


def test_places_are_in_order_and_point_at_the_name() -> None:
    text = "栖原高新区与Wanlu High-Tech Zone、越岭高新区合作"
    parks = find_parks(text)
    assert [text[park.start : park.end] for park in parks] == ["栖原高新区", "Wanlu High-Tech Zone", "越岭高新区"]


@given(
    st.lists(
        st.sampled_from([*"近日在与和临澜越岭国家级的省市", "高新区", "科技园区", " Zone ", "High-Tech "]), max_size=30
    )
)
def test_any_words_are_searched_without_raising(words: list[str]) -> None:
    text = "".join(words)
    for park in find_parks(text):
        assert 0 <= park.start < park.end <= len(text)
