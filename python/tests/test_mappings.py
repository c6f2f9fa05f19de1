"""What `sayso export` writes for search engines is taken by their own types, classes and servers.

- The types of the official clients (npm `@elastic/elasticsearch`, `@opensearch-project/opensearch`, `typescript`), in the
  folder that `SAYSO_NODE_MODULES` names.
- The mapping classes of the Python clients (`pip install elasticsearch opensearch-py`).
- A server that speaks OpenSearch (`pip install osmem-server`): the mapping, every document, and searches.
- Quickwit: a schema of its configuration, read from its source (`quickwit-index.schema.json`), for it has no validator that
  could be installed.
"""

import copy
import datetime
import json
import os
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from command import sayso

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent


def mapping(engine):
    return json.loads(sayso("export", "--to", engine, "--mapping"))


def documents():
    """The documents of the corpus as the engines get them, and one without a date."""
    lines = sayso("export", "--to", "quickwit", ROOT / "corpus").splitlines()
    found = [json.loads(line) for line in lines]
    assert len(found) > 20
    return [*found, found[0] | {"id": "undated", "date": None}]


@pytest.mark.parametrize("kind", ["Elastic", "OpenSearch"])
def test_the_types_of_the_official_clients_take_the_mapping(tmp_path, kind):
    modules = os.environ.get("SAYSO_NODE_MODULES")
    if not modules or not (Path(modules) / "typescript").is_dir():
        pytest.skip("SAYSO_NODE_MODULES names no folder with typescript and the clients")
    (tmp_path / "node_modules").symlink_to(modules)
    head = {
        "Elastic": 'import type { estypes } from "@elastic/elasticsearch";\ntype Body = Omit<estypes.IndicesCreateRequest, "index">;\n',
        "OpenSearch": 'import type { API } from "@opensearch-project/opensearch";\ntype Body = API.Indices_Create_RequestBody;\n',
    }[kind]
    # tsc must find the type of the second wrong, or it has not looked.
    whole, broken = mapping("es-bulk"), mapping("es-bulk")
    broken["mappings"]["properties"]["figures"]["type"] = "nestled"
    for name, body in [("whole", whole), ("broken", broken)]:
        (tmp_path / f"{name}.ts").write_text(f"{head}export const body: Body = {json.dumps(body)};\n", encoding="utf-8")
        command = ["node", f"{modules}/typescript/bin/tsc", "--noEmit", "--strict", "--skipLibCheck", "--target", "es2022"]
        command += ["--module", "esnext", "--moduleResolution", "bundler", f"{name}.ts"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert (done.returncode == 0) == (name == "whole"), done.stdout
        assert name == "whole" or "nestled" in done.stdout


@pytest.mark.parametrize("library", ["elasticsearch.dsl", "opensearchpy"])
def test_the_classes_of_the_python_clients_read_the_mapping(library):
    dsl = pytest.importorskip(library)
    wanted = mapping("es-bulk")["mappings"]
    read = dsl.Mapping()
    read._update_from_dict(wanted)
    assert read.to_dict() == wanted
    wrong = copy.deepcopy(wanted)
    wrong["properties"]["figures"]["type"] = "nestled"
    with pytest.raises(Exception, match="nestled|Nestled"):
        dsl.Mapping()._update_from_dict(wrong)
    # Every value of every document is one of its field's type.
    for document in documents():
        for name, value in document.items():
            field = read[name]
            assert value is None or field.clean(field.deserialize(copy.deepcopy(value))) is not None, name


@pytest.fixture(scope="module")
def engine():
    osmem = pytest.importorskip("osmem_server")
    with osmem.OsmemServer.start(addr="127.0.0.1:0") as server:
        yield server.url


def ask(method, url, body, kind="application/json"):
    data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    asked = urllib.request.Request(url, data, {"Content-Type": kind}, method=method)
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=60) as answer:
        return json.loads(answer.read())


# As in tests/elsewhere.rs.
SEARCHES = [
    ["bridge"],
    ["flood OR budget"],
    ['"the board"', "--in", "quotes"],
    ["speaker:reyes"],
    ["water", "--kind", "statement"],
    ["date:2025-05 -harbour"],
    ["lev*", "--sort", "date"],
    ["=said", "--in", "narration"],
    ["percent", "--figure", ">2 percent"],
]


def test_a_server_takes_the_mapping_and_answers_as_the_index_does(engine, tmp_path):
    url = f"{engine}/sayso"
    broken = mapping("es-bulk")
    broken["mappings"]["properties"]["figures"]["type"] = "nestled"
    with pytest.raises(urllib.error.HTTPError, match="400"):
        ask("PUT", f"{engine}/broken", broken)
    ask("PUT", url, mapping("es-bulk"))
    lines = sayso("export", "--to", "es-bulk", ROOT / "corpus")
    answer = ask("POST", f"{engine}/_bulk?refresh=true", lines, "application/x-ndjson")
    assert not answer["errors"] and len(answer["items"]) == lines.count("\n") // 2
    # A strict mapping refuses what it does not name.
    wrong = '{"index": {"_index": "sayso"}}\n{"id": "a", "text": "b", "rumour": "c"}\n'
    assert ask("POST", f"{engine}/_bulk?refresh=true", wrong, "application/x-ndjson")["errors"]

    # Quotations and figures are documents of their own: both conditions hold of the same one.
    within = lambda path, *of: {"nested": {"path": path, "query": {"bool": {"filter": list(of)}}}}  # noqa: E731
    said = within("quotations", {"match": {"quotations.speaker": "quellin"}}, {"match": {"quotations.text": "bridge"}})
    amount = within("figures", {"range": {"figures.value": {"gte": 1e6}}}, {"term": {"figures.kind": "money"}})
    known = [json.loads(line) for line in lines.splitlines()[1::2]]
    holds = {
        "said": [d["id"] for d in known if any("Quellin" in (q["speaker"] or "") and "bridge" in q["text"].lower() for q in d["quotations"])],
        "amount": [d["id"] for d in known if any((f["value"] or 0) >= 1e6 and f["kind"] == "money" for f in d["figures"])],
    }
    for name, query in [("said", said), ("amount", amount)]:
        hits = ask("POST", f"{url}/_search", {"query": query, "size": 100})["hits"]["hits"]
        assert sorted(hit["_source"]["id"] for hit in hits) == sorted(holds[name]), name
    assert holds["amount"]

    index = tmp_path / "index"
    sayso("index", ROOT / "corpus", "--index", index)

    def places(*more):
        out = sayso("search", "--all", "--format", "jsonl", *more)
        hits = [json.loads(line) for line in out.splitlines()]
        # The engine does not know the files, ranks by the words of other documents, and gets the day, not the time.
        for hit in hits:
            hit.pop("path"), hit.pop("score")
            hit["date"] = (hit["date"] or "")[:10]
        return sorted(json.dumps(hit, sort_keys=True) for hit in hits)

    for search in SEARCHES:
        here, there = places(*search, "--index", index), places(*search, "--index", tmp_path / "none", "--url", url)
        assert here and here == there, search


def test_the_configuration_is_one_that_quickwit_takes():
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((HERE / "quickwit-index.schema.json").read_text(encoding="utf-8"))
    config = mapping("quickwit")
    jsonschema.validate(config, schema)
    for break_it in [
        lambda c: c["doc_mapping"].update(modus="strict"),
        lambda c: c["doc_mapping"]["field_mappings"][0].update(precision="day"),
        lambda c: c["doc_mapping"]["field_mappings"][0].update(type="keyword"),
    ]:
        broken = copy.deepcopy(config)
        break_it(broken)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, schema)
    # What a schema cannot say: `DocMapper::try_from` and `DocMapper::validate_json_obj`.
    doc = config["doc_mapping"]
    fields = {field["name"]: field for field in doc["field_mappings"]}
    assert len(fields) == len(doc["field_mappings"]) and doc["mode"] == "strict"
    assert set(config["search_settings"]["default_search_fields"]) <= fields.keys()
    for document in documents():
        assert document.keys() <= fields.keys()
        stamp = doc.get("timestamp_field")
        assert stamp is None or document[stamp] is not None, f"{document['id']}: the timestamp field is required"
        for name, value in document.items():
            kind = fields[name]["type"]
            if value is None:
                continue
            if kind == "text":
                assert isinstance(value, str), name
            elif kind == "datetime":
                datetime.datetime.strptime(value, fields[name]["input_formats"][0])
            else:
                assert kind == "array<json>" and all(isinstance(one, dict) for one in value), name
