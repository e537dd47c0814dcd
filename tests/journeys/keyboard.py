"""A keyboard and nothing else: places are reached with Tab, choices made with arrows and Space, fields typed into."""

from playwright.sync_api import Locator, Page

FARTHEST = 300  # presses of Tab: more than any page has places
_BEFORE = "it => !!(it.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
# Radios of one group are one place: Tab comes to the one chosen, and arrows go on from there.
_THERE = """it => {
  const now = document.activeElement;
  return now === it || (it.type === "radio" && now.type === "radio" && now.name === it.name && now.form === it.form);
}"""
_IS = "it => it === document.activeElement"


class Keyboard:
    """The keyboard of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, place: Locator) -> None:
        """Press Tab until a place has the focus, backwards where it stands before; raises AssertionError for never."""
        key = "Shift+Tab" if place.evaluate(_BEFORE) else "Tab"
        for _ in range(FARTHEST):
            if place.evaluate(_THERE):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{self.page.url}: no way by keyboard to {place}")

    def press(self, place: Locator, key: str = "Enter") -> None:
        """Reach a place and press a key there."""
        self.reach(place)
        self.page.keyboard.press(key)

    def type_in(self, place: Locator, text: str) -> None:
        """Reach a field and type over what it says."""
        self.press(place, "Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def choose(self, place: Locator) -> None:
        """Reach a radio or a box and choose it."""
        self.reach(place)
        for _ in range(FARTHEST):
            if place.evaluate(_IS):
                break
            self.page.keyboard.press("ArrowDown")
        if not place.is_checked():
            self.page.keyboard.press("Space")
        assert place.is_checked()

    def pick(self, place: Locator, option: str) -> None:
        """Reach a list of choices and pick one by its first words."""
        self.reach(place)
        self.page.keyboard.type(option)
        assert option in place.evaluate("it => it.selectedOptions[0].label")
