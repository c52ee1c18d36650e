"""The data described for programs: a Data Package (Frictionless) and Croissant."""

from collections.abc import Sequence

from generator.files.data.columns import DAYS, HISTORY, NEWEST_DAYS, SCHEMA_VERSION, TABLES
from generator.files.data.entries import CSV, LICENCE_ADDRESS
from generator.models import DataColumn, DataEntry, DataLabels, DataTable, Kind

# https://datapackage.org/standard/table-schema/ and https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html
_FRICTIONLESS: dict[Kind, str] = {
    "date": "date",
    "text": "string",
    "share": "number",
    "count": "integer",
    "yes or no": "boolean",
}
_CROISSANT: dict[Kind, str] = {
    "date": "sc:Date",
    "text": "sc:Text",
    "share": "sc:Float",
    "count": "sc:Integer",
    "yes or no": "sc:Boolean",
}
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def data_package(entries: Sequence[DataEntry], labels: DataLabels) -> dict[str, object]:
    """Every table with its schema and checksum."""
    tables = {table.name: table for table in TABLES}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "openrouter-tasks",
        "title": f"{labels.site}: task shares by day",
        "description": describe(labels),
        "version": f"{SCHEMA_VERSION}.{labels.as_of:%Y%m%d}",
        "homepage": f"{labels.address}data/",
        "sources": [{"title": labels.source, "path": "https://openrouter.ai/rankings"}],
        **({"licenses": [_LICENCE]} if labels.licence else {}),
        "resources": [_resource(entry, tables[entry.table]) for entry in entries if entry.media_type == CSV],
    }


_LICENCE = {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": LICENCE_ADDRESS}


def describe(labels: DataLabels) -> str:
    """What the data are, in a few sentences."""
    return (
        "Shares of OpenRouter's classified requests and tokens by task, and the models listed for each task, by day. "
        "A share that is not listed is not known; it is never 0. Days that are missing or were restated stand in "
        f"gaps.json. history.parquet holds every day; history.csv the newest {NEWEST_DAYS} and, before them, the last "
        f"day of each finished ISO week, of those older than two years one a month. {labels.source}"
    )


def _resource(entry: DataEntry, table: DataTable) -> dict[str, object]:
    return {
        "name": entry.path.removesuffix(".csv").replace("/", "."),
        "type": "table",
        "path": entry.path,
        "title": entry.what,
        "format": "csv",
        "mediatype": CSV,
        "encoding": "utf-8",
        "bytes": entry.size_bytes,
        "hash": f"sha256:{entry.sha256}",
        "schema": {
            "fields": [_field(column, is_told=table in (HISTORY, DAYS)) for column in table.columns],
            "missingValues": [""],
        },
    }


def _field(column: DataColumn, *, is_told: bool) -> dict[str, object]:
    constraints: dict[str, object] = {} if column.may_be_empty else {"required": True}
    if column.kind == "share":
        constraints |= {"minimum": 0, "maximum": 1}
    told = {"description": column_words(column)} if is_told else {}
    return {"name": column.name, "type": _FRICTIONLESS[column.kind], **told, "constraints": constraints}


def column_words(column: DataColumn) -> str:
    """Meaning, unit and denominator in a line."""
    unit = f" Unit: {column.unit}." if column.unit else ""
    return f"{column.text}{unit}{f' Of: {column.denominator}.' if column.denominator else ''}"


def croissant(entries: Sequence[DataEntry], labels: DataLabels) -> dict[str, object]:
    """The history and the days, as catalogues of data sets for machine learning read them."""
    told = {HISTORY.name: HISTORY, DAYS.name: DAYS}
    found = [entry for entry in entries if entry.table in told]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "openrouter-tasks",
        "description": describe(labels),
        "url": f"{labels.address}data/",
        "version": f"{SCHEMA_VERSION}.{labels.as_of:%Y%m%d}",
        "datePublished": labels.as_of,
        "dateModified": labels.as_of,
        "citeAs": labels.source,
        **({"license": LICENCE_ADDRESS} if labels.licence else {"license": "none: fictional sample data"}),
        "creator": {"@type": "sc:Organization", "name": "OpenRouter", "url": "https://openrouter.ai/"},
        "isLiveDataset": True,
        "distribution": [_file_object(entry, labels) for entry in found],
        "recordSet": [_record_set(entry, told[entry.table]) for entry in found if entry.media_type == CSV],
    }


def _file_object(entry: DataEntry, labels: DataLabels) -> dict[str, object]:
    return {
        "@type": "cr:FileObject",
        "@id": entry.path,
        "name": entry.path,
        "description": entry.what,
        "contentUrl": f"{labels.address}data/v1/{entry.path}",
        "contentSize": f"{entry.size_bytes} B",
        "encodingFormat": "application/x-parquet" if entry.path.endswith(".parquet") else entry.media_type,
        "sha256": entry.sha256,
    }


def _record_set(entry: DataEntry, table: DataTable) -> dict[str, object]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.title,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table.name}/{column.name}",
                "name": column.name,
                "description": column_words(column),
                "dataType": _CROISSANT[column.kind],
                "source": {"fileObject": {"@id": entry.path}, "extract": {"column": column.name}},
            }
            for column in table.columns
        ],
    }
