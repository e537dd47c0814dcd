"""Looking at a waiting file: its worker is started, waited for a moment, and told of until it comes to an end."""

import hashlib
from collections.abc import Callable
from typing import TypeGuard

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.statuses import BatchKind
from fundtracker.services.imports.waiting import find_waiting
from fundtracker.store.imports import WaitingFile
from fundtracker.web.blueprints import imports as pages
from fundtracker.web.db import reading
from fundtracker.web.imports.found import Found, found_file, open_found
from fundtracker.web.imports.states import Stage, State, Task
from fundtracker.web.imports.workers import (
    Order,
    folder,
    forget,
    has_died,
    is_recording,
    state_of,
    wait_a_moment,
    workers,
)
from fundtracker.web.signed_in import this_person

Show = Callable[[WaitingFile, Found, str], ResponseReturnValue]
"""Shows a waiting file with what was found of it, and with why it was not recorded, where it was tried."""

_NOT_YET = "Nothing is in the books yet."


def own_waiting(key: str, session: Session | None = None) -> WaitingFile:
    """Give a file that waits for the person signed in; raises NotFoundRefusal."""
    return find_waiting(session or reading(), key=key, person_id=this_person().person_id)


def asked_of(waiting: WaitingFile) -> str:
    """Reduce what is asked of a file to one word, so that what was found answers what is asked now."""
    return hashlib.sha256(waiting.answers.encode()).hexdigest()


def order(waiting: WaitingFile, task: Task) -> Order:
    """Give an order for a worker on a file of the person signed in."""
    person = this_person()
    return Order(task, waiting.key, person.person_id, person.name, asked_of(waiting))


def show_found(key: str, show: Show) -> ResponseReturnValue:
    """Show what was found of a file; until it is found, how far its worker has got, or how that ended."""
    state = state_of(key)
    if _is_recorded(state):
        return _recorded(key, state)
    try:
        waiting = own_waiting(key)
    except NotFoundRefusal:  # it may have come in this very moment, and its worker is about to say so
        state = wait_a_moment(key) if state else None
        if not _is_recorded(state):
            raise
        return _recorded(key, state)
    if waiting.kind is BatchKind.OFFICE:  # which has a page of its own
        return redirect(url_for("imports.look", key=key), 303)
    busy, state = is_recording(key) or has_died(key), state_of(key)
    shown = None if busy else _shown(waiting, state, show)
    if shown is None and request.method == "POST":  # its page says how the file stands
        page = "imports.columns" if request.endpoint == "imports.columns" else "imports.look"
        return redirect(url_for(page, key=key), 303)
    return shown or _not_found_yet(waiting, state, show)


def _not_found_yet(waiting: WaitingFile, state: State | None, show: Show) -> ResponseReturnValue:
    if _is_recorded(state):
        return _recorded(waiting.key, state)
    if has_died(waiting.key):
        return render_template("imports/stopped.html", waiting=waiting, state=state)
    if state and state.task is Task.RECORD and not state.over:
        return _progress(waiting, state)
    return _look(waiting, show)


def _is_recorded(state: State | None) -> TypeGuard[State]:
    return _is_own(state) and (state.task, state.stage) == (Task.RECORD, Stage.DONE)


def _is_own(state: State | None) -> TypeGuard[State]:
    return state is not None and state.person_id == this_person().person_id


def _shown(waiting: WaitingFile, state: State | None, show: Show) -> ResponseReturnValue | None:
    """Show what was found, if it is what is asked for now, or why nothing could be."""
    asked = asked_of(waiting)
    try:
        with open_found(found_file(folder(), waiting.key)) as found:
            if found.answer["asked"] == asked:
                refused = state.says if state and (state.task, state.stage) == (Task.RECORD, Stage.REFUSED) else ""
                return show(waiting, found, refused)
    except FileNotFoundError:
        pass
    if state and (state.task, state.stage, state.asked) == (Task.LOOK, Stage.REFUSED, asked):
        return render_template("imports/unreadable.html", waiting=waiting, state=state)
    return None


def _look(waiting: WaitingFile, show: Show) -> ResponseReturnValue:
    if not workers().start(order(waiting, Task.LOOK)):
        return _progress(waiting, State(Task.LOOK, "", Stage.WAITING))
    reading().rollback()  # nothing is read while the worker writes
    state = wait_a_moment(waiting.key)
    again = own_waiting(waiting.key)
    shown = _shown(again, state, show) if state and state.over else None
    return shown or _progress(again, state or State(Task.LOOK, "", Stage.STARTING))


def _recorded(key: str, state: State) -> ResponseReturnValue:
    forget(key)
    flash(state.says, "recorded")
    return redirect(state.url, 303)


def _progress(waiting: WaitingFile, state: State) -> str:
    return render_template("imports/progress.html", waiting=waiting, state=state, said=said(state))


def said(state: State) -> str:
    """Say how far a worker has got."""
    rows = f"{state.done:,} of {state.of:,} rows" if state.of else f"{state.done:,} rows"
    words = {
        Stage.WAITING: "Other files are being read. This one is read next.",
        Stage.CHECKING: f"Holding its rows against the books: {rows}. {_NOT_YET}",
        Stage.RECORDING: f"Recording: {rows}. They come in together at the end, or not at all.",
    }
    reading_it = f"Reading the file{f': {rows}' if state.done else ''}. {_NOT_YET}"
    return words.get(state.stage, reading_it)


@pages.get("/imports/waiting/<key>/progress")
def progress(key: str) -> ResponseReturnValue:
    """Tell the script of the page how far a worker has got."""
    state = state_of(key)
    if not _is_own(state) or state.over or has_died(key):
        return jsonify(over=True)
    return jsonify(over=False, said=said(state), done=state.done, of=state.of)


@pages.post("/imports/waiting/<key>/again")
def again(key: str) -> ResponseReturnValue:
    """Let go of what was found of a file, and look at it anew."""
    own_waiting(key)
    forget(key)
    page = "imports.columns" if request.form.get("to") == "columns" else "imports.look"
    return redirect(url_for(page, key=key), 303)
