"""The invented awards of 2019/20: fund, organisation, purpose, asked for, awarded, when, paid, when, and area."""

from datetime import date

Row = tuple[str | int | float | date | None, ...]
Invented = tuple[str, str, str, float | None, float, date, float, date | None, str]
"""Pounds, as a workbook's cells hold them."""

FORCE, HEREFORD, SHROPSHIRE, TELFORD, WORCESTER = (
    "Force-wide",
    "Herefordshire",
    "Shropshire",
    "Telford & Wrekin",
    "Worcestershire",
)


def _on(month: int, day: int) -> date:
    return date(2019 if month >= 4 else 2020, month, day)


def _recipient(number: int) -> str:
    return f"MoJ COVID recipient {number:02d} (not named in the report)"


def _example(kind: str, number: int) -> str:
    return f"{kind} {number:02d} (example)"


T, C, G, X = "Community Trust", "Parish Council", "Residents' Group", "Training Centre"
AWARDS: tuple[Invented, ...] = (
    ("VSG19", _recipient(2), "Advice service for victims", 45000, 42000, _on(4, 15), 42000, _on(5, 7), FORCE),
    ("VSG19", _recipient(3), "Counselling for survivors", 38500, 38500, _on(4, 15), 38500, _on(5, 7), FORCE),
    ("VSG19", _recipient(4), "Refuge outreach worker", 35000, 31250, _on(4, 29), 31250, _on(5, 20), FORCE),
    ("VSG19", _recipient(5), "Court support volunteers", 28000, 28000, _on(4, 29), 28000, _on(5, 20), FORCE),
    ("VSG19", _example(T, 1), "Helpline, evenings", 30000, 27500, _on(5, 13), 27500, _on(6, 3), HEREFORD),
    ("VSG19", _example(T, 2), "Support in hospitals", 26250, 26250, _on(5, 13), 13125, _on(6, 3), SHROPSHIRE),
    ("VSG19", _example(T, 3), "Young victims' club", 24000, 24000, _on(6, 10), 12000, _on(7, 1), TELFORD),
    ("VSG19", _example(T, 4), "Restorative meetings", 25500, 22500, _on(6, 24), 22500, _on(10, 14), WORCESTER),
    ("VSG19", _example(T, 5), "Hate crime reporting", None, 19999.50, _on(7, 8), 19999.50, _on(7, 29), HEREFORD),
    ("VSG19", _example(T, 6), "Fraud awareness visits", 16000.50, 16000.50, _on(7, 22), 16000.50, _on(11, 4), TELFORD),
    ("VSG19", _example(T, 7), "Carers' respite days", 14000, 14000, _on(8, 19), 7000, _on(9, 9), SHROPSHIRE),
    ("VSG19", _example(C, 8), "Safe rooms in a village hall", 12500, 10000, _on(9, 2), 10000, _on(9, 16), WORCESTER),
    ("VSG19", _example(T, 1), "Helpline, weekends", 36000, 36000, _on(10, 21), 36000, _on(12, 2), HEREFORD),
    ("VSG19", _recipient(2), "Advice service, second term", 40000, 33750, _on(11, 18), 16875, _on(1, 20), FORCE),
    ("VSG19", _example(T, 9), "Support for male victims", 29500, 29500, _on(1, 13), 0, None, WORCESTER),
    ("VSG19", _example(T, 3), "Young victims' club, spring", 18400, 18400, _on(2, 10), 18400, _on(3, 2), TELFORD),
    ("SPP19", _example(C, 8), "Street lighting", 48000, 40000, _on(6, 17), 20000, _on(8, 5), WORCESTER),
    ("SPP19", _example(C, 10), "Cameras by the station", 27500, 27500, _on(7, 15), 27500, _on(11, 11), SHROPSHIRE),
    ("SPP19", _example(G, 11), "Locks and alarms", 15000, 15000, _on(9, 9), 0, None, TELFORD),
    ("SPP19", _example(C, 12), "Alley gates", 21000, 21000, _on(12, 9), 10500, _on(2, 3), HEREFORD),
    ("SRF19", _example(X, 13), "Speed awareness service", 20000, 18250, _on(5, 20), 18250, _on(6, 10), FORCE),
    ("SRF19", _example(X, 14), "Young drivers' course", 14800, 14800, _on(6, 3), 14800, _on(6, 24), FORCE),
    ("SRF19", _example(C, 10), "Village gateway signs", 12500, 12500, _on(6, 17), 12500, _on(10, 7), SHROPSHIRE),
    ("SRF19", _example(C, 15), "Crossing patrol", 13000, 11340, _on(7, 1), 11340, _on(10, 28), HEREFORD),
    ("SRF19", _example(G, 16), "Community speed watch", 9600, 9600, _on(7, 29), 9600, _on(12, 9), WORCESTER),
    ("SRF19", _example(T, 17), "Cycle training in schools", 8000, 7450, _on(8, 12), 0, None, TELFORD),
    ("SRF19", _example(G, 18), "Horse and rider signs", 4925.55, 4925.55, _on(8, 27), 4925.55, _on(9, 17), SHROPSHIRE),
    ("SRF19", _example(C, 19), "Speed indicator signs", 16400, 16400, _on(10, 14), 16400, _on(1, 13), WORCESTER),
    ("SRF19", _example(X, 14), "Older drivers' course", 15000, 13750, _on(11, 25), 13750, _on(3, 16), FORCE),
    ("SRF19", _example(C, 20), "Pavement by a school", 10200, 10200, _on(12, 16), 0, None, HEREFORD),
    ("SRF19", _example(G, 16), "Speed watch, second site", 8115.25, 8115.25, _on(2, 3), 8115.25, _on(2, 26), WORCESTER),
    ("SRF19", _example(X, 13), "Speed awareness service, spring", 42000, 38000, _on(2, 17), 19000, _on(3, 2), FORCE),
    ("CG19", _example(G, 21), "Garden for a closed street", 5000, 4500, _on(5, 7), 4500, _on(5, 28), TELFORD),
    ("CG19", _example(G, 22), "Warden radios", 3980, 3980, _on(5, 20), 3980, _on(9, 30), HEREFORD),
    ("CG19", _example(T, 23), "Boxing club kit", 3250, 3250, _on(6, 10), 3250, _on(6, 24), WORCESTER),
    ("CG19", _example(C, 15), "Notice boards", 2995, 2995, _on(6, 24), 2995, _on(10, 14), HEREFORD),
    ("CG19", _example(G, 24), "Lunch club minibus", 3000, 2400, _on(7, 15), 0, None, SHROPSHIRE),
    ("CG19", _example(G, 25), "Street association", 1800, 1800, _on(8, 5), 1800, _on(11, 18), WORCESTER),
    ("CG19", _example(T, 17), "Bicycle marking", 1250, 1250, _on(8, 19), 1250, _on(9, 2), TELFORD),
    ("CG19", _example(G, 21), "Litter pickers", 900, 900, _on(9, 9), 900, _on(9, 17), TELFORD),
    ("CG19", _example(T, 23), "Winter evenings in the gym", 6500, 6200, _on(11, 4), 6200, _on(12, 9), WORCESTER),
    ("CG19", _example(G, 26), "Neighbours' phone tree", 5400, 5400, _on(1, 6), 5400, _on(2, 3), HEREFORD),
    ("CG19", _example(T, 2), "Welcome packs", 3875.40, 3875.40, _on(2, 24), 0, None, SHROPSHIRE),
    ("CG19", _example(G, 22), "Warden training", 2750, 2750, _on(3, 2), 2750, _on(3, 23), HEREFORD),
    ("IR19", _example(X, 27), "Trial of shared case notes", 20000, 18000, _on(6, 24), 3868.15, _on(9, 17), FORCE),
    ("IR19", _example(T, 28), "Trial of text reminders", 12500, 12500, _on(8, 27), 12500, _on(12, 16), FORCE),
    ("IR19", _example(X, 27), "Shared case notes, second stage", 17500, 15000, _on(1, 27), 7500, _on(3, 9), FORCE),
    ("EHF19", _recipient(3), "Mentoring service", 35000, 35000, _on(11, 25), 17500, _on(1, 20), FORCE),
    ("EHF19", _example(T, 6), "Boxing and homework club", 30000, 27500, _on(12, 16), 0, None, TELFORD),
    ("EHF19", _example(T, 23), "Friday night football", 16250.50, 16250.50, _on(2, 3), 16250.50, _on(3, 9), WORCESTER),
)  # fmt: skip
