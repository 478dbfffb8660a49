"""Settings are read once, flags win, and what cannot be meant together is refused."""

from pathlib import Path

import pytest

from summarizer.errors import SettingsError
from summarizer.settings import Settings, read_settings


def test_an_empty_environment_means_the_rules() -> None:
    settings = read_settings({})
    assert settings == Settings()
    assert not settings.uses_model


def test_the_environment_is_read() -> None:
    settings = read_settings({"SUMMARIZER_MODEL": "m", "OPENAI_BASE_URL": "http://host/v1", "OPENAI_API_KEY": "k"})
    assert (settings.model, settings.base_url, settings.api_key) == ("m", "http://host/v1", "k")
    assert settings.uses_model


def test_our_own_variables_win_over_those_of_openai() -> None:
    ours = {"SUMMARIZER_BASE_URL": "http://ours/v1", "SUMMARIZER_API_KEY": "ours"}
    settings = read_settings(ours | {"OPENAI_BASE_URL": "http://theirs/v1", "OPENAI_API_KEY": "theirs"})
    assert (settings.base_url, settings.api_key) == ("http://ours/v1", "ours")


@pytest.mark.parametrize(("said", "complete"), [("0", False), ("no", False), ("off", False), ("1", True), ("", True)])
def test_the_follow_up_can_be_turned_off_in_the_environment(said: str, complete: bool) -> None:
    assert read_settings({"SUMMARIZER_COMPLETE": said}).complete is complete
    assert read_settings({"SUMMARIZER_COMPLETE": said}, complete=False).complete is False
    assert read_settings({"SUMMARIZER_COMPLETE": said}, complete=True).complete is True


def test_a_variable_that_is_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(SettingsError, match="setting complete 'perhaps' does not fit"):
        read_settings({"SUMMARIZER_COMPLETE": "perhaps"})


def test_an_empty_variable_is_none() -> None:
    assert read_settings({"SUMMARIZER_MODEL": "", "OPENAI_API_KEY": ""}) == Settings()


def test_a_flag_wins_and_one_that_is_not_given_does_not() -> None:
    settings = read_settings({"SUMMARIZER_MODEL": "m"}, model="n", base_url=None, check_reasks=0)
    assert (settings.model, settings.base_url, settings.check_reasks) == ("n", None, 0)


@pytest.mark.parametrize(
    ("base_url", "replay", "needed"),
    [
        (None, None, True),
        ("https://api.example.com/v1", None, True),
        ("http://localhost:11434/v1", None, False),
        ("http://127.0.0.1:8000/v1", None, False),
        ("http://[::1]:8000/v1", None, False),
        (None, Path("kept.json"), False),
    ],
)
def test_a_key_is_needed_where_somebody_would_bill(base_url: str | None, replay: Path | None, needed: bool) -> None:
    assert Settings(base_url=base_url, replay=replay).key_needed is needed


def test_a_key_is_never_shown() -> None:
    assert "secret" not in repr(Settings(api_key="secret"))


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ({"timeout_seconds": 0.0}, "setting timeout_seconds 0.0 does not fit"),
        ({"timeout_seconds": float("nan")}, "timeout_seconds"),
        ({"timeout_seconds": float("inf")}, "timeout_seconds"),
        ({"check_reasks": -1}, "setting check_reasks -1"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"extractor": "magic"}, "extractor"),
        ({"record": "a", "replay": "b", "model": "m"}, "exclude each other"),
        ({"extractor": "rules", "replay": "b"}, "leave --extractor rules out"),
        ({"extractor": "rules", "record": "b"}, "leave --extractor rules out"),
        ({"record": "a"}, "name one with --model"),
        ({"base_url": "host:80"}, "write it as https://host/v1"),
        ({"base_url": "https://"}, "write it as https://host/v1"),
        ({"base_url": "https://[host/v1"}, "write it as https://host/v1"),
        ({"base_url": "https://host:port/v1"}, "write it as https://host/v1"),
    ],
)
def test_what_cannot_be_meant_is_refused(flags: dict[str, object], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        read_settings({}, **flags)


def test_a_key_that_does_not_fit_is_not_told() -> None:
    with pytest.raises(SettingsError, match="api_key") as raised:
        read_settings({}, api_key=b"secret\xff")
    assert "secret" not in str(raised.value)
