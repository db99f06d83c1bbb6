"""The schema and its readers, from our own origin and under a strict policy."""

import re

import pytest
import yaml
from django.contrib.staticfiles import finders


def test_the_schema_is_open_to_everybody(api) -> None:
    response = api.get("/api/schema/")
    assert response.status_code == 200
    assert yaml.safe_load(response.content)["openapi"] == "3.1.0"


@pytest.mark.parametrize("path", ["/api/docs/", "/api/redoc/"])
def test_a_reader_needs_nothing_inline_and_nothing_from_elsewhere(api, path: str) -> None:
    response = api.get(path)
    page = response.content.decode()
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "http" not in response["Content-Security-Policy"]
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert scripts
    assert all("src=" in attributes and not body for attributes, body in scripts)
    assert not re.search(r"\son\w+=|<style|style=|javascript:", page)
    addresses = re.findall(r'(?:src|href|data-schema)="([^"]+)"', page)
    assert all(address.startswith("/api/") for address in addresses)
    for address in addresses:
        if address.startswith("/api/static/"):
            assert finders.find(address.removeprefix("/api/static/")), address
