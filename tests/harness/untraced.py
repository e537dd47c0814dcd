"""Tests marked `no_cover` run untraced: in a worker, pytest-cov's own pause only falls back on an outer tracer."""

import sys
import threading
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """Make the fixtures of such a test untraced."""
    return (yield from _untraced(item))


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Run such a test untraced."""
    return (yield from _untraced(item))


def _untraced(item: pytest.Item) -> Generator[None, object, object]:
    """Take away the tracer that pytest-cov left to this thread, and to those it starts, for such a test."""
    tracer, of_threads = sys.gettrace(), threading.gettrace()
    if item.get_closest_marker("no_cover") is None or tracer is None:
        return (yield)
    sys.settrace(None)
    threading.settrace(None)
    try:
        return (yield)
    finally:
        threading.settrace(of_threads)
        sys.settrace(tracer)
