"""The ways to run the bot name only settings that exist, and keep to the same precautions."""

import asyncio
import json
import re
import subprocess
import sys
from typing import Any

import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.settings import Settings, SettingsError, read_settings
from tests.house.tree import ROOT

SETTINGS = {str(field.alias) for field in Settings.model_fields.values()}
PYTHON_SETTINGS = {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
BOTS_OF_SCALE = ("bot-1", "bot-2")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    return dict(compose["services"])


@pytest.fixture
def example() -> str:
    return (ROOT / ".env.example").read_text("utf-8")


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path_factory.mktemp("nowhere"))


def test_example_lists_every_setting(example: str) -> None:
    compose = (ROOT / "compose.yaml").read_text("utf-8")
    asked_by_compose = {"COMPOSE_PROFILES", *re.findall(r"\$\{(\w+)", compose)}
    listed = re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)
    assert sorted(listed) == sorted(SETTINGS | asked_by_compose)


def test_example_changes_nothing(example: str) -> None:
    lines = re.findall(r"^(?:# )?([A-Z_]+)=(.+)$", example, re.MULTILINE)
    given = {name: value for name, value in lines if name in SETTINGS}
    assert given, "the example tells defaults"
    assert read_settings(**given) == read_settings()


def test_compose_names_settings_that_exist(services: dict[str, Any]) -> None:
    for name in ("bot", *BOTS_OF_SCALE):
        assert set(services[name]["environment"]) <= SETTINGS


def test_one_token_is_never_polled_twice(services: dict[str, Any]) -> None:
    bots = {name for name, service in services.items() if service["image"] == "bagyt"}
    assert bots == {"bot", *BOTS_OF_SCALE}
    for name in BOTS_OF_SCALE:
        assert services[name]["profiles"] == ["scale"]
        assert services[name]["environment"]["WEBHOOK_URL"]
    assert services["bot"]["profiles"] == ["single"]


def test_forgotten_domain_stops_the_bots(services: dict[str, Any]) -> None:
    address = services["bot-1"]["environment"]["WEBHOOK_URL"].replace("${BAGYT_DOMAIN:-}", "")
    with pytest.raises(SettingsError, match=r"^WEBHOOK_URL=https:///telegram: "):
        read_settings(WEBHOOK_URL=address)


def test_proxy_asks_where_the_bots_listen(services: dict[str, Any]) -> None:
    proxy = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
    for name in BOTS_OF_SCALE:
        settings = services[name]["environment"]
        assert f"{name}:{settings['WEBHOOK_PORT']}" in proxy
        assert f"health_port {settings['HEALTH_PORT']}" in proxy
        path = settings["WEBHOOK_URL"].partition("}")[2]
        assert f"handle {path} {{" in proxy


def test_every_container_is_kept_small(services: dict[str, Any]) -> None:
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["restart"] == "unless-stopped"
        assert service["logging"]["options"]["max-size"]


def test_image_names_settings_that_exist() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    final = dockerfile.rpartition("\nFROM ")[2]
    block = re.search(r"^ENV (.+?[^\\])$", final, re.MULTILINE | re.DOTALL)
    assert block
    named = set(re.findall(r"(\w+)=", re.sub(r"=\S+", "=", block[1])))
    assert named - PYTHON_SETTINGS <= SETTINGS
    assert "BAGYT_PRODUCTION" in named
    assert "\nUSER 10001:10001\n" in final


@pytest.fixture
def health_check() -> list[str]:
    """Read the image's health check as Docker does: lines joined, then JSON."""
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", "")
    check = re.search(r"^HEALTHCHECK .* CMD (\[.+\])$", dockerfile, re.MULTILINE)
    assert check
    python, *arguments = json.loads(check[1])
    assert python == "python"
    return [sys.executable, *arguments]


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
async def test_health_check_asks_the_bot(health_check: list[str], status: int, code: int) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status)

    app = web.Application()
    app.router.add_get("/healthz", answer)
    async with TestServer(app) as server:
        environment = {"HEALTH_PORT": str(server.port), "http_proxy": "http://127.0.0.1:1"}
        process = await asyncio.create_subprocess_exec(*health_check, env=environment)
        assert await process.wait() == code


def test_health_check_knows_the_usual_port(health_check: list[str]) -> None:
    usual = Settings.model_fields["health_port"].default
    assert f"os.environ.get('HEALTH_PORT') or {usual}" in health_check[-1]


def test_tools_and_tests_do_not_go_to_the_builder() -> None:
    sent = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    assert sent.isdisjoint({".", "*", "bench", "tests", "tools", "tools/acts"})
    assert "core" in sent


def test_unit_names_settings_that_exist() -> None:
    unit = (ROOT / "deploy" / "bagyt.service").read_text("utf-8")
    assignments = re.findall(r"^([A-Z]\w+)=(.*)$", unit, re.MULTILINE)
    environment = dict(value.split("=", 1) for name, value in assignments if name == "Environment")
    assert set(environment) - PYTHON_SETTINGS <= SETTINGS
    assert environment["BAGYT_PRODUCTION"] == "1"
    for line in unit.splitlines():
        assert re.fullmatch(r"|#.*|\[(Unit|Service|Install)\]|[A-Z]\w+=.*", line), line
    state = dict(assignments)["StateDirectory"]
    assert environment["DATABASE_URL"].startswith(f"sqlite+aiosqlite:////var/lib/{state}/")


def test_script_of_the_checks_is_sound() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", script], check=True)  # noqa: S607
