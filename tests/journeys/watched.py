"""A watched page: what the console said is kept, and each page is looked at for axe, width and a problem's links."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.keyboard import Keyboard
from tests.journeys.looking import faults_of, faults_of_width

# Chromium notes every answer that is not 2xx; a form that comes back with its problem is one.
REFUSED = "Failed to load resource: the server responded with a status of 422 (UNPROCESSABLE ENTITY)"


class Watched:
    """A page of the office in a browser, with short words for what a person does there by keyboard alone."""

    def __init__(self, page: Page, address: str, *, script: bool) -> None:
        self.page, self.address, self.script = page, address, script
        self.keyboard = Keyboard(page)
        self.said: list[str] = []
        self.refused = 0
        page.set_default_timeout(10_000)
        page.on("console", lambda message: self._hear(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def _hear(self, text: str) -> None:
        if text == REFUSED:
            self.refused += 1
        else:
            self.said.append(text)

    def go(self, path: str) -> None:
        """Open an address and look at its page."""
        self.page.goto(self.address + path)
        self.look()

    def sign_in(self, email: str, words: str) -> None:
        """Sign in with an email address and a password."""
        self.go("/sign-in")
        self.fill({"Email address": email})
        self.keyboard.type_in(self.page.get_by_label("Password", exact=True), words)
        self.press("Sign in")

    def field(self, label: str) -> Locator:
        """Give the field of a label, which may end in "(optional)"."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s*\(optional\))?\s*$"))

    def fill(self, answers: dict[str, str]) -> None:
        """Fill fields in by the words of their labels."""
        for label, answer in answers.items():
            self.keyboard.type_in(self.field(label), answer)

    def check(self, label: str) -> None:
        """Choose a radio or tick a box by its words."""
        self.keyboard.choose(self.field(label))

    def press(self, button: str) -> None:
        """Press a button, and look at the page that comes."""
        self.enter_at(self.page.get_by_role("main").get_by_role("button", name=button, exact=True))

    def press_about(self, words: str) -> None:
        """Press the button that records, which names the sum."""
        button = self.page.locator("main button[name=step][value=record]")
        expect(button).to_contain_text(words)
        self.enter_at(button)

    def enter(self, label: str) -> None:
        """Press Enter in a field, and look at the page that comes."""
        self.enter_at(self.field(label))

    def follow(self, link: str) -> None:
        """Follow a link, and look at the page that comes."""
        self.enter_at(self.page.locator("main a").filter(has_text=link).first)

    def turn_to(self, link: str) -> None:
        """Follow a link of the navigation, which every page has."""
        self.enter_at(self.page.get_by_role("navigation", name="Main").get_by_role("link", name=link, exact=True))

    def find(self, text: str) -> None:
        """Search from the box that every page has."""
        box = self.page.get_by_role("searchbox")
        self.keyboard.type_in(box, text)
        self.enter_at(box)

    def enter_at(self, place: Locator) -> None:
        """Press Enter at a place, and look at the page that comes."""
        self.keyboard.reach(place)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def sees(self, *words: str) -> None:
        """Expect words on the page."""
        for part in words:
            expect(self.page.get_by_role("main")).to_contain_text(part)

    def look(self) -> None:
        """Expect nothing cut off at twice the size or on a phone, and no fault that axe, itself a script, finds."""
        found = faults_of(self.page) if self.script else faults_of_width(self.page)
        assert not found, f"{self.page.url}: {found}"

    def follow_problems(self, *problems: str) -> None:
        """Expect these problems in the summary, which has the focus, and each link to go to a field by keyboard."""
        summary = self.page.locator(".govuk-error-summary")
        if self.script:
            expect(summary).to_be_focused()
        links = summary.get_by_role("link")
        expect(links).to_have_count(len(problems))
        for number, problem in enumerate(problems):
            expect(links.nth(number)).to_contain_text(problem)
            self.keyboard.press(links.nth(number))
            focused = self.page.evaluate("[document.activeElement.tagName, '#' + document.activeElement.id]")
            assert focused[0] in ("INPUT", "TEXTAREA", "SELECT"), problem
            assert focused[1] == links.nth(number).get_attribute("href"), problem

    def was_quiet(self, *, refused: int) -> None:
        """Expect an empty console but for the forms that came back with a problem."""
        assert self.said == []
        assert self.refused == refused
