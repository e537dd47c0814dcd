"""Fixtures for every test."""

pytest_plugins = ("tests.harness.tools", "tests.harness.postgres")
