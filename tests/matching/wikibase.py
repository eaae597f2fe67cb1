"""A small Wikibase that is made up: items near to things of ours, named as an encyclopaedic base names such things.

Ids from Q900000001 on are of this Wikibase alone and stand for nothing in Wikidata. Ids below that are Wikidata's own, as
verified, for the few classes, states and cities that statements point to.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

KAZAKHSTAN, TURKIYE, AZERBAIJAN, RUSSIA = "Q232", "Q43", "Q227", "Q159"
ANKARA, ASTANA, ALMATY, ISTANBUL, MERSIN = "Q3640", "Q1520", "Q35493", "Q406", "Q134291"
HUMAN, CITY, UNIVERSITY, COMPANY, OFFICE, RELATION, EMBASSY = (
    "Q5", "Q515", "Q3918", "Q783794", "Q4164871", "Q15221623", "Q3917681",
)  # fmt: skip
DATATYPES = {"P856": "url", "P297": "external-id", "P298": "external-id"}
FIRST = 900_000_000
(PROVINCE, PROVINCE_TR, OBLAST, DISAMBIGUATION, FAMILY_NAME, FILM, SHIP, NEWSPAPER, AGENCY, CATEGORY, BIG_CITY, FOOTBALL_CLUB,
 DISTRICT, CLIMATE_CONFERENCE, CONSULATE_CLASS) = (f"Q{FIRST + number}" for number in range(1, 16))  # fmt: skip


def item(
    id: str | int,
    labels: dict[str, str],
    description: str = "",
    *,
    aliases: dict[str, list[str]] | None = None,
    titles: dict[str, str] | None = None,
    **claims: Any,
) -> dict[str, Any]:
    """The document of an item: values of ``P…`` are ids, ``+2012-05-23`` dates, ``(lat, lon)`` or texts, or lists."""
    id = f"Q{FIRST + id}" if isinstance(id, int) else id
    return {
        "type": "item",
        "id": id,
        "labels": {lang: {"language": lang, "value": text} for lang, text in labels.items()},
        "descriptions": {"en": {"language": "en", "value": description}} if description else {},
        "aliases": {
            lang: [{"language": lang, "value": text} for text in texts] for lang, texts in (aliases or {}).items()
        },
        "claims": {name: [_statement(id, name, value) for value in _listed(values)] for name, values in claims.items()},
        "sitelinks": {site: {"site": site, "title": title, "badges": []} for site, title in (titles or {}).items()},
    }


def _listed(values: Any) -> list[Any]:
    return values if isinstance(values, list) else [values]


def _statement(id: str, name: str, value: Any) -> dict[str, Any]:
    datavalue: dict[str, Any]
    if isinstance(value, tuple):
        globe = "http://www.wikidata.org/entity/Q2"
        datavalue = {
            "type": "globecoordinate",
            "value": {"latitude": value[0], "longitude": value[1], "precision": 0.01, "globe": globe, "altitude": None},
        }
    elif value[0] == "Q" and value[1:].isdigit():
        datavalue = {
            "type": "wikibase-entityid",
            "value": {"entity-type": "item", "id": value, "numeric-id": int(value[1:])},
        }
    elif value[0] == "+":
        precision = {5: 9, 8: 10, 11: 11}[len(value)]
        parts = [*value.split("-"), "00", "00"]
        time = {
            "time": f"{'-'.join(parts[:3])}T00:00:00Z", "timezone": 0, "before": 0, "after": 0, "precision": precision,
            "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
        }  # fmt: skip
        datavalue = {"type": "time", "value": time}
    else:
        datavalue = {"type": "string", "value": value}
    snak = {"snaktype": "value", "property": name, "datavalue": datavalue}
    if name in DATATYPES:
        snak["datatype"] = DATATYPES[name]
    return {"mainsnak": snak, "type": "statement", "id": f"{id}${name}", "rank": "normal"}


def write(path: Path, items: list[dict[str, Any]]) -> Path:
    """The items in the layout of the dumps."""
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in items)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    return path


CLASSES = [
    item(PROVINCE, {"en": "province"}, P279=f"Q{FIRST + 90}"),
    item(PROVINCE_TR, {"en": "first-level unit of Turkey", "tr": "Türkiye'nin birinci düzey birimi"}, P279=PROVINCE),
    item(OBLAST, {"en": "unit of Kazakhstan"}, P279=PROVINCE),
    item(DISAMBIGUATION, {"en": "Wikimedia disambiguation page"}, P279=f"Q{FIRST + 91}"),
    item(FAMILY_NAME, {"en": "family name"}, P279=f"Q{FIRST + 92}"),
    item(FILM, {"en": "film"}, P279=f"Q{FIRST + 93}"),
    item(SHIP, {"en": "passenger ship"}, P279=f"Q{FIRST + 94}"),
    item(NEWSPAPER, {"en": "newspaper"}, P279=f"Q{FIRST + 95}"),
    item(AGENCY, {"en": "government agency"}, P279=f"Q{FIRST + 96}"),
    item(CATEGORY, {"en": "Wikimedia category"}, P279=f"Q{FIRST + 97}"),
    item(BIG_CITY, {"en": "urban agglomeration of a million"}, P279=CITY),
    item(FOOTBALL_CLUB, {"en": "association football club"}, P279=f"Q{FIRST + 98}"),
    item(DISTRICT, {"en": "district of Turkey"}, P279=f"Q{FIRST + 99}"),
    item(CLIMATE_CONFERENCE, {"en": "climate conference"}, P279=f"Q{FIRST + 89}"),
    item(CONSULATE_CLASS, {"en": "honorary consulate"}, P279=f"Q{FIRST + 88}"),
]

FOUND = {
    # slug of ours → the item that it is, in the made-up Wikibase
    "tika": item(
        101, {"en": "Turkish Cooperation and Coordination Agency", "tr": "Türk İşbirliği ve Koordinasyon Ajansı Başkanlığı",
              "ru": "Турецкое агентство по сотрудничеству и координации"},
        "government department of Turkey", aliases={"tr": ["TİKA"], "en": ["TIKA"]}, P31=AGENCY, P17=TURKIYE, P159=ANKARA),
    "yunus-emre-institute": item(
        102, {"en": "Yunus Emre Institute", "tr": "Yunus Emre Enstitüsü", "ru": "Институт Юнуса Эмре"},
        "Turkish cultural organisation", P17=TURKIYE, P159=ANKARA, P571="+2007"),
    "maarif-foundation": item(
        103, {"en": "Turkish Maarif Foundation", "tr": "Türkiye Maarif Vakfı"}, "foundation established in 2016", P17=TURKIYE),
    "aselsan": item(
        104, {"en": "ASELSAN", "tr": "ASELSAN", "ru": "ASELSAN"}, "Turkish defense corporation",
        aliases={"en": ["Askeri Elektronik Sanayii"]}, P31=COMPANY, P17=TURKIYE, P159=ANKARA),
    "kazinform": item(
        105, {"en": "Kazinform", "ru": "Казинформ", "kk": "Қазақпарат"}, "news agency of Kazakhstan", P17=KAZAKHSTAN),
    "cop29": item(
        106, {"en": "2024 United Nations Climate Change Conference", "ru": "Конференция ООН по изменению климата (2024)"},
        "29th conference of the parties, held in Baku", aliases={"en": ["COP29", "COP 29"]}, P31=CLIMATE_CONFERENCE,
        P17=AZERBAIJAN, P276="Q9248", P585="+2024"),
    "expo-2017": item(
        107, {"en": "Expo 2017", "ru": "Экспо-2017", "kk": "Экспо-2017"}, "specialized exhibition in Astana, Kazakhstan",
        P17=KAZAKHSTAN, P276=ASTANA, P580="+2017-06-10"),
    "zeybekci": item(
        108, {"en": "Nihat Zeybekci", "tr": "Nihat Zeybekci"}, "Turkish politician", P31=HUMAN, P27=TURKIYE, P569="+1961"),
    "tuimebayev": item(
        109, {"ru": "Туймебаев, Жансеит Кансеитович", "kk": "Жансейіт Түймебаев"}, P31=HUMAN, P27=KAZAKHSTAN,
        aliases={"ru": ["Жансеит Туймебаев"]}),
    "baku-tbilisi-kars-railway": item(
        110, {"en": "Baku–Tbilisi–Kars railway", "tr": "Bakü-Tiflis-Kars demiryolu",
              "ru": "Железная дорога Баку — Тбилиси — Карс"},
        "railway line", P31="Q728937", P17=[AZERBAIJAN, TURKIYE], P571="+2017"),
    "yesevi-university": item(
        111, {"en": "Ahmet Yesevi University", "tr": "Ahmet Yesevi Üniversitesi"}, "university in Turkistan, Kazakhstan",
        P31=UNIVERSITY, P17=KAZAKHSTAN, P131="Q848638", P571="+1991"),
    "president-of-turkiye": item(
        112, {"en": "President of Turkey", "tr": "Türkiye cumhurbaşkanı", "ru": "Президент Турции"},
        "head of state of the Republic of Turkey", P31=OFFICE, P1001=TURKIYE, P17=TURKIYE),
    "turkistan-region": item(
        113, {"en": "Turkistan Region", "kk": "Түркістан облысы", "ru": "Туркестанская область"}, "region of Kazakhstan",
        P31=OBLAST, P17=KAZAKHSTAN, P36="Q848638"),
    "hatay": item(
        114, {"en": "Hatay Province", "tr": "Hatay", "ru": "Хатай"}, "province in southern Turkey",
        titles={"trwiki": "Hatay (il)"}, P31=PROVINCE_TR, P17=TURKIYE, P36=f"Q{FIRST + 214}"),
    "mersin": item(
        115, {"en": "Mersin", "tr": "Mersin", "ru": "Мерсин", "kk": "Мерсин"}, "city in Turkey", P31=BIG_CITY, P17=TURKIYE),
    "kz-embassy-ankara": item(
        116, {"en": "Embassy of Kazakhstan, Ankara", "tr": "Kazakistan'ın Ankara Büyükelçiliği"},
        "diplomatic mission of Kazakhstan in Turkey", P31=EMBASSY, P17=TURKIYE, P137=KAZAKHSTAN, P131=ANKARA),
    "astana-process": item(
        117, {"en": "Astana Process", "ru": "Астанинский процесс"}, "peace talks on Syria", P276=ASTANA),
    "idef-2025": item(
        118, {"en": "IDEF 2025"}, "defence fair in Istanbul, Turkey", P17=TURKIYE, P276=ISTANBUL, P585="+2025"),
    "sagintayev": item(
        119, {"en": "Bakhytzhan Sagintayev", "ru": "Сагинтаев, Бакытжан Абдирович", "kk": "Бақытжан Сағынтаев"},
        "Kazakhstani politician", aliases={"ru": ["Бакытжан Сагинтаев"]}, P31=HUMAN, P27=KAZAKHSTAN, P39="Q2416315"),
    "deik": item(120, {"tr": "Dış Ekonomik İlişkiler Kurulu"}, "Turkish business organisation", aliases={"tr": ["DEİK"]},
                 P17=TURKIYE, P159=ISTANBUL),
    "milliyet": item(121, {"en": "Milliyet", "tr": "Milliyet", "ru": "Миллиет"}, "Turkish daily newspaper", P31=NEWSPAPER,
                     P17=TURKIYE),
    "bolashak": item(122, {"en": "Bolashak", "kk": "Болашақ", "ru": "Болашак"}, "scholarship of Kazakhstan", P17=KAZAKHSTAN),
    "kz-consulate-general-istanbul": item(
        123, {"en": "Consulate General of Kazakhstan, Istanbul", "tr": "Kazakistan İstanbul Başkonsolosluğu"},
        "diplomatic mission in Turkey", P31="Q372690", P17=TURKIYE, P137=KAZAKHSTAN, P131=ISTANBUL),
    "coca-cola": item(
        124, {"en": "The Coca-Cola Company", "ru": "The Coca-Cola Company"}, "American multinational corporation",
        aliases={"en": ["Coca-Cola Company"]}, P31=COMPANY, P17="Q30"),
    "ntv": item(125, {"en": "NTV", "tr": "NTV"}, "Turkish news channel", titles={"enwiki": "NTV (Turkey)"}, P17=TURKIYE),
    "yesevi": item(
        126, {"en": "Khoja Ahmed Yasawi", "tr": "Hoca Ahmed Yesevî", "kk": "Қожа Ахмет Ясауи", "ru": "Ходжа Ахмед Ясави"},
        "Turkic poet and Sufi", P31=HUMAN),
    "eurasia": item(127, {"en": "Eurasia", "tr": "Avrasya", "ru": "Евразия"}, "combined continental landmass of Europe and Asia"),
    "diplomatic-relations": item(
        128, {"en": "Kazakhstan–Turkey relations", "tr": "Kazakistan-Türkiye ilişkileri", "ru": "Казахстанско-турецкие отношения"},
        "bilateral relations", P31=RELATION, P17=[KAZAKHSTAN, TURKIYE]),
    "avim": item(
        129, {"en": "Center for Eurasian Studies", "tr": "Avrasya İncelemeleri Merkezi"}, "Turkish think tank",
        aliases={"tr": ["AVİM"]}, P17=TURKIYE, P856="https://avim.org.tr/en"),
    "anadolu-group": item(130, {"en": "Anadolu Group", "tr": "Anadolu Grubu"}, "Turkish conglomerate", P31="Q778575", P17=TURKIYE),
    "belt-and-road": item(
        131, {"en": "Belt and Road Initiative", "tr": "Kuşak ve Yol Girişimi", "ru": "Один пояс и один путь"},
        "global infrastructure development strategy of China", P17="Q148"),
    "middle-corridor": item(
        132, {"en": "Trans-Caspian International Transport Route", "ru": "Транскаспийский международный транспортный маршрут"},
        "international transport corridor", aliases={"en": ["Middle Corridor"]}),
    "caspian-sea": item(
        133, {"en": "Caspian Sea", "tr": "Hazar Denizi", "ru": "Каспийское море", "kk": "Каспий теңізі"},
        "world's largest inland body of water", P625=(41.9, 50.7)),
    "pfp": item(134, {"en": "Partnership for Peace", "ru": "Партнёрство ради мира"}, "NATO program", aliases={"en": ["PfP"]}),
    "israel": item(135, {"en": "Israel", "ru": "Израиль"}, "country in Western Asia", P31="Q6256", P297="IL", P298="ISR"),
    "kz-senate": item(136, {"en": "Senate of Kazakhstan", "kk": "Қазақстан Сенаты"}, "upper house of the parliament",
                      P17=KAZAKHSTAN),
    "tr-mfa": item(
        137, {"en": "Ministry of Foreign Affairs", "tr": "Dışişleri Bakanlığı", "ru": "Министерство иностранных дел Турции"},
        "foreign ministry of Turkey", P17=TURKIYE, P159=ANKARA),
}  # fmt: skip

NEAR_MISSES = [
    item(201, {"en": "Astana", "ru": "Астана"}, "film directed by a made-up person", P31=FILM, P57=f"Q{FIRST + 301}"),
    item(202, {"en": "Mersin Province", "tr": "Mersin"}, "province of Turkey", titles={"trwiki": "Mersin (il)"},
         P31=PROVINCE_TR, P17=TURKIYE, P36=MERSIN),
    item(203, {"en": "Turkistan", "ru": "Туркестан"}, "historical region in Central Asia", P31=PROVINCE),
    item(204, {"en": "Nihat Zeybekçi"}, "association football player from Azerbaijan", P31=HUMAN, P27=AZERBAIJAN),
    item(205, {"en": "Expo 2020", "ru": "Экспо-2020"}, "world expo in Dubai", P585="+2020"),
    item(206, {"en": "2023 United Nations Climate Change Conference"}, "28th conference", aliases={"en": ["COP28"]},
         P31=CLIMATE_CONFERENCE, P585="+2023"),
    item(207, {"en": "Embassy of Turkey, Astana", "tr": "Türkiye'nin Astana Büyükelçiliği"},
         "diplomatic mission of Turkey in Kazakhstan", P31=EMBASSY, P17=KAZAKHSTAN, P137=TURKIYE, P131=ASTANA),
    item(208, {"en": "Hatay"}, "Wikimedia disambiguation page", P31=DISAMBIGUATION),
    item(209, {"en": "Yesevi"}, "family name", P31=FAMILY_NAME),
    item(210, {"en": "Aselsanspor"}, "football club in Ankara", P31=FOOTBALL_CLUB, P17=TURKIYE),
    item(211, {"en": "Category:Milliyet", "tr": "Milliyet"}, "Wikimedia category", P31=CATEGORY),
    item(212, {"en": "Ankara"}, "passenger ship", P31=SHIP),
    item(213, {"en": "Kazakhstan"}, "2012 film", P31=FILM),
    item(214, {"en": "Antakya", "tr": "Hatay"}, "city in Turkey", P31=CITY, P17=TURKIYE),
    item(215, {"en": "Georgi Gotev"}, "Bulgarian footballer", P31=HUMAN),
    item(216, {"en": "Vladimir Bobrov", "ru": "Владимир Бобров"}, "Russian ice hockey player", P31=HUMAN, P27=RUSSIA),
    item(217, {"en": "Sabah"}, "state of Malaysia", P31=PROVINCE, P17=f"Q{FIRST + 310}"),
    item(218, {"en": "Hikmet Eren"}, P31=HUMAN),
    item(219, {"en": "Recep Tayyip Erdoğan", "tr": "Recep Tayyip Erdoğan"}, "President of Turkey since 2014",
         P31=HUMAN, P27=TURKIYE),
    item(220, {"en": "IDEF", "tr": "IDEF"}, "defence industry fair", P17=TURKIYE),
    item(221, {"en": "Yesevi", "tr": "Ahmet Yesevi"}, "district of Ankara", P31=DISTRICT, P17=TURKIYE),
    item(222, {"en": "Bolashak"}, "village in Kazakhstan", P31=CITY, P17=KAZAKHSTAN),
    item(223, {"en": "Turkistan University"}, "university in Kazakhstan", P31=UNIVERSITY, P17=KAZAKHSTAN),
    item(225, {"en": "Consulate General of Russia, Istanbul"}, "diplomatic mission in Turkey", P31="Q372690", P17=TURKIYE,
         P131=ISTANBUL),
    item(226, {"en": "Coca-Cola", "ru": "Coca-Cola"}, "carbonated soft drink brand"),
    item(227, {"en": "NTV", "ru": "НТВ"}, "Russian television channel", P17=RUSSIA),
    item(228, {"en": "Steppe Eagle", "ru": "Степной орёл", "tr": "Bozkır kartalı"}, "species of bird", P225="Aquila nipalensis"),
    item(229, {"en": "Kazakhstan–Uzbekistan relations", "ru": "Казахстанско-узбекские отношения"}, "bilateral relations",
         P31=RELATION, P17=[KAZAKHSTAN, "Q265"]),
    item(230, {"en": "Center for Eurasian Studies"}, "research center in Sweden", P17=f"Q{FIRST + 311}"),
    item(231, {"en": "Akorda", "ru": "Акорда"}, "palace in Astana, Kazakhstan", P17=KAZAKHSTAN),
    item(232, {"en": "Senate of Uzbekistan"}, "upper house", P17="Q265"),
    item(233, {"en": "Ministry of Foreign Affairs", "ru": "Министерство иностранных дел Казахстана"},
         "foreign ministry of Kazakhstan", P17=KAZAKHSTAN),
    item(234, {"en": "Eurasia"}, "scientific journal"),
    item(235, {"en": "Caspian"}, "lake of a novel"),
    item(236, {"en": "Middle Corridor"}, "street in London", P17="Q145"),
    item(224, {"en": "Honorary consulate of Kazakhstan"}, "class of missions", P279=CONSULATE_CLASS),
]  # fmt: skip


def documents() -> list[dict[str, Any]]:
    """All items of it."""
    return [*CLASSES, *FOUND.values(), *NEAR_MISSES]
