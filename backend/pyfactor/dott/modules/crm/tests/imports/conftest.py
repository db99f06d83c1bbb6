"""Importers, each working in committed transactions, with files in a directory of the test's own."""

import pytest

from dott.modules.crm.tests.imports.flow import Importer


@pytest.fixture
def files_dir(tmp_path, settings):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def alice(in_tenant, files_dir):
    return Importer(in_tenant, "alice")


@pytest.fixture
def bob(in_tenant, files_dir):
    return Importer(in_tenant, "bob")
