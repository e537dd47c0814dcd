"""Who may open the pages of signing in, of people and of settings; None is for everybody, signed in or not."""

from typing import Final

from fundtracker.domain.roles import Power

PEOPLE: Final[dict[str, Power | None]] = {
    "sign_in.sign_in": None,
    "sign_in.set_password": None,
    "sign_in.single": None,
    "sign_in.single_back": None,
    "sign_in.code": None,
    "sign_in.set_up_code": None,
    "sign_in.own": Power.ENTER,
    "sign_in.end_session": Power.ENTER,
    "sign_in.end_others": Power.ENTER,
    "sign_in.sign_out": Power.ENTER,
    "sign_in.change_password": Power.ENTER,
    "people.index": Power.ADMINISTER,
    "people.add": Power.ADMINISTER,
    "people.person": Power.ADMINISTER,
    "people.make_link": Power.ADMINISTER,
    "people.disable": Power.ADMINISTER,
    "people.enable": Power.ADMINISTER,
    "people.end_sessions": Power.ADMINISTER,
    "people.forget_code": Power.ADMINISTER,
    "people.absence": Power.ADMINISTER,
    "people.end_absence": Power.ADMINISTER,
    "settings.edit": Power.ADMINISTER,
    "templates.edit": Power.ADMINISTER,
    "templates.own": Power.ADMINISTER,
    "templates.file": Power.ADMINISTER,
    "settings.exceptions": Power.ADMINISTER,
}
