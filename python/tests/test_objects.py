"""Documents are read from object storage and the web, and results written there. The store is moto's server on loopback
(`pip install moto[server] boto3`); the command must be built with `--features objects`."""

import contextlib
import gzip
import http.server
import json
import os
import re
import shutil
import ssl
import subprocess
import threading
from pathlib import Path
from shutil import which

import pytest

boto3 = pytest.importorskip("boto3")
server = pytest.importorskip("moto.server")
ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
# No proxy, no profile, no credentials but the test's own.
PLAIN = {k: v for k, v in os.environ.items() if not k.upper().startswith("AWS_") and not k.upper().endswith("_PROXY")}
PROGRAM = which("sayso")


def sayso(*arguments, env, status=0, cwd=None):
    command = [PROGRAM, *map(str, arguments), "--model", "rules", "-q", "--no-cache"]
    done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=cwd, timeout=120)
    assert done.returncode == status, (done.returncode, done.stderr)
    return done.stdout if status == 0 else done.stderr


@pytest.fixture(scope="module", autouse=True)
def built():
    if PROGRAM is None:
        pytest.skip("the command is not on the path")
    told = subprocess.run([PROGRAM, "text", "s3://news/a.txt"], capture_output=True, text=True, env=PLAIN).stderr
    if "left out of this build" in told:
        assert "s3://news/a.txt" in told and "--features objects" in told, told
        pytest.skip("the command was built without `--features objects`")


@pytest.fixture(scope="module")
def store():
    """A client of boto3 and the environment in which the command finds the same store."""
    moto = server.ThreadedMotoServer("127.0.0.1", 0)
    moto.start()
    port = moto._server.server_port
    url = f"http://127.0.0.1:{port}"
    client = boto3.client("s3", endpoint_url=url, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    client.create_bucket(Bucket="news")
    for path in CORPUS.rglob("*"):
        if path.is_file():
            client.upload_file(str(path), "news", f"corpus/{path.relative_to(CORPUS).as_posix()}")
    client.put_object(Bucket="news", Key="corpus/.hidden/a.txt", Body=b"No.")
    client.put_object(Bucket="news", Key="corpus-other/a.txt", Body=b"No.")
    env = PLAIN | {"AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_ALLOW_HTTP": "true"}
    yield client, env
    moto.stop()


def keys(client, prefix):
    return [one["Key"] for one in client.list_objects_v2(Bucket="news", Prefix=prefix).get("Contents", [])]


def test_a_folder_of_a_bucket_is_read_as_a_folder_of_the_disk(store):
    _, env = store
    here = sayso("extract", CORPUS, env=env)
    there = sayso("extract", "s3://news/corpus", env=env)
    assert here.count("\n") > 1000
    assert there.replace("s3://news/corpus/", f"{CORPUS}/") == here


def test_an_index_is_built_checked_and_pruned(store, tmp_path):
    client, env = store
    index = ["--index", tmp_path / "index"]
    client.put_object(Bucket="news", Key="small/a.txt", Body="“It held,” said Ada Brandt.".encode())
    client.put_object(Bucket="news", Key="small/b.txt", Body="“It broke,” said Ada Brandt.".encode())
    sayso("index", "s3://news/small", *index, env=env)
    assert len(sayso("search", "speaker:brandt", "--format", "jsonl", *index, env=env).splitlines()) == 2
    client.delete_object(Bucket="news", Key="small/b.txt")
    sayso("index", "s3://news/small/", "--prune", *index, env=env)
    (hit,) = map(json.loads, sayso("search", "speaker:brandt", "--format", "jsonl", *index, env=env).splitlines())
    assert (hit["doc"], hit["path"]) == ("a.txt", "s3://news/small/a.txt")


def test_objects_of_every_kind_are_read(store, tmp_path):
    client, env = store
    record = {"id": "one", "text": "“It held,” said Ada Brandt."}
    line = json.dumps(record).encode()
    client.put_object(Bucket="news", Key="kinds/a.jsonl.gz", Body=gzip.compress(line))
    shutil.make_archive(str(tmp_path / "a"), "zip", CORPUS / "statements")
    client.upload_file(str(tmp_path / "a.zip"), "news", "kinds/a.zip")
    pq = pytest.importorskip("pyarrow.parquet")
    import pyarrow as pa

    pq.write_table(pa.table({"id": ["two"], "text": [record["text"]]}), tmp_path / "a.parquet")
    client.upload_file(str(tmp_path / "a.parquet"), "news", "kinds/a.parquet")
    for name, documents in [("a.jsonl.gz", 1), ("a.zip", 7), ("a.parquet", 1)]:
        out = sayso("extract", f"s3://news/kinds/{name}", env=env)
        found = [json.loads(line) for line in out.splitlines()]
        known = {one["doc"] for one in found}
        assert len(known) >= documents, (name, known)
        assert any(one["record"] == "quote" for one in found)


def test_articles_are_compared_with_statements_of_a_bucket(store):
    _, env = store
    for command in ["check", "trace"]:
        here = sayso(command, CORPUS / "articles", "--against", CORPUS / "statements", "--format", "jsonl", env=env)
        there = sayso(command, "s3://news/corpus/articles", "--against", "s3://news/corpus/statements", "--format", "jsonl", env=env)
        assert here and there.replace("s3://news/corpus/articles/", f"{CORPUS / 'articles'}/") == here, command


def test_parquet_is_written_whole_and_in_parts(store, tmp_path):
    client, env = store
    pq = pytest.importorskip("pyarrow.parquet")
    sayso("quotes", CORPUS, "-o", tmp_path / "q.parquet", env=env)
    sayso("quotes", CORPUS, "-o", "s3://news/out/q.parquet", env=env)
    client.download_file("news", "out/q.parquet", str(tmp_path / "fetched.parquet"))
    assert (tmp_path / "fetched.parquet").read_bytes() == (tmp_path / "q.parquet").read_bytes()
    sayso("quotes", CORPUS, "--partition", "outlet", "-o", tmp_path / "parts", env=env)
    sayso("quotes", CORPUS, "--partition", "outlet", "-o", "s3://news/out/parts", env=env)
    here = sorted(path.relative_to(tmp_path).as_posix() for path in (tmp_path / "parts").rglob("*.parquet"))
    assert sorted(key.removeprefix("out/") for key in keys(client, "out/parts/")) == here and len(here) > 3
    for name in here:
        client.download_file("news", f"out/{name}", str(tmp_path / "part"))
        assert pq.read_table(tmp_path / "part").equals(pq.read_table(tmp_path / name)), name
    # A rerun overwrites.
    sayso("quotes", CORPUS, "--partition", "outlet", "-o", "s3://news/out/parts", env=env)
    assert len(keys(client, "out/parts/")) == len(here)


def test_folders_of_other_formats_are_written(store, tmp_path):
    client, env = store
    sayso("quotes", CORPUS / "statements", "--format", "brat", "-o", tmp_path / "brat", env=env)
    sayso("quotes", CORPUS / "statements", "--format", "brat", "-o", "s3://news/brat", env=env)
    assert sorted(keys(client, "brat/")) == sorted(f"brat/{path.name}" for path in (tmp_path / "brat").iterdir())


class Relay(http.server.BaseHTTPRequestHandler):
    """Hands requests on to the store, and notes them. `breaks` says which of them fail."""

    protocol_version = "HTTP/1.1"
    target, seen, breaks = "", [], staticmethod(lambda method, path: False)

    def relay(self):
        import urllib.request

        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        type(self).seen.append(f"{self.command} {self.path}")
        if type(self).breaks(self.command, self.path):
            return self.answer(403, {}, b"<Error><Code>AccessDenied</Code></Error>")
        # urllib would call the bytes a form, and moto read them as one.
        headers = {"Content-Type": "application/octet-stream", **self.headers}
        asked = urllib.request.Request(type(self).target + self.path, body or None, headers, method=self.command)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(asked, timeout=30) as found:
                self.answer(found.status, dict(found.headers), found.read())
        except urllib.error.HTTPError as error:
            self.answer(error.code, dict(error.headers), error.read())

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in ("content-length", "connection", "transfer-encoding", "server", "date"):
                self.send_header(name, value)
        length = headers.get("Content-Length", headers.get("content-length")) if self.command == "HEAD" else len(body)
        self.send_header("Content-Length", str(length or 0))
        self.end_headers()
        if self.command != "HEAD":
            # Who has had an error hangs up.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(body)

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = relay

    def log_message(self, *_):
        pass


@pytest.fixture
def relay(store):
    _, env = store
    handler = type("Noted", (Relay,), {"target": env["AWS_ENDPOINT_URL"], "seen": []})
    http_server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=http_server.serve_forever, daemon=True).start()
    yield handler, env | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{http_server.server_port}"}
    http_server.shutdown()


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """Articles whose records are longer than a part of an upload."""
    path = tmp_path_factory.mktemp("long") / "long.jsonl"
    text = "\n\n".join(f"“It held for {n} days,” said Ada Brandt, the mayor of Seaby." for n in range(400))
    path.write_text("".join(json.dumps({"id": f"a{n}", "text": text}) + "\n" for n in range(12)), encoding="utf-8")
    return path


def test_a_long_object_is_uploaded_in_parts(store, relay, long, tmp_path):
    client, _ = store
    handler, env = relay
    sayso("extract", long, "-o", tmp_path / "long.jsonl", env=env)
    sayso("extract", long, "-o", "s3://news/long/out.jsonl", env=env)
    parts = [one for one in handler.seen if "partNumber=" in one]
    assert len(parts) >= 2 and "uploads" in handler.seen[0], handler.seen
    client.download_file("news", "long/out.jsonl", str(tmp_path / "fetched.jsonl"))
    assert (tmp_path / "fetched.jsonl").read_bytes() == (tmp_path / "long.jsonl").read_bytes()


@pytest.mark.parametrize("broken", ["partNumber=2", "complete"])
def test_an_upload_that_breaks_off_leaves_nothing(store, relay, long, broken):
    client, _ = store
    handler, env = relay
    complete = re.compile(r"\?uploadId=")
    handler.breaks = staticmethod(
        lambda method, path: method == "POST" and complete.search(path) if broken == "complete" else broken in path
    )
    told = sayso("extract", long, "-o", "s3://news/broken/out.jsonl", env=env, status=2)
    assert "s3://news/broken/out.jsonl" in told, told
    assert keys(client, "broken/") == []
    assert not client.list_multipart_uploads(Bucket="news").get("Uploads")


def test_an_interrupted_command_leaves_no_object(store, long, tmp_path):
    client, env = store
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    command = [PROGRAM, "extract", pipe, "-o", "s3://news/killed/out.jsonl", "--model", "rules", "-q"]
    running = subprocess.Popen(command, env=env)
    with open(pipe, "w", encoding="utf-8") as out:
        out.write(long.read_text(encoding="utf-8"))
        out.flush()
        running.kill()
        running.wait()
    assert keys(client, "killed/") == []


def test_a_poisoned_object_takes_no_other_with_it(store):
    client, env = store
    client.put_object(Bucket="news", Key="mixed/a.txt", Body="“It held,” said Ada Brandt.".encode())
    client.put_object(Bucket="news", Key="mixed/b.txt", Body=b"\x00\x01\x02")
    client.put_object(Bucket="news", Key="mixed/c.jsonl", Body=b'{"text": "cut o')
    out = sayso("quotes", "s3://news/mixed", "--format", "jsonl", env=env)
    assert len(out.splitlines()) == 1
    told = sayso("quotes", "s3://news/mixed", "--format", "jsonl", "--strict", env=env, status=2)
    assert "(--strict)" in told


def test_errors_name_the_address_and_what_would_help(store, tmp_path):
    _, env = store
    without = {k: v for k, v in env.items() if k != "AWS_ACCESS_KEY_ID" and k != "AWS_SECRET_ACCESS_KEY"}
    plain = {k: v for k, v in env.items() if k != "AWS_ALLOW_HTTP"}
    closed = env | {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
    for address, what, environment in [
        ("s3://news/gone.txt", "no such object", env),
        ("s3://news/gone/", "no such object or folder", env),
        ("s3://nowhere/a.txt", "404 Not Found: NoSuchBucket", env),
        ("s3:///a.txt", "bucket is missing", env),
        ("s3://news/a.txt", "AWS_ACCESS_KEY_ID", without),
        ("s3://news/a.txt", "AWS_ALLOW_HTTP=true", plain),
        ("s3://news/a.txt", "refused", closed),
        ("http://127.0.0.1/a.txt", "not encrypted", env),
        ("gs://news/a.txt", "s3://", env),
    ]:
        for arguments in [("quotes", address), ("trace", CORPUS / "articles", "--against", address)]:
            done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, env=environment, timeout=60)
            assert done.returncode == 2 and address in done.stderr and what in done.stderr, (arguments, done.stderr)
    for address, what, environment in [
        ("s3://nowhere/a.csv", "", env),
        ("s3://news/a.csv", "AWS_ACCESS_KEY_ID", without),
        ("https://127.0.0.1:1/a.csv", "nothing is written to the web", env),
    ]:
        told = sayso("quotes", CORPUS / "statements", "-o", address, env=environment, status=2)
        assert address in told and what in told, told


class Files(http.server.SimpleHTTPRequestHandler):
    """Files over TLS, and what servers of the web do: no length, a redirect, an address that ends in `/`."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.split("?")[0]
        text = "<title>The pier</title><p>“It held,” said Ada Brandt, the mayor of Seaby.</p>".encode()
        if path == "/moved.html":
            self.send_response(302)
            self.send_header("Location", "https://elsewhere.example/pier.html")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path == "/page/":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(f"{len(text):x}\r\n".encode() + text + b"\r\n0\r\n\r\n")
        elif path == "/pier.jsonl.gz":
            body = gzip.compress(json.dumps({"id": "one", "text": "“It held,” said Ada Brandt."}).encode())
            self.send_response(200 if "signature=secret" in self.path else 403)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            self.send_error(404)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    if which("openssl") is None:
        pytest.skip("there is no openssl to make a certificate")
    folder = tmp_path_factory.mktemp("web")
    make = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost -addext"
    make = [*make.split(), "subjectAltName=DNS:localhost,IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"]
    subprocess.run(make, cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    http_server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
    http_server.socket = context.wrap_socket(http_server.socket, server_side=True)
    threading.Thread(target=http_server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{http_server.server_port}", PLAIN | {"SSL_CERT_FILE": str(folder / "cert.pem")}
    http_server.shutdown()


def test_files_of_the_web_are_read_over_tls(web):
    url, env = web
    (quote,) = map(json.loads, sayso("quotes", f"{url}/page/", "--format", "jsonl", env=env).splitlines())
    assert quote["speaker"]["name"] == "Ada Brandt" and quote["doc"] == f"{url}/page/"
    # A signature in the address is used and never shown.
    out = sayso("extract", f"{url}/pier.jsonl.gz?signature=secret", env=env)
    assert '"one"' in out and f"{url}/pier.jsonl.gz" in out and "secret" not in out
    for path, what in [("/pier.jsonl.gz", "403"), ("/moved.html", "https://elsewhere.example/pier.html"), ("/gone.html", "no such")]:
        told = subprocess.run([PROGRAM, "quotes", f"{url}{path}"], capture_output=True, text=True, env=env).stderr
        assert f"{url}{path}" in told and what in told, told


def test_a_certificate_that_nobody_vouches_for_is_refused(web):
    url, _ = web
    told = subprocess.run([PROGRAM, "quotes", f"{url}/page/"], capture_output=True, text=True, env=PLAIN).stderr
    assert "certificate" in told and url in told, told
